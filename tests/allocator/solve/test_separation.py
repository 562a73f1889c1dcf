"""Rows that are too many to write down are found when a corner breaks them."""

from dataclasses import replace

import numpy as np
import pytest

from services.allocator.model.build import build
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives.shopping import largest_pull
from services.allocator.model.variables import Variables
from services.allocator.problem.demand import Demand
from services.allocator.problem.instance import Instance
from services.allocator.solve.separation import Separation, Spare
from services.allocator.solve.vertex import Floats
from services.allocator.translate import instance_of
from shared.contract.problem import Group
from tests.allocator.model.rows import EMPTY, Point, at, lot, room
from tests.allocator.region import km, need, region

A, B = ("A", "status", "2027"), ("B", "status", "2027")


def values_of(model: LinearModel, point: Point) -> Floats:
    """A value for every column."""
    return np.array([point.get(column, 0.0) for column in range(len(model.column_names))])


def near_a() -> tuple[LinearModel, Variables, Separation]:
    """A and B each need 2 homes, and B's have to stay in B: C8."""
    group = Group(id="status", tier=1, burden=1, spread="near", max_km=1)
    instance = replace(EMPTY, groups=(group,), lots=(lot("a"), lot("b", "B")), need={A: 2, B: 2})
    model, x = build(instance)
    return model, x, Separation(model, x, instance)


def test_homes_that_can_be_reached_break_no_row() -> None:
    model, x, separation = near_a()
    before = list(model.row_names)
    assert separation.add_broken(values_of(model, at(x, {A: 2, B: 2}))) == []
    assert (model.row_names, separation.demands) == (before, [])


def test_a_host_with_more_than_can_reach_it_gets_its_row() -> None:
    model, x, separation = near_a()
    point = at(x, {A: 3, B: 1})
    (row,) = separation.add_broken(values_of(model, point))
    assert model.row_names[row] == "C8.reach[status,1]"
    assert room(model, "C8.reach[status,1]", point) == -1
    assert separation.demands == [Demand("status", {"A": 0})]


def test_a_row_that_is_there_and_still_broken_is_not_added_again() -> None:
    model, x, separation = near_a()
    point = values_of(model, at(x, {A: 3, B: 1}))
    separation.add_broken(point)
    before = list(model.row_names)
    assert separation.add_broken(point) == []
    assert model.row_names == before


def test_a_row_that_was_found_before_keeps_its_number_when_it_is_added_again() -> None:
    _, _, first = near_a()
    first.add(Demand("status", {"B": 0}))
    first.add(Demand("status", {"A": 0}))
    assert [name for name in first.model.row_names if name.startswith("C8")] == [
        "C8.reach[status,1]",
        "C8.reach[status,2]",
    ]


def neighbours() -> tuple[LinearModel, Variables, Instance]:
    """O3 of A with 10 and B with 5 households in need, 5 km apart."""
    needs, near = [need("A", 10), need("B", 5)], [km("A", "B", 5)]
    instance = instance_of(region(needs=needs, distances=near, reachKm=10))
    model, x = build(instance)
    largest_pull(model, x, instance)
    return model, x, instance


def served(x: Variables, of_a: float, of_b: float) -> dict[int, float]:
    """So many are helped, all in a home of A."""
    columns = (x.served["A", "status"][0][0], x.served["B", "status"][0][0])
    return {**at(x, {A: of_a + of_b}), columns[0]: of_a, columns[1]: of_b}


def test_a_chance_that_is_better_elsewhere_gets_its_row() -> None:
    model, x, instance = neighbours()
    rows = Separation(model, x, instance).add_broken(values_of(model, served(x, 2, 2)))
    assert [model.row_names[row] for row in rows] == ["O3.pull[A,B,status]"]


def test_equal_chances_and_a_pull_that_is_counted_need_no_row() -> None:
    model, x, instance = neighbours()
    separation = Separation(model, x, instance)
    counted = {**served(x, 2, 2), x.pull["A", "status"]: 0.2}
    assert separation.add_broken(values_of(model, served(x, 2, 1))) == []
    assert separation.add_broken(values_of(model, counted)) == []


def left_out(lower: float, upper: float) -> Spare:
    """A row over the sum of two columns that is left out."""
    model = LinearModel()
    first, second = model.add_column("first"), model.add_column("second")
    model.add_row("sum", [(first, 1), (second, 2)], lower, upper)
    return Spare(model, [0])


@pytest.mark.parametrize("values", [[0.0, 1.0], [2.0, 1.0], [1.0, 1.0]])
def test_a_row_that_is_left_out_stays_out_while_it_holds(values: list[float]) -> None:
    assert left_out(2, 4).take_broken(np.array(values)) == []


@pytest.mark.parametrize("values", [[1.0, 0.0], [3.0, 1.0]])
def test_a_row_that_is_left_out_comes_back_when_it_is_broken_and_only_once(
    values: list[float],
) -> None:
    spare = left_out(2, 4)
    assert spare.take_broken(np.array(values)) == [0]
    assert spare.take_broken(np.array(values)) == []


def test_what_breaks_a_row_by_a_rounding_of_its_size_does_not_break_it() -> None:
    million = 1e6
    assert left_out(0, million).take_broken(np.array([million + 1e-4, 0.0])) == []
    assert left_out(0, million).take_broken(np.array([million + 1e-2, 0.0])) == [0]


def test_without_rows_that_are_left_out_nothing_is_broken() -> None:
    assert Spare(LinearModel(), []).take_broken(np.array([])) == []
