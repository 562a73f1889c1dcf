"""Rows that say the same thing twice: which of the two holds would be a guess."""

from collections.abc import Iterator
from typing import Any

from shared.contract.raw_rows import RawRow, number, rows, text
from shared.faults import Fault, pointer

_LISTS_WITH_IDS = (
    "periods",
    "municipalities",
    "groups",
    "supply",
    "support",
    "commitments",
    "ceilings",
    "pins",
)
_KEYS: dict[str, tuple[str, ...]] = {
    "needs": ("municipality", "group", "period"),
    "shares": ("municipality", "group"),
    "access": ("municipality", "group"),
    "suitability": ("group", "municipality"),
    "previous": ("municipality", "group", "period"),
    "stages": ("objective",),
}


def repeated_ids(tree: Any) -> Iterator[Fault]:
    """Report ids that two rows of one list share."""
    for name in _LISTS_WITH_IDS:
        first: dict[str, int] = {}
        for position, row in rows(tree, name):
            key = text(row, "id")
            if key is not None and first.setdefault(key, position) != position:
                yield Fault(
                    pointer(name, position, "id"),
                    "repeated_id",
                    f"The id {key!r} is already used by {pointer(name, first[key])}.",
                )


def repeated_keys(tree: Any) -> Iterator[Fault]:
    """Report rows about the same subject, such as two needs of one group in one period."""
    for name, fields in _KEYS.items():
        first: dict[tuple[str, ...], int] = {}
        for position, row in rows(tree, name):
            key = _key(row, fields)
            if key is not None and first.setdefault(key, position) != position:
                subject = ", ".join(f"{f} {k!r}" for f, k in zip(fields, key, strict=True))
                yield Fault(
                    pointer(name, position),
                    "repeated_row",
                    f"There is already a row for {subject}: {pointer(name, first[key])}.",
                )


def contradicting_distances(tree: Any) -> Iterator[Fault]:
    """Report distances to oneself, given twice, or different there and back."""
    first: dict[tuple[str, str], tuple[int, RawRow]] = {}
    for position, row in rows(tree, "distances"):
        start, end = text(row, "from"), text(row, "to")
        if start is None or end is None:
            continue
        if start == end:
            message = f"This is a distance from {start!r} to itself; leave the row out."
            yield Fault(pointer("distances", position), "distance_to_itself", message)
            continue
        if (start, end) in first:
            earlier = pointer("distances", first[start, end][0])
            message = f"The distance from {start!r} to {end!r} is already given by {earlier}."
            yield Fault(pointer("distances", position), "repeated_row", message)
            continue
        first[start, end] = (position, row)
        if (end, start) in first:
            yield from _back(*first[end, start], position, row)


def _back(there: int, row_there: RawRow, position: int, row: RawRow) -> Iterator[Fault]:
    if row.get("km") == row_there.get("km"):
        return
    other, km = number(row_there, "km"), number(row, "km")
    if km is None or other is None or other == km:
        return
    yield Fault(
        pointer("distances", position, "km"),
        "contradicting_distance",
        f"This is {float(km):g} km, but the way back is {float(other):g} km"
        f" in {pointer('distances', there)}; a distance holds both ways.",
    )


def _key(row: RawRow, fields: tuple[str, ...]) -> tuple[str, ...] | None:
    parts = [part for field in fields if (part := text(row, field)) is not None]
    return tuple(parts) if len(parts) == len(fields) else None
