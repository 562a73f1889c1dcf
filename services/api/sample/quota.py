"""The statutory quota of status holders per municipality.

Huisvestingswet 2014, article 29: the national number times the share of the
municipality in the population of the Netherlands, rounded up. Rounding every
share up would give more than the national number, yet the published targets add
up to it exactly. So the multiplier is lowered until the rounded-up targets sum
to the national number. That reading was inferred from published targets, it is
not in the text of the law. It is the divisor method of Adams.
"""

import heapq
from collections.abc import Mapping
from fractions import Fraction


class QuotaCannotBeShared(ValueError):
    """The national number is too small, or there is nobody to share it by."""

    def __init__(self, national_total: int, municipalities: int) -> None:
        self.national_total = national_total
        self.municipalities = municipalities
        super().__init__(
            f"{national_total} persons cannot be shared by {municipalities} municipalities"
        )


def statutory_quota(national_total: int, population: Mapping[str, int]) -> dict[str, int]:
    """Targets per municipality that are rounded up and sum to the national number.

    A target is `ceil(multiplier * population)`. It grows by one just above the
    multiplier `target / population`, so the search starts below the answer and
    passes these steps one by one, in whole numbers.

    When two municipalities step at the same multiplier, no multiplier may exist
    that gives exactly the national number. The law is silent; here the larger
    population steps first, then the lower code. No half-year that is known has
    such a tie at the last step.

    Parameters
    ----------
    national_total
        Status holders to house in the half-year, whole country [persons], >= 0.
    population
        Inhabitants per municipality code, all municipalities of the country, on
        1 January of the year before the half-year [persons], >= 0.

    Returns
    -------
    Target per code [persons], in the order of `population`; sums to `national_total`.

    Raises
    ------
    QuotaCannotBeShared
        When the number is negative, above zero without any inhabitants, or below the
        number of inhabited municipalities, each of which gets at least one.

    Source: Huisvestingswet 2014, art. 29 (consolidated text before May 2017; later
    amendments were not checked).
    """
    inhabited = {code: people for code, people in population.items() if people > 0}
    if national_total == 0:
        return dict.fromkeys(population, 0)
    if national_total < len(inhabited) or not inhabited:
        raise QuotaCannotBeShared(national_total, len(inhabited))
    target = _targets_below(national_total, inhabited)
    steps = [_step(code, target[code], people) for code, people in inhabited.items()]
    heapq.heapify(steps)
    for _ in range(national_total - sum(target.values())):
        _, _, code = steps[0]
        target[code] += 1
        heapq.heapreplace(steps, _step(code, target[code], inhabited[code]))
    return {code: target.get(code, 0) for code in population}


def _step(code: str, target: int, people: int) -> tuple[Fraction, int, str]:
    """The multiplier at which the target grows by one; then the order within a tie."""
    return Fraction(target, people), -people, code


def _targets_below(national_total: int, inhabited: Mapping[str, int]) -> dict[str, int]:
    """Targets at the multiplier (total - n) / population: never more than the total.

    Each of the n municipalities is rounded up by less than one person.
    """
    spare = national_total - len(inhabited)
    everybody = sum(inhabited.values())
    return {code: -(-spare * people // everybody) for code, people in inhabited.items()}
