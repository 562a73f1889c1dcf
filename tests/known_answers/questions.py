"""Regions of one question each: who may host how much, and what everyone's fair share is."""

from collections.abc import Mapping
from typing import Any

from shared.contract.problem import Problem
from tests.allocator.region import group, homes, need, region

Row = dict[str, Any]


def one_group(
    households: int,
    fair: Mapping[str, float],
    room: Mapping[str, int],
    stage: str = "groupFairness",
    **changes: Any,
) -> Problem:
    """A region that shares out one group and has no other priority than one fairness.

    Parameters
    ----------
    households
        How many need a home; the first municipality is responsible for all of them.
    fair
        Fair share per municipality [households]; they sum to `households`.
    room
        Homes per municipality.
    stage
        Which fairness is asked for.
    changes
        Other lists of the problem.
    """
    first, *_ = fair
    rows: Row = {
        "municipalities": towns(*fair),
        "supply": [homes(town, most) for town, most in room.items()],
        "needs": [need(first, households)],
        "shares": [share(town, part / households) for town, part in fair.items()],
        "stages": [{"objective": stage}],
    }
    return region(**{**rows, **changes})


def several_groups(
    stage: str,
    groups: list[Row],
    needs: Mapping[str, int],
    room: list[Row],
    key: Mapping[str, Mapping[str, float]],
    **changes: Any,
) -> Problem:
    """A region that shares out several groups; `key` holds the shares per group and town."""
    names = list(dict.fromkeys(town for parts in key.values() for town in parts))
    rows: Row = {
        "municipalities": towns(*names),
        "groups": groups,
        "supply": room,
        "needs": [need(names[0], n, group=g) for g, n in needs.items()],
        "shares": [
            share(town, part, g) for g, parts in key.items() for town, part in parts.items()
        ],
        "stages": [{"objective": stage}],
    }
    return region(**{**rows, **changes})


def towns(*names: str) -> list[Row]:
    """Municipalities that are called as their ids."""
    return [{"id": name, "name": name} for name in names]


def share(town: str, part: float, of_group: str = "status") -> Row:
    """One municipality's part of a group."""
    return {"municipality": town, "group": of_group, "share": part}


def weighing(name: str, burden: float, **changes: Any) -> Row:
    """A group of which one household weighs so much."""
    return group(name, burden=burden, **changes)
