"""What a result does wrong."""

from dataclasses import dataclass

from shared.verify.numbers import Exact


@dataclass(frozen=True, order=True)
class Violation:
    """One rule that a result breaks.

    Parameters
    ----------
    tag
        `C1` to `C9` for a hard rule, `O1` to `O9` for a value that does not follow from the
        plan, `R1` to `R9` for a result that contradicts itself or the problem.
    subject
        The ids that it is about, such as a lot, or a municipality and a group.
    message
        One English sentence with the numbers on both sides.
    """

    tag: str
    subject: str
    message: str


def about(*ids: str) -> str:
    """Name a subject by its ids."""
    return ", ".join(ids)


def shown(value: Exact | float | None) -> str:
    """Write a number for people: whole where it is whole, `nothing` where there is none."""
    if value is None:
        return "nothing"
    return str(int(value)) if value == int(value) else f"{float(value):.9g}"
