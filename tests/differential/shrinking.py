"""Leave out of a problem whatever does not matter for what is wrong with it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from shared.contract.reading import problem_from
from shared.faults import InvalidDocument

Row = dict[str, Any]
NAMED = ("municipalities", "groups", "periods")
AMOUNTS = ("households", "reported", "potential", "slots", "slack")


def smallest(document: Row, still_wrong: Callable[[Row], bool]) -> Row:
    """Give a document from which no row and no household can be taken any more.

    Parameters
    ----------
    document
        A problem document for which `still_wrong` holds.
    still_wrong
        Whether a smaller document still shows what is looked for.
    """
    shrinking = _Shrinking(document, still_wrong)
    before = None
    while before != shrinking.document:
        before = shrinking.document
        shrinking.leave_out_names()
        shrinking.leave_out_rows()
        shrinking.lower_amounts()
    return shrinking.document


class _Shrinking:
    """The smallest document so far."""

    def __init__(self, document: Row, still_wrong: Callable[[Row], bool]) -> None:
        self.document = document
        self._still_wrong = still_wrong

    def leave_out_names(self) -> None:
        """Try without one municipality, group or period, and all that names it."""
        for name in NAMED:
            for row in self.document[name]:
                self._take(_without(self.document, row["id"]))

    def leave_out_rows(self) -> None:
        """Try without half of a list, a quarter, and so on to single rows."""
        for name in [name for name, rows in self.document.items() if isinstance(rows, list)]:
            step = len(self.document[name])
            while step:
                first = 0
                while first < len(self.document[name]):
                    rows = self.document[name]
                    rest = rows[:first] + rows[first + step :]
                    if not self._take({**self.document, name: rest}):
                        first += step
                step //= 2

    def lower_amounts(self) -> None:
        """Try each figure at nothing, at half, and at one less."""
        places = [
            (name, number, key)
            for name, rows in self.document.items()
            for number, row in enumerate(rows if isinstance(rows, list) else [])
            for key in AMOUNTS
            if row.get(key)
        ]
        for name, number, key in places:
            amount = self.document[name][number][key]
            lower = [less for less in (0, amount // 2, amount - 1) if 0 <= less < amount]
            next(filter(self._take, (self._with(name, number, key, less) for less in lower)), None)

    def _with(self, name: str, number: int, key: str, amount: float) -> Row:
        document = deepcopy(self.document)
        document[name][number][key] = amount
        return document

    def _take(self, smaller: Row) -> bool:
        try:
            problem_from(smaller)
        except InvalidDocument:
            return False
        wrong = self._still_wrong(smaller)
        if wrong:
            self.document = smaller
        return wrong


def _without(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        return {key: _without(value, name) for key, value in node.items()}
    if isinstance(node, list):
        return [_without(child, name) for child in node if not _names(child, name)]
    return node


def _names(child: Any, name: str) -> bool:
    """Whether a row is about this id alone, so that it goes with it."""
    if not isinstance(child, dict):
        return bool(child == name)
    about = ("id", "municipality", "group", "period", "from", "to")
    return any(child.get(key) == name for key in about)
