"""C2, C3, C8 and C9 on the four municipalities."""

from shared.contract.result import Trade
from shared.verify.household_rules import (
    access_is_respected,
    every_home_has_its_household,
    households_move_where_they_may,
    waiting_follows_from_the_plan,
)
from tests.shared.four_municipalities import (
    PROBLEM,
    RESULT,
    broken,
    with_more,
    with_row,
    without_row,
)

A_TO_A, A_TO_D, URGENT, YOUTH_TO_C = 0, 1, 4, 6
A_STATUS_2027, A_YOUTH_2027 = 0, 8


def test_every_home_has_its_household() -> None:
    assert broken(every_home_has_its_household) == []


def test_a_home_without_a_household_is_refused() -> None:
    empty = with_row(RESULT, "trades", A_TO_A, households=3)
    assert broken(every_home_has_its_household, PROBLEM, empty) == [("C2", "A, status, 2027")]


def test_a_household_without_a_home_is_refused() -> None:
    homeless = without_row(RESULT, "placements", 3)
    assert broken(every_home_has_its_household, PROBLEM, homeless) == [("C2", "D, status, 2027")]


def test_a_household_in_the_wrong_year_is_refused_in_both_years() -> None:
    early = with_row(RESULT, "trades", YOUTH_TO_C, period="2027")
    expected = [("C2", "C, youth, 2027"), ("C2", "C, youth, 2028")]
    assert broken(every_home_has_its_household, PROBLEM, early) == expected


def test_waiting_as_it_follows_from_the_plan_is_accepted() -> None:
    assert broken(waiting_follows_from_the_plan) == []


def test_nobody_waiting_needs_no_row() -> None:
    fewer = with_row(PROBLEM, "needs", 3, households=4)
    shorter = without_row(with_row(RESULT, "trades", YOUTH_TO_C, households=0), "waiting", 8)
    assert broken(waiting_follows_from_the_plan, fewer, shorter) == []


def test_one_household_fewer_waiting_than_there_is_is_refused() -> None:
    flattering = with_row(RESULT, "waiting", A_STATUS_2027, households=1)
    expected = [("C3", "A, status, 2027")]
    assert broken(waiting_follows_from_the_plan, PROBLEM, flattering) == expected


def test_helping_more_households_than_need_it_is_refused() -> None:
    generous = with_row(PROBLEM, "needs", 5, households=2)
    expected = [("C3", "C, urgent, 2027"), ("C3", "C, urgent, 2028")]
    assert broken(waiting_follows_from_the_plan, generous) == expected


def test_helping_households_before_they_come_is_refused_for_that_year() -> None:
    later = with_row(PROBLEM, "needs", 3, period="2028")
    assert broken(waiting_follows_from_the_plan, later) == [("C3", "A, youth, 2027")]


def test_waiting_of_a_group_that_nobody_needs_is_refused() -> None:
    odd = with_row(RESULT, "waiting", A_YOUTH_2027, municipality="D")
    expected = [("C3", "A, youth, 2027"), ("C3", "D, youth, 2027")]
    assert broken(waiting_follows_from_the_plan, PROBLEM, odd) == expected


def test_eight_kilometres_is_near_when_ten_is_allowed() -> None:
    assert broken(households_move_where_they_may) == []


def test_eight_kilometres_is_just_near_when_eight_is_allowed() -> None:
    tight = with_row(PROBLEM, "groups", 1, max_km=8.0)
    assert broken(households_move_where_they_may, tight) == []


def test_eight_kilometres_is_too_far_when_less_is_allowed() -> None:
    strict = with_row(PROBLEM, "groups", 1, max_km=7.9)
    assert broken(households_move_where_they_may, strict) == [("C8", "A, C, youth, 2028")]


def test_a_pair_without_a_distance_is_not_near() -> None:
    unknown = with_row(RESULT, "trades", YOUTH_TO_C, host="D")
    assert broken(households_move_where_they_may, PROBLEM, unknown) == [("C8", "A, D, youth, 2028")]


def test_a_household_that_must_stay_home_may_not_move() -> None:
    moved = with_row(RESULT, "trades", URGENT, host="A")
    assert broken(households_move_where_they_may, PROBLEM, moved) == [("C8", "C, A, urgent, 2027")]


def test_a_trade_of_nobody_moves_nobody() -> None:
    nobody = Trade(responsible="C", host="D", group="urgent", period="2027", households=0)
    assert (
        broken(households_move_where_they_may, PROBLEM, with_more(RESULT, "trades", nobody)) == []
    )


def test_half_of_six_households_admitted_is_three() -> None:
    assert broken(access_is_respected) == []


def test_access_with_room_to_spare_is_accepted() -> None:
    assert broken(access_is_respected, with_row(PROBLEM, "access", 0, rate=0.51)) == []


def test_a_rate_just_below_a_half_admits_two_of_six() -> None:
    expected = [("C9", "C, urgent, 2027"), ("C9", "C, urgent, 2028")]
    assert broken(access_is_respected, with_row(PROBLEM, "access", 0, rate=0.499)) == expected


def test_three_tenths_of_ten_households_is_exactly_three() -> None:
    more = with_row(with_row(PROBLEM, "needs", 5, households=10), "access", 0, rate=0.3)
    assert broken(access_is_respected, more) == []
