"""C1 and C4, each built alone."""

from dataclasses import replace

from services.allocator.model.constraints.capacity import within_lots, within_support
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables
from shared.contract.problem import Group, Support, SupportNeed
from tests.allocator.model.rows import EMPTY, at, broken, hosting, lot, room, tags, with_lots

COACHED = Group(
    id="status",
    tier=1,
    burden=1,
    spread="region",
    support={"coach": SupportNeed(slots=2, periods=2)},
)
SLOTS_2028 = Support(id="coach", municipalities=("A", "B"), type="coach", period="2028", slots=8)
A_2027, B_2028, C_2028 = (
    ("A", "status", "2027"),
    ("B", "status", "2028"),
    ("C", "status", "2028"),
)


def one_lot(**size: float) -> tuple[LinearModel, int]:
    """C1 of one lot: 3 homes reported, and room for one more."""
    model = LinearModel()
    placed = model.add_column("placed")
    groups = (Group(id="status", tier=1, burden=1, spread="region", size=size),)
    x = Variables(placed={("a", "status"): placed})
    within_lots(model, x, replace(with_lots(lot("a")), groups=groups))
    return model, placed


def test_a_lot_with_a_free_home_keeps_c1_with_room() -> None:
    model, placed = one_lot()
    assert tags(model) == {"C1"}
    assert room(model, "C1.lot[a]", {placed: 2}) == 2


def test_a_lot_that_is_full_beyond_what_is_reported_keeps_c1_exactly() -> None:
    model, placed = one_lot()
    assert room(model, "C1.lot[a]", {placed: 4}) == 0


def test_one_household_too_many_breaks_c1() -> None:
    model, placed = one_lot()
    assert broken(model, {placed: 5}) == ["C1.lot[a]"]


def test_a_household_of_two_units_takes_two_homes_in_c1() -> None:
    model, placed = one_lot(home=2)
    assert room(model, "C1.lot[a]", {placed: 1}) == 2
    assert broken(model, {placed: 3}) == ["C1.lot[a]"]


def two_years_of_support() -> tuple[LinearModel, Variables]:
    """C4 of A and B in 2028: 8 slots, and 2 per household for two years."""
    model = LinearModel()
    x = hosting(model, A_2027, B_2028, C_2028)
    within_support(model, x, replace(EMPTY, groups=(COACHED,), support=(SLOTS_2028,)))
    return model, x


def test_free_slots_keep_c4_with_room() -> None:
    model, x = two_years_of_support()
    assert tags(model) == {"C4"}
    assert room(model, "C4.support[coach]", at(x, {B_2028: 3})) == 2


def test_who_was_placed_last_year_still_fills_the_slots_of_c4() -> None:
    model, x = two_years_of_support()
    point = at(x, {A_2027: 2, B_2028: 2})
    assert room(model, "C4.support[coach]", point) == 0


def test_more_support_than_there_is_breaks_c4() -> None:
    model, x = two_years_of_support()
    point = at(x, {A_2027: 3, B_2028: 2})
    assert broken(model, point) == ["C4.support[coach]"]


def test_a_municipality_outside_the_row_does_not_count_in_c4() -> None:
    model, x = two_years_of_support()
    assert room(model, "C4.support[coach]", at(x, {C_2028: 99})) == 8


def test_a_group_without_support_has_no_c4() -> None:
    model = LinearModel()
    within_support(model, Variables(), replace(EMPTY, support=(SLOTS_2028,)))
    assert model.row_names == []


def test_support_of_one_year_has_ended_by_the_next_in_c4() -> None:
    model = LinearModel()
    x = hosting(model, A_2027)
    short = COACHED.model_copy(update={"support": {"coach": SupportNeed(slots=1, periods=1)}})
    within_support(model, x, replace(EMPTY, groups=(short,), support=(SLOTS_2028,)))
    assert model.row_names == []
