"""C5, C6 and C7, each built alone."""

from dataclasses import replace

import pytest

from services.allocator.model.constraints.agreements import (
    as_committed,
    as_pinned,
    under_ceilings,
)
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables
from shared.contract.problem import Ceiling, Commitment, Pin
from tests.allocator.model.rows import EMPTY, broken, lot, room, tags, with_lots

KEY = ("A", "status", "2027")
MOST_5 = Ceiling(id="most", municipality="A", groups=("status",), periods=("2027",), households=5)


def two_districts(ceiling: Ceiling) -> tuple[LinearModel, int, int]:
    """C5 over a lot in the centre and one in the north of A."""
    model = LinearModel()
    centre, north = model.add_column("centre"), model.add_column("north")
    x = Variables(placed={("centre", "status"): centre, ("north", "status"): north})
    lots = (lot("centre", district="centre"), lot("north", district="north"))
    under_ceilings(model, x, replace(with_lots(*lots), ceilings=(ceiling,)))
    return model, centre, north


def test_below_a_ceiling_c5_has_room() -> None:
    model, centre, north = two_districts(MOST_5)
    assert tags(model) == {"C5"}
    assert room(model, "C5.ceiling[most]", {centre: 2, north: 2}) == 1


def test_at_a_ceiling_c5_is_kept_exactly() -> None:
    model, centre, north = two_districts(MOST_5)
    assert room(model, "C5.ceiling[most]", {centre: 2, north: 3}) == 0


def test_above_a_ceiling_c5_is_broken() -> None:
    model, centre, north = two_districts(MOST_5)
    assert broken(model, {centre: 3, north: 3}) == ["C5.ceiling[most]"]


def test_a_ceiling_of_one_district_does_not_count_the_other_in_c5() -> None:
    model, centre, north = two_districts(MOST_5.model_copy(update={"district": "centre"}))
    assert room(model, "C5.ceiling[most]", {centre: 4, north: 9}) == 1


def test_a_ceiling_where_no_home_is_has_no_c5() -> None:
    model, _, _ = two_districts(MOST_5.model_copy(update={"municipality": "B"}))
    assert model.row_names == []


def pinned(households: int) -> tuple[LinearModel, int]:
    """C6 of a planner who decided on so many in A."""
    model = LinearModel()
    hosted = model.add_column("hosted")
    pin = Pin(
        id="pin",
        municipality="A",
        group="status",
        period="2027",
        households=households,
        reason="Signed on 1 March.",
    )
    as_pinned(model, Variables(hosted={KEY: [(hosted, 1.0)]}), replace(EMPTY, pins=(pin,)))
    return model, hosted


def test_exactly_what_was_pinned_keeps_c6() -> None:
    model, hosted = pinned(4)
    assert tags(model) == {"C6"}
    assert room(model, "C6.pin[pin]", {hosted: 4}) == 0


@pytest.mark.parametrize("households", [3, 5])
def test_one_more_or_fewer_than_pinned_breaks_c6(households: int) -> None:
    model, hosted = pinned(4)
    assert broken(model, {hosted: households}) == ["C6.pin[pin]"]


def test_a_pin_where_no_home_is_breaks_c6_in_every_plan() -> None:
    model = LinearModel()
    pin = Pin(
        id="pin", municipality="A", group="status", period="2027", households=1, reason="Agreed."
    )
    as_pinned(model, Variables(), replace(EMPTY, pins=(pin,)))
    assert broken(model, {}) == ["C6.pin[pin]"]


def pinned_in_total(**changes: str | None) -> tuple[LinearModel, int, int]:
    """C6 of 4 in A, over all groups and both years unless said otherwise."""
    model = LinearModel()
    now, later = model.add_column("now"), model.add_column("later")
    wide: dict[str, str | None] = {"group": None, "period": None, **changes}
    pin = Pin(id="pin", municipality="A", households=4, reason="Signed.", **wide)
    x = Variables(hosted={KEY: [(now, 1.0)], ("A", "status", "2028"): [(later, 1.0)]})
    as_pinned(model, x, replace(EMPTY, pins=(pin,)))
    return model, now, later


def test_a_pin_without_a_period_counts_all_years_in_c6() -> None:
    model, now, later = pinned_in_total(group="status")
    assert room(model, "C6.pin[pin]", {now: 1, later: 3}) == 0
    assert broken(model, {now: 1, later: 4}) == ["C6.pin[pin]"]


def test_a_pin_without_a_group_counts_all_groups_in_c6() -> None:
    model, now, later = pinned_in_total(period="2028")
    assert room(model, "C6.pin[pin]", {now: 9, later: 4}) == 0
    assert broken(model, {now: 4}) == ["C6.pin[pin]"]


def agreed() -> tuple[LinearModel, int, int]:
    """C7 of an agreement on 5 households in A."""
    model = LinearModel()
    hosted, short = model.add_column("hosted"), model.add_column("short")
    row = Commitment(
        id="agreed", municipality="A", groups=("status",), periods=("2027", "2028"), households=5
    )
    x = Variables(hosted={KEY: [(hosted, 1.0)]}, short={"agreed": short})
    as_committed(model, x, replace(EMPTY, commitments=(row,)))
    return model, hosted, short


def test_more_than_agreed_keeps_c7_with_room() -> None:
    model, hosted, _ = agreed()
    assert tags(model) == {"C7"}
    assert room(model, "C7.commitment[agreed]", {hosted: 7}) == 2


def test_a_shortfall_that_is_counted_keeps_c7_exactly() -> None:
    model, hosted, short = agreed()
    assert room(model, "C7.commitment[agreed]", {hosted: 3, short: 2}) == 0


def test_a_shortfall_that_is_not_counted_breaks_c7() -> None:
    model, hosted, short = agreed()
    assert broken(model, {hosted: 3, short: 1}) == ["C7.commitment[agreed]"]
