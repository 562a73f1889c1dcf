"""From a plan to the commitments that it asks for. Pure."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from services.api.adoptions.errors import NothingToAdopt


class Cell(NamedTuple):
    """One number of a plan: a group that a municipality houses in a period."""

    municipality: str
    group: str
    period: str


class Draft(NamedTuple):
    """A commitment to propose: at least so many [households]."""

    cell: Cell
    households: int


class Promise(NamedTuple):
    """A commitment that is in force: at least so many of these together [households]."""

    municipality: str
    groups: Collection[str]
    periods: Collection[str]
    households: int


def drafts(
    placed: Mapping[Cell, int],
    chosen: Collection[Cell] | None,
    in_force: Iterable[Promise],
) -> list[Draft]:
    """Make one draft per municipality, group and period in which the plan houses somebody.

    A cell for which exactly that, or more, is in force already is left out: signing it again would
    promise nothing, and would count twice where promises are added up.

    Parameters
    ----------
    placed
        What the plan houses per cell [households].
    chosen
        Take only these cells; None takes all of the plan.
    in_force
        What was agreed before.

    Returns
    -------
    The drafts, ordered by cell.

    Raises
    ------
    NothingToAdopt
        When nothing is left, or when the plan houses nobody in a cell that was chosen.
    """
    houses = {cell: households for cell, households in placed.items() if households > 0}
    wanted = houses.keys() if chosen is None else set(chosen)
    empty = wanted - houses.keys()
    if empty:
        raise NothingToAdopt(sorted(empty))
    promised = _promised(in_force)
    made = [
        Draft(cell, houses[cell]) for cell in sorted(wanted) if houses[cell] > promised.get(cell, 0)
    ]
    if not made:
        raise NothingToAdopt(sorted(wanted) if chosen is not None else ())
    return made


def _promised(in_force: Iterable[Promise]) -> dict[Cell, int]:
    """Give the largest promise on exactly one cell; a wider one leaves open which cell it is."""
    largest: dict[Cell, int] = {}
    for promise in in_force:
        if len(promise.groups) == len(promise.periods) == 1:
            (group,), (period,) = promise.groups, promise.periods
            cell = Cell(promise.municipality, group, period)
            largest[cell] = max(largest.get(cell, 0), promise.households)
    return largest
