"""C2, C3, C8 and C9, each built alone."""

from dataclasses import replace
from fractions import Fraction

import pytest

from services.allocator.model.constraints.flow import (
    balanced,
    follow_routes,
    waits,
    within_access,
)
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables, decide
from services.allocator.model.whole import round_access
from services.allocator.problem.instance import Instance
from shared.contract.problem import Group, Spread
from tests.allocator.model.rows import EMPTY, broken, lot, room, tags, with_lots

IN_2027 = ("A", "status", "2027")
IN_2028 = ("A", "status", "2028")


def spread_over(spread: Spread, max_km: float | None = None) -> tuple[LinearModel, Variables]:
    """C2 and C8 of 9 households of A, who may go to a lot in A, B (5 km) or C (8 km)."""
    group = Group(id="status", tier=1, burden=1, spread=spread, max_km=max_km)
    instance = replace(
        with_lots(lot("a", "A"), lot("b", "B"), lot("c", "C")),
        groups=(group,),
        need={IN_2027: 9},
    )
    model = LinearModel()
    x = decide(model, instance)
    balanced(model, x, instance)
    return model, x


def test_homes_and_households_that_agree_keep_c2() -> None:
    model, x = spread_over("region")
    point = {
        x.placed["b", "status"]: 2,
        x.hosted["B", "status", "2027"]: 2,
        x.served[IN_2027]: 2,
    }
    assert tags(model) == {"C2"}
    assert broken(model, point) == []


def test_a_home_without_its_host_breaks_c2() -> None:
    model, x = spread_over("region")
    assert broken(model, {x.placed["b", "status"]: 1}) == ["C2.hosted[B,status,2027]"]


def test_hosting_more_than_come_from_anywhere_breaks_c2() -> None:
    model, x = spread_over("region")
    point = {x.placed["b", "status"]: 2, x.hosted["B", "status", "2027"]: 2, x.served[IN_2027]: 1}
    assert broken(model, point) == ["C2.balance[status,2027]"]


def test_a_group_that_stays_near_has_c8_routes_only_as_far_as_that() -> None:
    _, x = spread_over("near", max_km=5)
    assert sorted(x.routed) == [("A", "A", "status", "2027"), ("A", "B", "status", "2027")]


def test_the_limit_itself_is_still_near_in_c8() -> None:
    _, x = spread_over("near", max_km=8)
    assert ("A", "C", "status", "2027") in x.routed


def test_a_group_that_stays_at_home_is_hosted_elsewhere_by_nobody() -> None:
    model, x = spread_over("home")
    elsewhere = {x.placed["b", "status"]: 1, x.hosted["B", "status", "2027"]: 1}
    assert x.served[IN_2027] == x.hosted[IN_2027]
    assert broken(model, elsewhere) == ["C2.balance[B,status,2027]"]


def one_route() -> tuple[LinearModel, Variables]:
    """C2 over C8: households of A, hosted by B over the only route."""
    model = LinearModel()
    x = Variables(
        hosted={("B", "status", "2027"): model.add_column("hosted")},
        served={IN_2027: model.add_column("served")},
        routed={("A", "B", "status", "2027"): model.add_column("routed")},
    )
    follow_routes(model, x, "status")
    return model, x


def test_households_that_arrive_as_they_leave_keep_c2_over_c8() -> None:
    model, _ = one_route()
    assert tags(model) == {"C2"}
    assert broken(model, {0: 3, 1: 3, 2: 3}) == []


@pytest.mark.parametrize(
    ("point", "rows"),
    [
        ({0: 3, 1: 2, 2: 2}, ["C2.balance[B,status,2027]"]),
        ({0: 2, 1: 3, 2: 2}, ["C2.served[A,status,2027]"]),
    ],
)
def test_households_that_get_lost_on_the_route_break_c2(
    point: dict[int, float], rows: list[str]
) -> None:
    model, _ = one_route()
    assert broken(model, point) == rows


def two_years() -> tuple[LinearModel, Variables]:
    """C3 of A: 5 households come in 2027, and 2 more in 2028."""
    model = LinearModel()
    x = Variables(
        served={IN_2027: model.add_column("s1"), IN_2028: model.add_column("s2")},
        waiting={IN_2027: model.add_column("w1"), IN_2028: model.add_column("w2")},
    )
    waits(model, x, replace(EMPTY, need={IN_2027: 5, IN_2028: 2}))
    return model, x


def test_who_is_not_served_waits_by_c3() -> None:
    model, x = two_years()
    point = {x.served[IN_2027]: 4, x.waiting[IN_2027]: 1, x.waiting[IN_2028]: 3}
    assert tags(model) == {"C3"}
    assert broken(model, point) == []


def test_who_is_forgotten_breaks_c3() -> None:
    model, x = two_years()
    assert broken(model, {x.served[IN_2027]: 4, x.waiting[IN_2028]: 2}) == [
        "C3.waiting[A,status,2027]"
    ]


def test_c3_never_lets_less_than_nobody_wait() -> None:
    model = LinearModel()
    x = decide(model, replace(EMPTY, need={IN_2027: 5}))
    column = x.waiting[IN_2027]
    assert (model.column_lower[column], model.column_upper[column]) == (0, 5)


def admitted(rate: Fraction) -> tuple[LinearModel, Variables, Instance]:
    """C9 of A, who needs 5 homes in 2027."""
    model = LinearModel()
    x = Variables(waiting={IN_2027: model.add_column("waiting")})
    instance = replace(EMPTY, need={IN_2027: 5}, access={("A", "status"): rate})
    within_access(model, x, instance)
    return model, x, instance


def test_helping_fewer_than_admitted_keeps_c9_with_room() -> None:
    model, x, _ = admitted(Fraction(4, 5))
    assert tags(model) == {"C9"}
    assert room(model, "C9.access[A,status,2027]", {x.waiting[IN_2027]: 2}) == 1


def test_helping_as_many_as_admitted_keeps_c9_exactly() -> None:
    model, x, _ = admitted(Fraction(4, 5))
    assert room(model, "C9.access[A,status,2027]", {x.waiting[IN_2027]: 1}) == 0


def test_helping_more_than_admitted_breaks_c9() -> None:
    model, _, _ = admitted(Fraction(4, 5))
    assert broken(model, {}) == ["C9.access[A,status,2027]"]


def test_whoever_is_admitted_fully_has_no_c9() -> None:
    model, _, _ = admitted(Fraction(1))
    assert model.row_names == []


@pytest.mark.parametrize(
    ("rate", "must_wait"),
    [
        (Fraction("0.8"), 1),
        (Fraction("0.44"), 3),
        (Fraction("0.7999999999999999"), 2),
    ],
)
def test_c9_in_whole_households_rounds_the_exact_number(rate: Fraction, must_wait: int) -> None:
    model, x, instance = admitted(rate)
    round_access(model, instance)
    assert room(model, "C9.access[A,status,2027]", {x.waiting[IN_2027]: must_wait}) == 0
