"""Raising every level as far as it goes: the inequalities in the way, and where it ends."""

from math import inf
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.allocator.model.build import build
from services.allocator.problem.outcome import Cell, Solved
from services.allocator.solve.clock import Clock
from services.allocator.solve.remembered import Prices
from services.allocator.solve.stages import solve_stages
from services.allocator.solve.witness import Inequalities, Witness
from services.allocator.translate import instance_of
from shared.contract.problem import Problem
from tests.allocator.region import agreed, group, homes, km, need, region, shares, stages
from tests.allocator.textbook import reference

A, B, C = ("A", "status"), ("B", "status"), ("C", "status")


def stopped_at(weights: dict[Cell, float], bound: float, most: dict[Cell, float]) -> float:
    """How high floors can rise under the inequality sum of weight * level <= bound."""
    known = Inequalities(most)
    known.add(Witness(weights, bound, Prices({}, {})))
    return float(known.kept_up_to(most)[0])


def test_an_inequality_over_one_level_stops_it_at_its_bound() -> None:
    assert stopped_at({A: 1}, 0.5, {A: 2}) == 0.5


def test_an_inequality_stops_two_equal_floors_at_their_average() -> None:
    assert stopped_at({A: 0.5, B: 0.5}, 1, {A: 3, B: 3}) == 1


def test_a_floor_that_stays_behind_leaves_room_for_the_other() -> None:
    assert stopped_at({A: 0.5, B: 0.5}, 2, {A: 1, B: 9}) == 3


def test_levels_that_an_inequality_allows_are_not_stopped_at_all() -> None:
    assert stopped_at({A: 0.5, B: 0.5}, 2, {A: 1, B: 3}) == inf


def test_levels_outside_an_inequality_do_not_matter_to_it() -> None:
    assert stopped_at({A: 1}, 1, {A: 3, B: 0, C: 9}) == 1


weights = st.lists(st.integers(1, 9), min_size=1, max_size=6)
numbers = st.lists(st.integers(0, 12), min_size=6, max_size=6)


def weighted(weight: dict[Cell, float], most: dict[Cell, float], height: float) -> float:
    """Left side of an inequality with every floor at its most or at a height."""
    return sum(w * min(most[cell], height) for cell, w in weight.items())


@settings(max_examples=100, derandomize=True)
@given(parts=weights, most=numbers, bound=st.fractions(0, 12, max_denominator=8))
def test_floors_rise_until_the_inequality_is_an_equation(
    parts: list[int], most: list[int], bound: float
) -> None:
    weight: dict[Cell, float] = {(str(k), None): p / sum(parts) for k, p in enumerate(parts)}
    highest: dict[Cell, float] = {(str(k), None): float(level) for k, level in enumerate(most)}
    assume(weighted(weight, highest, inf) > bound + 1e-6)
    height = stopped_at(weight, float(bound), highest)
    assert weighted(weight, highest, height) == pytest.approx(float(bound), abs=1e-9)


@settings(max_examples=100, derandomize=True)
@given(parts=weights, most=numbers)
def test_levels_that_keep_an_inequality_are_never_stopped(
    parts: list[int], most: list[int]
) -> None:
    weight: dict[Cell, float] = {(str(k), None): p / sum(parts) for k, p in enumerate(parts)}
    highest: dict[Cell, float] = {(str(k), None): float(level) for k, level in enumerate(most)}
    bound = weighted(weight, highest, inf)
    assert stopped_at(weight, bound, highest) == inf


def solved(problem: Problem) -> list[Solved]:
    """Every stage, without whole households."""
    instance = instance_of(problem)
    found, _ = solve_stages(*build(instance), instance, Clock())
    return found.stages


def levels_of(problem: Problem) -> dict[tuple[str, Cell], float]:
    """The level of every cell, per stage."""
    return {(s.name, cell): level for s in solved(problem) for cell, level in s.levels.items()}


def one_by_one(problem: Problem) -> dict[tuple[str, Cell], float]:
    """The same by raising one floor under all, fixing who is stuck, and starting anew."""
    return {(name, cell): level for (name, cell), level in reference(problem).levels.items()}


TOWNS = "ABCD"
KEYS: tuple[list[float], ...] = ([0.1, 0.2, 0.3, 0.4], [0.25] * 4, [0.5, 0.5, 0, 0], [0, 0, 0, 1])
"""Fair-share keys: all different, all equal, some without a share, and one with everything."""
ORDERS = (
    ("groupFairness",),
    ("municipalFairness",),
    ("municipalFairness", "groupFairness"),
    ("groupFairness", "municipalFairness"),
    ("waiting", "municipalFairness", "groupFairness"),
    ("waiting", "shopping", "groupFairness"),
)


@st.composite
def uneven(draw: st.DrawFn, *, slacks: tuple[float, ...] = (0,)) -> Problem:
    """Draw four municipalities that carry two groups as evenly as their homes allow."""
    names = ["status", "youth"][: draw(st.integers(1, 2))]
    lots = [_lot(draw, number, names) for number in range(draw(st.integers(1, 6)))]
    order = draw(st.sampled_from(ORDERS))
    return region(
        municipalities=[{"id": m, "name": m} for m in TOWNS],
        groups=[_group(draw, name) for name in names],
        supply=lots,
        needs=[need(m, draw(st.integers(2, 12)), group=g) for m in TOWNS[:3] for g in names],
        shares=[row for g in names for row in _shares(draw, g)],
        support=_coaches(draw),
        ceilings=[agreed(m, draw(st.integers(0, 4)), groups=names) for m in _some(draw, TOWNS)],
        distances=[km("A", "B", 5), km("B", "C", 5), km("C", "D", 5)],
        reachKm=10,
        stages=stages(*order, **{name: draw(st.sampled_from(slacks)) for name in order}),
    )


def _some(draw: st.DrawFn, names: str) -> list[str]:
    return draw(st.lists(st.sampled_from(names), unique=True, max_size=2))


def _group(draw: st.DrawFn, name: str) -> dict[str, Any]:
    spread = draw(st.sampled_from(["region", "near"]))
    near = {"maxKm": 5} if spread == "near" else {}
    burden = draw(st.sampled_from([1, 2]))
    return group(name, burden=burden, spread=spread, support={"coach": _TWO}, **near)


_TWO = {"slots": 2, "periods": 1}


def _lot(draw: st.DrawFn, number: int, names: list[str]) -> dict[str, Any]:
    where, some = draw(st.sampled_from(TOWNS)), draw(st.integers(1, len(names)))
    return homes(where, draw(st.integers(0, 12)), id=f"lot-{number}", groups=names[:some])


def _shares(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    key = draw(st.permutations(draw(st.sampled_from(KEYS))))
    return [{**row, "group": name} for row in shares(**dict(zip(TOWNS, key, strict=True)))]


def _coaches(draw: st.DrawFn) -> list[dict[str, Any]]:
    some = draw(st.lists(st.sampled_from(TOWNS), unique=True, max_size=3))
    slots = draw(st.integers(0, 20))
    row = {"id": "coach", "municipalities": some, "type": "coach", "period": "2027"}
    return [{**row, "slots": slots}] if some else []


@settings(max_examples=80, derandomize=True, deadline=None)
@given(problem=uneven())
def test_municipality_by_municipality_ends_where_level_by_level_does(problem: Problem) -> None:
    assert levels_of(problem) == pytest.approx(one_by_one(problem), abs=1e-5, rel=0)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(problem=uneven(slacks=(0, 0.25, 1)))
def test_slack_in_one_stage_gives_the_next_the_same_room_either_way(problem: Problem) -> None:
    assert levels_of(problem) == pytest.approx(one_by_one(problem), abs=1e-5, rel=0)


def rises_at_nobodys_cost(stage: Solved) -> list[Cell]:
    """Cells that, by the prices of their proof, could rise without lowering one below them."""
    tag = {"municipalFairness": "O4", "groupFairness": "O5"}[stage.name]
    row = {c: f"{tag}.floor[{','.join(part for part in c if part)}]" for c in stage.levels}
    price = {c: stage.steps[k].prices for c, k in stage.stopped_at.items()}
    pays = {c: [d for d in stage.levels if price[c].get(row[d], 0.0) > 0] for c in stage.levels}
    lower = {c: max(stage.levels[d] for d in pays[c]) <= stage.levels[c] + 1e-6 for c in pays}
    return [c for c in stage.levels if c not in pays[c] or not lower[c]]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(problem=uneven())
def test_every_level_has_a_proof_that_it_rises_only_at_the_cost_of_lower_ones(
    problem: Problem,
) -> None:
    fair = [stage for stage in solved(problem) if stage.levels]
    assert [rises_at_nobodys_cost(stage) for stage in fair] == [[] for _ in fair]


def test_who_has_no_homes_stays_at_nothing_and_stops_nobody() -> None:
    problem = region(
        supply=[homes("B", 9), homes("C", 1)],
        needs=[need("A", 6)],
        shares=shares(A=1 / 3, B=1 / 3, C=1 / 3),
        stages=stages("groupFairness"),
    )
    (stage,) = solved(problem)
    assert stage.levels == pytest.approx({A: 0, B: 2.5, C: 0.5})
    assert stage.distinct == 3


def test_equal_municipalities_reach_one_level_together() -> None:
    problem = region(
        needs=[need("A", 6)],
        shares=shares(A=1 / 3, B=1 / 3, C=1 / 3),
        stages=stages("groupFairness"),
    )
    (stage,) = solved(problem)
    assert stage.levels == pytest.approx({A: 1, B: 1, C: 1})
    assert (stage.distinct, len(set(stage.stopped_at.values()))) == (1, 1)
