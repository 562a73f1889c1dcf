"""C1 and C4, each built alone."""

from dataclasses import replace

from services.allocator.model.constraints.capacity import within_lots, within_support
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables
from shared.contract.problem import Group, Support, SupportNeed
from tests.allocator.model.rows import EMPTY, broken, lot, room, tags, with_lots

COACHED = Group(
    id="status",
    tier=1,
    burden=1,
    spread="region",
    support={"coach": SupportNeed(slots=2, periods=2)},
)
SLOTS_2028 = Support(id="coach", municipalities=("A", "B"), type="coach", period="2028", slots=8)


def one_lot() -> tuple[LinearModel, int, int]:
    """C1 of one lot: 3 homes reported, and room for one more."""
    model = LinearModel()
    placed, extra = model.add_column("placed"), model.add_column("extra")
    x = Variables(placed={("a", "status"): placed}, extra={"a": extra})
    within_lots(model, x, with_lots(lot("a")))
    return model, placed, extra


def test_a_lot_with_a_free_home_keeps_c1_with_room() -> None:
    model, placed, _ = one_lot()
    assert tags(model) == {"C1"}
    assert room(model, "C1.lot[a]", {placed: 2}) == 1


def test_a_full_lot_keeps_c1_exactly() -> None:
    model, placed, extra = one_lot()
    assert room(model, "C1.lot[a]", {placed: 4, extra: 1}) == 0


def test_one_household_too_many_breaks_c1() -> None:
    model, placed, _ = one_lot()
    assert broken(model, {placed: 4}) == ["C1.lot[a]"]


def test_a_household_of_two_units_takes_two_homes_in_c1() -> None:
    model = LinearModel()
    placed, extra = model.add_column("placed"), model.add_column("extra")
    large = Group(id="status", tier=1, burden=1, spread="region", size={"home": 2})
    instance = replace(with_lots(lot("a")), groups=(large,))
    within_lots(model, Variables(placed={("a", "status"): placed}, extra={"a": extra}), instance)
    assert room(model, "C1.lot[a]", {placed: 1}) == 1
    assert broken(model, {placed: 2}) == ["C1.lot[a]"]


def two_years_of_support() -> tuple[LinearModel, Variables]:
    """C4 of A and B in 2028: 8 slots, and 2 per household for two years."""
    model, x = LinearModel(), Variables()
    for key in (("A", "status", "2027"), ("B", "status", "2028"), ("C", "status", "2028")):
        x.hosted[key] = model.add_column(",".join(key))
    within_support(model, x, replace(EMPTY, groups=(COACHED,), support=(SLOTS_2028,)))
    return model, x


def test_free_slots_keep_c4_with_room() -> None:
    model, x = two_years_of_support()
    assert tags(model) == {"C4"}
    assert room(model, "C4.support[coach]", {x.hosted["B", "status", "2028"]: 3}) == 2


def test_who_was_placed_last_year_still_fills_the_slots_of_c4() -> None:
    model, x = two_years_of_support()
    point = {x.hosted["A", "status", "2027"]: 2, x.hosted["B", "status", "2028"]: 2}
    assert room(model, "C4.support[coach]", point) == 0


def test_more_support_than_there_is_breaks_c4() -> None:
    model, x = two_years_of_support()
    point = {x.hosted["A", "status", "2027"]: 3, x.hosted["B", "status", "2028"]: 2}
    assert broken(model, point) == ["C4.support[coach]"]


def test_a_municipality_outside_the_row_does_not_count_in_c4() -> None:
    model, x = two_years_of_support()
    assert room(model, "C4.support[coach]", {x.hosted["C", "status", "2028"]: 99}) == 8


def test_a_group_without_support_has_no_c4() -> None:
    model = LinearModel()
    within_support(model, Variables(), replace(EMPTY, support=(SLOTS_2028,)))
    assert model.row_names == []


def test_support_of_one_year_has_ended_by_the_next_in_c4() -> None:
    model, x = LinearModel(), Variables()
    x.hosted["A", "status", "2027"] = model.add_column("2027")
    short = COACHED.model_copy(update={"support": {"coach": SupportNeed(slots=1, periods=1)}})
    within_support(model, x, replace(EMPTY, groups=(short,), support=(SLOTS_2028,)))
    assert model.row_names == []
