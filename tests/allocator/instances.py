"""Small regions for property tests: every spread, size, rule and list that the contract knows."""

from typing import Any

from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from

Row = dict[str, Any]

SPREADS = ("region", "near", "home", "sites")
SHARES = {1: [1.0], 2: [0.25, 0.75], 3: [0.2, 0.3, 0.5], 4: [0.1, 0.2, 0.3, 0.4]}
"""Fair-share keys per number of municipalities; they sum to exactly one."""

DEFAULT_ORDER = (
    "commitments",
    "waiting",
    "shopping",
    "municipalFairness",
    "groupFairness",
    "suitability",
    "extraCapacity",
    "distance",
    "stability",
)
small = st.integers(min_value=0, max_value=9)


def period(number: int) -> Row:
    """One year."""
    year = 2027 + number
    return {"id": str(year), "start": f"{year}-01-01", "end": f"{year}-12-31"}


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    spreads: tuple[str, ...] = SPREADS,
    sizes: tuple[float, ...] = (1,),
    pins: bool = False,
    stages: bool = False,
) -> Problem:
    """Draw a region of two to four municipalities that the contract accepts.

    Parameters
    ----------
    draw
        Given by hypothesis.
    spreads
        The spreads that groups may have.
    sizes
        Units per household that a group may take in a flex home.
    pins
        Whether planners may pin numbers; only then can a region be infeasible.
    stages
        Whether planners may choose another order, fewer stages and some slack.
    """
    towns = [f"GM{n}" for n in range(draw(st.integers(2, 4)))]
    years = [period(n) for n in range(draw(st.integers(1, 2)))]
    groups = [_group(draw, n, spreads, sizes) for n in range(draw(st.integers(1, 3)))]
    ids = [group["id"] for group in groups]
    when = [year["id"] for year in years]
    tree: Row = {
        "schemaVersion": "1",
        "periods": years,
        "municipalities": [{"id": town, "name": town} for town in towns],
        "groups": groups,
        "supply": _lots(draw, towns, when, ids),
        "needs": _cells(draw, towns, ids, when),
        "support": _support(draw, towns, when),
        "commitments": _agreements(draw, "agreed", towns, ids, when),
        "ceilings": _agreements(draw, "most", towns, ids, when),
        "shares": _shares(draw, towns, ids),
        "access": _rates(draw, towns, ids),
        "distances": _distances(draw, towns),
        "suitability": _values(draw, towns, ids),
        "previous": draw(st.sampled_from([[], _cells(draw, towns, ids, when)])),
        "minNeed": draw(st.sampled_from([0, 1, 5])),
    }
    if draw(st.booleans()):
        tree["reachKm"] = draw(st.sampled_from([0, 10, 30]))
    if pins:
        tree["pins"] = [
            {**_total(draw, row), "id": f"pin-{n}", "reason": "decided"}
            for n, row in enumerate(_cells(draw, towns, ids, when)[:3])
        ]
    if stages:
        tree["stages"] = _stages(draw)
    return problem_from(tree)


def _group(draw: st.DrawFn, number: int, spreads: tuple[str, ...], sizes: tuple[float, ...]) -> Row:
    group: Row = {
        "id": f"g{number}",
        "tier": draw(st.integers(1, 2)),
        "burden": draw(st.sampled_from([0.5, 1, 1.3, 2])),
        "spread": draw(st.sampled_from(spreads)),
        "size": {"flex": draw(st.sampled_from(sizes))},
    }
    if group["spread"] == "near":
        group["maxKm"] = draw(st.sampled_from([0, 10, 20]))
    if draw(st.booleans()):
        slots, periods = draw(st.integers(0, 2)), draw(st.integers(1, 2))
        group["support"] = {"coach": {"slots": slots, "periods": periods}}
    return group


def _lots(draw: st.DrawFn, towns: list[str], when: list[str], ids: list[str]) -> list[Row]:
    lots = []
    for number in range(draw(st.integers(0, 6))):
        reported = draw(small)
        lots.append(
            {
                "id": f"lot-{number}",
                "municipality": draw(st.sampled_from(towns)),
                "form": draw(st.sampled_from(["home", "flex"])),
                "period": draw(st.sampled_from(when)),
                "reported": reported,
                "potential": reported + draw(st.integers(0, 3)),
                "groups": _some(draw, ids),
            }
        )
    return lots


def _some(draw: st.DrawFn, ids: list[str]) -> list[str]:
    return draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))


def _cells(draw: st.DrawFn, towns: list[str], ids: list[str], when: list[str]) -> list[Row]:
    keys = [(town, group, year) for town in towns for group in ids for year in when]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=8))
    return [
        {"municipality": town, "group": group, "period": year, "households": draw(small)}
        for town, group, year in chosen
    ]


def _total(draw: st.DrawFn, row: Row) -> Row:
    """Let a number be of its cell, or of all groups, all years, or both together."""
    wide = draw(st.sampled_from([(), (), ("group",), ("period",), ("group", "period")]))
    return {name: value for name, value in row.items() if name not in wide}


def _support(draw: st.DrawFn, towns: list[str], when: list[str]) -> list[Row]:
    return [
        {
            "id": f"coach-{number}",
            "municipalities": _some(draw, towns),
            "type": "coach",
            "period": draw(st.sampled_from(when)),
            "slots": draw(small),
        }
        for number in range(draw(st.integers(0, 2)))
    ]


def _agreements(
    draw: st.DrawFn, name: str, towns: list[str], ids: list[str], when: list[str]
) -> list[Row]:
    return [
        {
            "id": f"{name}-{number}",
            "municipality": draw(st.sampled_from(towns)),
            "groups": _some(draw, ids),
            "periods": _some(draw, when),
            "households": draw(small),
        }
        for number in range(draw(st.integers(0, 2)))
    ]


def _shares(draw: st.DrawFn, towns: list[str], ids: list[str]) -> list[Row]:
    rows = []
    for group in ids:
        key = draw(st.permutations(SHARES[len(towns)]))
        if draw(st.integers(0, 4)):
            rows += [
                {"municipality": town, "group": group, "share": share}
                for town, share in zip(towns, key, strict=True)
            ]
    return rows


def _rates(draw: st.DrawFn, towns: list[str], ids: list[str]) -> list[Row]:
    keys = [(town, group) for town in towns for group in ids]
    return [
        {"municipality": town, "group": group, "rate": draw(st.sampled_from(RATES))}
        for town, group in draw(st.lists(st.sampled_from(keys), unique=True, max_size=3))
    ]


RATES = (0, 0.44, 0.5, 2 / 3, 0.9, 1)


def _distances(draw: st.DrawFn, towns: list[str]) -> list[Row]:
    pairs = [(a, b) for n, a in enumerate(towns) for b in towns[n + 1 :]]
    return [
        {"from": a, "to": b, "km": draw(st.sampled_from([5, 10, 12.5, 20, 40]))}
        for a, b in draw(st.lists(st.sampled_from(pairs), unique=True))
    ]


def _values(draw: st.DrawFn, towns: list[str], ids: list[str]) -> list[Row]:
    keys = [(town, group) for town in towns for group in ids]
    return [
        {"municipality": town, "group": group, "value": draw(st.sampled_from([-1, 0.3, 0.5, 2]))}
        for town, group in draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
    ]


def _stages(draw: st.DrawFn) -> list[Row]:
    order = draw(st.permutations(DEFAULT_ORDER))[: draw(st.integers(1, 9))]
    return [
        {"objective": name, "slack": draw(st.sampled_from([0, 0, 0, 0.25, 1]))} for name in order
    ]
