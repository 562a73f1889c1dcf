"""From allocation keys to the fair shares in a snapshot. Pure."""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from services.api.proposals.choice import Scope
from services.api.proposals.registry import Group, SharingKey
from shared.faults import Fault

Rows = list[dict[str, Any]]
SHARED_OUT = frozenset({"region", "near"})


def share_rows(
    scope: Scope, keys: Sequence[SharingKey], needed: Set[str]
) -> tuple[Rows, list[Fault]]:
    """Give the fair share of every group that is shared out over the region.

    Parameters
    ----------
    scope
        What is planned.
    keys
        The allocation keys with their shares over the region.
    needed
        Groups with households that need a home; such a group must have a key.

    Returns
    -------
    A share per municipality and group, and every fault in the keys.
    """
    rows: Rows = []
    faults: list[Fault] = []
    for group in scope.groups:
        own = [key for key in keys if group.id in key.groups]
        if group.spread in SHARED_OUT and (own or group.id in needed):
            faults += _key_faults(group, own)
            rows += _rows(scope, group, own)
    return rows, faults


def _rows(scope: Scope, group: Group, keys: list[SharingKey]) -> Iterator[dict[str, Any]]:
    for municipality in scope.municipalities:
        for key in keys[:1]:
            # Exact until here; the wire format carries the nearest double.
            share = float(key.shares.get(municipality.code, 0))
            yield {"municipality": municipality.code, "group": group.id, "share": share}


def _key_faults(group: Group, keys: list[SharingKey]) -> Iterator[Fault]:
    if not keys:
        yield Fault(
            "/groups",
            "no_allocation_key",
            f"Group {group.id!r} is shared out over the region, but no allocation key lists it.",
        )
    if len(keys) > 1:
        names = ", ".join(repr(key.id) for key in keys)
        message = f"Group {group.id!r} is in more than one allocation key: {names}."
        yield Fault("/groups", "several_allocation_keys", message)
    for key in keys:
        for obstacle in key.obstacles:
            yield Fault("/groups", "allocation_key_incomplete", f"Key {key.id!r}: {obstacle}")
