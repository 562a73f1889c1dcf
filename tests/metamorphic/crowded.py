"""Small regions in which every rule has something to do: needs, homes and shares everywhere."""

from itertools import product
from typing import Any

from hypothesis import strategies as st

from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from tests.allocator.instances import SHARES, problems

Row = dict[str, Any]


@st.composite
def crowded(draw: st.DrawFn, /, **wanted: Any) -> Problem:
    """Draw a region as `problems` does, with a need in every cell and homes in every period.

    The regions of `problems` are often so empty that all plans are equal, which is what the
    verifier needs and what a relation between two answers learns nothing from.
    """
    tree = draw(problems(**wanted)).model_dump(mode="json", by_alias=True)
    towns = [row["id"] for row in tree["municipalities"]]
    groups = [row["id"] for row in tree["groups"]]
    years = [row["id"] for row in tree["periods"]]
    needs = _cells(draw, 12, towns, groups, years)
    homes = _cells(draw, 9, towns, years)
    tree["needs"] = [
        {"municipality": town, "group": group, "period": year, "households": n}
        for (town, group, year), n in needs.items()
    ]
    tree["supply"] = [
        {
            "id": f"lot-{town}-{year}",
            "municipality": town,
            "form": draw(st.sampled_from(["flex", "home"])),
            "period": year,
            "reported": n,
            "potential": n + draw(st.integers(0, 3)),
            "groups": draw(st.lists(st.sampled_from(groups), min_size=1, unique=True)),
        }
        for (town, year), n in homes.items()
    ]
    tree["shares"] = [
        {"municipality": town, "group": group, "share": part}
        for group in groups
        for town, part in zip(towns, draw(st.permutations(SHARES[len(towns)])), strict=True)
    ]
    return problem_from(tree)


def _cells(draw: st.DrawFn, most: int, *axes: list[str]) -> dict[tuple[str, ...], int]:
    keys = list(product(*axes))
    figures = st.lists(st.integers(0, most), min_size=len(keys), max_size=len(keys))
    return dict(zip(keys, draw(figures), strict=True))
