"""C2 of who is helped: as many as are hosted, and those who move; built alone."""

from dataclasses import replace

import pytest

from services.allocator.model.constraints.demand import serve
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables, decide
from shared.contract.problem import Spread
from tests.allocator.model.rows import at, broken
from tests.allocator.model.test_demand import A_2027, B_2027, B_2028, spread_over


def served(spread: Spread, max_km: float | None = None) -> tuple[LinearModel, Variables]:
    """Who is helped, with A and B each in need of 5 homes, and no other rule."""
    instance = replace(spread_over(spread, max_km), need={A_2027: 5, B_2027: 5})
    model = LinearModel()
    x = decide(model, instance)
    serve(model, x, instance)
    serve(model, x, instance)
    return model, x


def test_as_many_helped_as_hosted_keep_c2() -> None:
    model, x = served("region")
    helped = {x.served["A", "status"][0][0]: 2, x.served["B", "status"][0][0]: 1}
    assert model.row_names == ["C2.balance[status]"]
    assert broken(model, {**at(x, {A_2027: 2, B_2028: 1}), **helped}) == []


@pytest.mark.parametrize("hosted", [1, 3])
def test_more_or_fewer_hosted_than_helped_break_c2(hosted: int) -> None:
    model, x = served("region")
    point = {**at(x, {A_2027: hosted}), x.served["A", "status"][0][0]: 2}
    assert broken(model, point) == ["C2.balance[status]"]


def test_nobody_is_helped_more_than_c9_admits() -> None:
    model, x = served("region")
    column = x.served["A", "status"][0][0]
    assert (model.column_lower[column], model.column_upper[column]) == (0, 5)


def test_who_moves_is_who_is_helped_in_c2() -> None:
    model, x = served("near", 5)
    point = {**at(x, {B_2027: 3}), x.served["A", "status"][0][0]: 3}
    assert broken(model, {**point, x.moved["A", "B", "status"]: 3}) == []
    assert broken(model, {**point, x.moved["A", "B", "status"]: 2}) == ["C2.served[A,status]"]


def test_a_group_that_stays_at_home_is_helped_where_it_is_hosted() -> None:
    model, x = served("home")
    assert x.served["B", "status"] == x.hosted[B_2027] + x.hosted[B_2028]
    assert model.row_names == []
