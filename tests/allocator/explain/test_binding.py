"""What stops one household more, on plans that are written down and not searched for."""

from typing import Any

from services.allocator.explain.binding import Room, Rule
from services.allocator.problem.plan import Plan
from services.allocator.translate import instance_of
from tests.allocator.region import agreed, group, homes, km, need, pin, region, year

TWO_YEARS = [year(2027), year(2028)]
COACHED = group(support={"coach": {"slots": 1, "periods": 2}})


def in_2028(municipality: str, reported: int) -> dict[str, Any]:
    """Homes of 2028."""
    return homes(municipality, reported, id=f"{municipality}-2028", period="2028")


def coaches(period: str, slots: int) -> dict[str, Any]:
    """Support of one municipality in one year."""
    row = {"id": f"coach-{period}", "municipalities": ["A"], "type": "coach"}
    return {**row, "period": period, "slots": slots}


def rules(
    placed: dict[str, int], municipality: str = "A", responsible: str = "A", **changes: Any
) -> list[Rule]:
    """What binds when so many status holders of one municipality live in these lots."""
    instance = instance_of(region(**changes))
    where = {lot.id: lot for lot in instance.lots}
    plan = Plan(
        instance,
        {(lot, "status"): households for lot, households in placed.items()},
        {
            (responsible, where[lot].municipality, "status", where[lot].period): households
            for lot, households in placed.items()
        },
    )
    return Room(plan).rules(municipality, instance.group["status"])


def test_where_nothing_stops_one_more_no_rule_is_named() -> None:
    assert rules({}) == []


def test_a_full_lot_beside_a_free_one_of_the_same_year_does_not_bind() -> None:
    supply = [homes("A", 1), homes("A", 1, id="A-other")]
    assert rules({"A-homes": 1}, supply=supply) == []


def test_all_lots_of_a_year_bind_when_all_are_full() -> None:
    supply = [homes("A", 1), homes("A", 0, id="A-none")]
    found = rules({"A-homes": 1}, supply=supply)
    assert found == [("C1", "A-homes"), ("C1", "A-none")]


def test_a_full_year_binds_also_when_the_next_has_room() -> None:
    supply = [homes("A", 1), in_2028("A", 1)]
    assert rules({"A-homes": 1}, periods=TWO_YEARS, supply=supply) == [("C1", "A-homes")]


def test_full_lots_and_everybody_housed_are_both_named() -> None:
    found = rules({"A-homes": 3}, supply=[homes("A", 3)])
    assert found == [("C1", "A-homes"), ("C3", "status")]


def test_a_year_without_homes_adds_no_rule() -> None:
    pins = [pin("A", 0, period="2028")]
    assert rules({}, periods=TWO_YEARS, pins=pins) == []


def test_without_any_homes_only_that_is_named() -> None:
    assert rules({"B-homes": 3}, supply=[homes("B", 4)]) == [("C1", "A,status")]


def test_support_that_runs_out_in_a_later_year_binds_now() -> None:
    support = [coaches("2027", 2), coaches("2028", 1)]
    found = rules(
        {"A-homes": 1}, periods=TWO_YEARS, groups=[COACHED, group("youth")], support=support
    )
    assert found == [("C4", "coach-2028")]


def test_support_that_ran_out_before_does_not_bind_later() -> None:
    found = rules(
        {},
        supply=[in_2028("A", 1)],
        periods=TWO_YEARS,
        groups=[COACHED],
        support=[coaches("2027", 0), coaches("2028", 1)],
    )
    assert found == []


def test_a_ceiling_of_another_year_or_another_district_does_not_bind() -> None:
    supply = [homes("A", 2), homes("A", 2, id="A-north", district="north")]
    ceilings = [agreed("A", 0, district="north"), agreed("A", 0, id="later", periods=["2028"])]
    assert rules({}, periods=TWO_YEARS, supply=supply, ceilings=ceilings) == []


def test_a_full_lot_and_a_ceiling_over_the_other_lot_stop_together() -> None:
    supply = [homes("A", 1), homes("A", 2, id="A-north", district="north")]
    found = rules({"A-homes": 1}, supply=supply, ceilings=[agreed("A", 0, district="north")])
    assert found == [("C1", "A-homes"), ("C5", "row-A")]


def test_a_pin_binds_in_its_own_year_and_cell() -> None:
    pins = [pin("A", 0), pin("B", 0)]
    assert rules({}, pins=pins) == [("C6", "pin-A")]


def test_only_people_who_may_live_here_count_as_left() -> None:
    near = [group(spread="near", maxKm=10)]
    assert rules({}, "B", groups=near, distances=[km("A", "B", 10)]) == []
    assert rules({}, "B", groups=near, distances=[km("A", "B", 11)]) == [("C8", "B,status")]


def test_people_who_come_later_do_not_fill_a_home_now() -> None:
    found = rules({}, periods=TWO_YEARS, needs=[need("A", 3, period="2028")])
    assert found == [("C3", "status,2027")]


def test_people_who_are_housed_later_do_not_fill_a_home_now() -> None:
    supply = [homes("A", 1), in_2028("A", 3)]
    later = [need("A", 2), need("B", 1, period="2028")]
    found = rules({"A-2028": 2}, periods=TWO_YEARS, supply=supply, needs=later)
    assert found == [("C3", "status,2027")]


def test_people_who_are_refused_at_any_later_moment_are_the_reason() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    found = rules({"A-homes": 1}, periods=TWO_YEARS, access=rates)
    assert found == [("C9", "A,status,2027"), ("C9", "A,status,2028")]


def test_people_of_a_neighbour_who_are_admitted_may_still_come() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0}]
    assert rules({}, access=rates, needs=[need("A", 3), need("B", 1)]) == []


def test_an_agreement_binds_when_it_has_nothing_to_spare() -> None:
    assert rules({"A-homes": 1}, commitments=[agreed("A", 1)]) == [("C7", "row-A")]
    assert rules({"A-homes": 2}, commitments=[agreed("A", 1)]) == []


def test_people_who_are_admitted_in_part_may_still_come_up_to_that_part() -> None:
    rates = [{"municipality": "A", "group": "status", "rate": 0.5}]
    assert rules({"A-homes": 1}, access=rates, needs=[need("A", 4)]) == []


def test_full_support_of_a_kind_that_a_group_does_not_need_is_no_reason() -> None:
    assert rules({}, support=[coaches("2027", 0)]) == []
