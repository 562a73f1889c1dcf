"""What must hold between the rows of a problem, beyond the form of each row.

Source: services/allocator/model/FORMULATION.md, section 2. Each rule looks at the plain tree,
so that a document with faults of several kinds is answered with all of them at once.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from shared.contract.characters import unreadable_text
from shared.contract.raw_rows import day, number, rows, text
from shared.contract.references import repeated_entries, unknown_districts, unknown_ids
from shared.contract.repetition import contradicting_distances, repeated_ids, repeated_keys
from shared.faults import Fault, pointer

_NOT_NEAR = ("region", "home", "sites")
SHARES_MAY_MISS = Fraction(1, 10**9)


def consistency_faults(tree: Any) -> list[Fault]:
    """List every fault between the rows of a problem.

    Parameters
    ----------
    tree
        The problem as plain dicts and lists, of any quality.

    Returns
    -------
    The faults with their JSON pointers; empty when the rows agree with each other.
    """
    return [fault for rule in _RULES for fault in rule(tree)]


def periods_in_order(tree: Any) -> Iterator[Fault]:
    """Report periods that end before they start, overlap, or are out of order."""
    latest = None
    for position, row in rows(tree, "periods"):
        start, end = day(row, "start"), day(row, "end")
        if start is None or end is None:
            continue
        if end < start:
            message = f"The period ends on {end}, before it starts on {start}."
            yield Fault(pointer("periods", position, "end"), "ends_before_start", message)
            continue
        if latest is not None and start <= latest:
            message = (
                f"This period starts on {start}, but an earlier one in the list lasts until"
                f" {latest}; periods must be in order of time and may not overlap."
            )
            yield Fault(pointer("periods", position, "start"), "period_overlap", message)
        latest = end if latest is None else max(latest, end)


def distance_where_near(tree: Any) -> Iterator[Fault]:
    """Report groups near their municipality without a distance, and a distance without near."""
    for position, row in rows(tree, "groups"):
        near = row.get("spread") == "near"
        given = row.get("maxKm") is not None
        where = pointer("groups", position, "maxKm")
        if near and not given:
            message = "A group with spread 'near' needs maxKm: how far is still near."
            yield Fault(where, "max_km_missing", message)
        elif given and row.get("spread") in _NOT_NEAR:
            message = f"maxKm belongs to spread 'near', but the spread is {row['spread']!r}."
            yield Fault(where, "max_km_unused", message)


def potential_above_reported(tree: Any) -> Iterator[Fault]:
    """Report lots that could never offer what they report."""
    for position, row in rows(tree, "supply"):
        reported, potential = number(row, "reported"), number(row, "potential")
        if reported is not None and potential is not None and potential < reported:
            yield Fault(
                pointer("supply", position, "potential"),
                "potential_below_reported",
                f"The potential is {row['potential']}, less than the {row['reported']} reported;"
                " it must be at least as much.",
            )


def shares_sum_to_one(tree: Any) -> Iterator[Fault]:
    """Report groups whose shares do not add up to the whole, within 1e-9."""
    totals: dict[str, Fraction] = {}
    unclear: set[str] = set()
    for _, row in rows(tree, "shares"):
        group, share = text(row, "group"), number(row, "share")
        if group is not None and share is not None:
            totals[group] = totals.get(group, Fraction(0)) + share
        elif group is not None:
            unclear.add(group)
        else:
            return  # this share could belong to any group
    for group, total in sorted(totals.items()):
        if group not in unclear and abs(total - 1) > SHARES_MAY_MISS:
            message = f"The shares of group {group!r} add up to {float(total):.12g}, not to 1."
            yield Fault(pointer("shares"), "shares_not_one", message)


_RULES: tuple[Callable[[Any], Iterator[Fault]], ...] = (
    unreadable_text,
    periods_in_order,
    repeated_ids,
    repeated_keys,
    repeated_entries,
    unknown_ids,
    unknown_districts,
    distance_where_near,
    potential_above_reported,
    shares_sum_to_one,
    contradicting_distances,
)
