"""What an equal burden would settle: whole cents, and nobody pays what nobody receives."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.api.allocation_keys.rules import largest_remainder


@dataclass(frozen=True)
class Settlement:
    """What a municipality would bear and settle if the burden were equal by key [cents].

    Parameters
    ----------
    equal_burden
        Its part of the net cost of all of them together.
    settle
        What it would pay to the others; below zero it would receive.
    """

    equal_burden: int
    settle: int


@dataclass(frozen=True)
class Account:
    """The money of one municipality [cents]; None is unknown.

    Parameters
    ----------
    municipality
        Its code.
    cost, received
        What it spends, and what it receives for that.
    """

    municipality: str
    cost: int | None
    received: int | None

    @property
    def net(self) -> int | None:
        """What it bears now: unknown when either side is unknown."""
        if self.cost is None or self.received is None:
            return None
        return self.cost - self.received


def settlements(
    burdens: Mapping[str, int], shares: Mapping[str, Fraction]
) -> Mapping[str, Settlement]:
    """Share the net cost of all by key, and compare it with what each bears now.

    Parameters
    ----------
    burdens
        Net cost that each municipality bears now [cents]; below zero it receives more than it
        spends.
    shares
        Share of the same municipalities by the key [part of the whole]; they sum to 1 exactly.

    Returns
    -------
    Settlement per municipality. The equal burdens sum to the burdens, so what is settled sums to
    zero, to the cent: the parts of a cent go to the largest remainders.
    """
    whole = sum(burdens.values())
    sign = -1 if whole < 0 else 1
    equal = {code: sign * part for code, part in largest_remainder(abs(whole), shares).items()}
    return {
        code: Settlement(equal_burden=equal[code], settle=equal[code] - burdens[code])
        for code in burdens
    }
