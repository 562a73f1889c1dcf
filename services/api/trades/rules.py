"""What a trade may be. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.api.trades.errors import MoreThanTask
from shared.faults import Fault


def check(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Report a trade of a municipality with itself, and one that begins as agreed."""
    giver, taker = values.get("from_municipality"), values.get("to_municipality")
    if giver is not None and giver == taker:
        yield Fault("/toMunicipality", "same_municipality", "A municipality trades with another.")
    if values.get("state") not in {None, "offered"}:
        yield Fault("/state", "state_differs", "A new trade is offered; both sign it afterwards.")


def check_task(task: int | None, given: int, persons: int) -> None:
    """Refuse that a municipality gives away more than it has to do.

    Parameters
    ----------
    task
        Of the giver, before any trade [persons]; None when it is not known, and not checked.
    given
        What it gave away in agreed trades [persons].
    persons
        What it gives away in this one [persons].

    Raises
    ------
    MoreThanTask
        When both together are more than the task.
    """
    if task is not None and given + persons > task:
        raise MoreThanTask(task)
