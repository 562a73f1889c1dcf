"""Every id that a row refers to must be defined in its own list."""

from collections.abc import Iterator
from typing import Any

from shared.contract.raw_rows import RawRow, ids, rows, text, texts
from shared.faults import Fault, pointer

_NOUN = {"municipalities": "municipality", "groups": "group", "periods": "period"}

# list -> field -> the list in which its value must be defined
_ONE: dict[str, dict[str, str]] = {
    "supply": {"municipality": "municipalities", "period": "periods"},
    "needs": {"municipality": "municipalities", "group": "groups", "period": "periods"},
    "support": {"period": "periods"},
    "commitments": {"municipality": "municipalities"},
    "ceilings": {"municipality": "municipalities"},
    "pins": {"municipality": "municipalities", "group": "groups", "period": "periods"},
    "shares": {"municipality": "municipalities", "group": "groups"},
    "access": {"municipality": "municipalities", "group": "groups"},
    "distances": {"from": "municipalities", "to": "municipalities"},
    "suitability": {"municipality": "municipalities", "group": "groups"},
    "previous": {"municipality": "municipalities", "group": "groups", "period": "periods"},
}
# list -> fields that hold a list of ids; each is named after the list that defines them
_MANY: dict[str, tuple[str, ...]] = {
    "supply": ("groups",),
    "support": ("municipalities",),
    "commitments": ("groups", "periods"),
    "ceilings": ("groups", "periods"),
}


def unknown_ids(tree: Any) -> Iterator[Fault]:
    """Report ids that are referred to and not defined."""
    known = {name: ids(tree, name) for name in _NOUN}
    for name, fields in _ONE.items():
        lists = _MANY.get(name, ())
        for position, row in rows(tree, name):
            for field, target in fields.items():
                value = row.get(field)
                if isinstance(value, str) and value not in known[target]:
                    yield _unknown(target, value, name, position, field)
            for target in lists:
                for place, value in texts(row, target):
                    if value not in known[target]:
                        yield _unknown(target, value, name, position, target, place)


def unknown_districts(tree: Any) -> Iterator[Fault]:
    """Report ceilings on a district where the municipality has no lot at all."""
    built = {_district(row) for _, row in rows(tree, "supply")}
    for position, row in rows(tree, "ceilings"):
        municipality, district = _district(row)
        if (
            municipality is not None
            and district is not None
            and (municipality, district) not in built
        ):
            yield Fault(
                pointer("ceilings", position, "district"),
                "unknown_district",
                f"No lot in {municipality!r} is in district {district!r}, so this ceiling"
                " would limit nothing; name a district that a lot of this municipality has.",
            )


def repeated_entries(tree: Any) -> Iterator[Fault]:
    """Report the same id twice in one list of ids."""
    for name, lists in _MANY.items():
        for position, row in rows(tree, name):
            for field in lists:
                seen: set[str] = set()
                for place, value in texts(row, field):
                    if value in seen:
                        yield Fault(
                            pointer(name, position, field, place),
                            "repeated_entry",
                            f"The {_NOUN[field]} {value!r} is in this list more than once.",
                        )
                    seen.add(value)


def _district(row: RawRow) -> tuple[str | None, str | None]:
    return text(row, "municipality"), text(row, "district")


def _unknown(target: str, value: str, *place: str | int) -> Fault:
    message = f"There is no {_NOUN[target]} {value!r}; it must be one of the ids in /{target}."
    return Fault(pointer(*place), "unknown_id", message)
