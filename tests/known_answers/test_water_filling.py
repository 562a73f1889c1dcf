"""Leximin by hand: pour households in until a municipality is full, then go on with the others.

Every level is a part of a fair share, worked out with pen and paper in the comment beside it.
Source of the method: Bertsekas and Gallager 1992, Data Networks, section 6.5.2 (max-min fair
flow: raise all together, and fix whoever meets a bottleneck).
"""

import pytest

from shared.verify.verify import verify
from tests.allocator.region import agreed, group, homes, km, need, pin
from tests.allocator.solving import levels, solve
from tests.known_answers.questions import one_group, several_groups, weighing

every_fairness = pytest.mark.parametrize(
    ("stage", "name"), [("groupFairness", "status"), ("municipalFairness", None)]
)
AMPLE = 99


@every_fairness
def test_with_room_for_all_everyone_carries_exactly_its_share(stage: str, name: str | None) -> None:
    question = one_group(12, {"A": 6, "B": 4, "C": 2}, dict.fromkeys("ABC", AMPLE), stage)
    assert levels(solve(question)) == pytest.approx(
        {("A", name): 1, ("B", name): 1, ("C", name): 1}
    )


@every_fairness
def test_what_a_full_municipality_cannot_host_is_shared_by_the_others(
    stage: str, name: str | None
) -> None:
    # A is full at 2 of 6. The other 10 go to B and C, who share 4 + 2 = 6: 10/6 each.
    question = one_group(12, {"A": 6, "B": 4, "C": 2}, {"A": 2, "B": AMPLE, "C": AMPLE}, stage)
    assert levels(solve(question)) == pytest.approx(
        {("A", name): 1 / 3, ("B", name): 5 / 3, ("C", name): 5 / 3}
    )


@every_fairness
def test_three_distinct_levels_when_two_municipalities_fill_up_one_after_the_other(
    stage: str, name: str | None
) -> None:
    # A stops at 1/5, B at 4/5; C and D share 20 - 1 - 4 = 15, so 7.5 of 5 each.
    fair = dict.fromkeys("ABCD", 5)
    result = solve(one_group(20, fair, {"A": 1, "B": 4, "C": AMPLE, "D": AMPLE}, stage))
    assert levels(result) == pytest.approx(
        {("A", name): 0.2, ("B", name): 0.8, ("C", name): 1.5, ("D", name): 1.5}
    )
    assert [told.levels for told in result.stages] == [3]


def test_four_fractions_when_the_shares_differ_and_all_but_one_are_full() -> None:
    # 31 households. A 3/7, B 5/9, C 8/11; D gets the 15 that are left, of 4: 15/4.
    fair = {"A": 7, "B": 9, "C": 11, "D": 4}
    result = solve(one_group(31, fair, {"A": 3, "B": 5, "C": 8, "D": AMPLE}))
    assert levels(result) == pytest.approx(
        {
            ("A", "status"): 3 / 7,
            ("B", "status"): 5 / 9,
            ("C", "status"): 8 / 11,
            ("D", "status"): 15 / 4,
        }
    )
    assert [told.levels for told in result.stages] == [4]


def test_two_that_stop_at_the_same_level_for_different_reasons_count_as_one_level() -> None:
    # A has 3 homes for a share of 6, B may host 2 of 4: both stop at 1/2. C gets 7 of 2.
    question = one_group(
        12,
        {"A": 6, "B": 4, "C": 2},
        {"A": 3, "B": AMPLE, "C": AMPLE},
        ceilings=[agreed("B", 2)],
    )
    result = solve(question)
    assert levels(result) == pytest.approx(
        {("A", "status"): 1 / 2, ("B", "status"): 1 / 2, ("C", "status"): 7 / 2}
    )
    assert [told.levels for told in result.stages] == [2]


def test_a_cell_stops_because_of_another_group_in_the_same_homes() -> None:
    # Fair share 4 in every cell. B has one home for y: 1/4. A's 6 homes are for x and y alike,
    # so raising its x would cost its y: 3 each, 3/4. B's x takes the 8 - 3 that are left: 5/4.
    question = several_groups(
        "groupFairness",
        groups=[group("x"), group("y")],
        needs={"x": 8, "y": 8},
        room=[
            homes("A", 6, groups=["x", "y"]),
            homes("B", AMPLE, id="B-for-x", groups=["x"]),
            homes("B", 1, id="B-for-y", groups=["y"]),
        ],
        key={"x": {"A": 0.5, "B": 0.5}, "y": {"A": 0.5, "B": 0.5}},
    )
    assert levels(solve(question)) == pytest.approx(
        {("A", "x"): 3 / 4, ("A", "y"): 3 / 4, ("B", "x"): 5 / 4, ("B", "y"): 1 / 4}
    )


def test_municipalities_that_share_support_stop_together() -> None:
    # A and B share 6 slots, and a household takes 2: 3 households for a fair share of 4 + 2.
    # Both stop at 1/2; C takes the other 9 of 12, half as much again as its 6.
    question = one_group(
        12,
        {"A": 4, "B": 2, "C": 6},
        dict.fromkeys("ABC", AMPLE),
        groups=[group(support={"coach": {"slots": 2, "periods": 1}})],
        support=[
            {
                "id": "coach",
                "municipalities": ["A", "B"],
                "type": "coach",
                "period": "2027",
                "slots": 6,
            }
        ],
    )
    assert levels(solve(question)) == pytest.approx(
        {("A", "status"): 1 / 2, ("B", "status"): 1 / 2, ("C", "status"): 3 / 2}
    )


def test_a_heavy_group_fills_the_homes_and_the_burden_counts_double() -> None:
    # Heavy: 4 households that weigh 2; light: 8 that weigh 1. Everyone's fair share is 4 + 4.
    # A's 3 homes hold 6 at most, when all are for heavy: 6/8. The rest, 16 - 6, is B's: 10/8.
    question = several_groups(
        "municipalFairness",
        groups=[weighing("heavy", 2), weighing("light", 1)],
        needs={"heavy": 4, "light": 8},
        room=[
            homes("A", 3, groups=["heavy", "light"]),
            homes("B", AMPLE, groups=["heavy", "light"]),
        ],
        key={"heavy": {"A": 0.5, "B": 0.5}, "light": {"A": 0.5, "B": 0.5}},
    )
    assert levels(solve(question)) == pytest.approx({("A", None): 3 / 4, ("B", None): 5 / 4})


def test_two_groups_are_levelled_through_the_municipality_that_hosts_both() -> None:
    # 4 of x for A and B, 12 of y for B and C; fair shares 2, 2 + 3 and 9. C has 3 homes: 1/3.
    # A and B share the 13 others over 7: 13/7 each, A 26/7 of x and B the last 2/7 and 9 of y.
    question = several_groups(
        "municipalFairness",
        groups=[group("x"), group("y")],
        needs={"x": 4, "y": 12},
        room=[
            homes("A", AMPLE, groups=["x"]),
            homes("B", AMPLE, groups=["x", "y"]),
            homes("C", 3, groups=["y"]),
        ],
        key={"x": {"A": 0.5, "B": 0.5}, "y": {"B": 0.25, "C": 0.75}},
    )
    assert levels(solve(question)) == pytest.approx(
        {("A", None): 13 / 7, ("B", None): 13 / 7, ("C", None): 1 / 3}
    )


def test_nobody_hosts_from_further_than_near() -> None:
    # A's 9 may go to A and B, 5 km away, and C has nobody near: 0 for C, 4.5 of 3 for A and B.
    question = one_group(
        9,
        {"A": 3, "B": 3, "C": 3},
        dict.fromkeys("ABC", AMPLE),
        groups=[group(spread="near", maxKm=5)],
        distances=[km("A", "B", 5), km("B", "C", 5), km("A", "C", 10)],
    )
    assert levels(solve(question)) == pytest.approx(
        {("A", "status"): 3 / 2, ("B", "status"): 3 / 2, ("C", "status"): 0}
    )


def test_a_chain_of_neighbours_levels_as_far_as_the_households_can_move() -> None:
    # A-B-C-D in a row. A and B need 6, C needs 2, D nobody; the fair share is 3.5 = 14/4 each.
    # D hosts for C alone: 2 of 3.5. Then A, B and C host the 12 of A and B: 4 of 3.5 each.
    question = one_group(
        14,
        {"A": 3.5, "B": 3.5, "C": 3.5, "D": 3.5},
        dict.fromkeys("ABCD", AMPLE),
        groups=[group(spread="near", maxKm=5)],
        needs=[need("A", 6), need("B", 6), need("C", 2)],
        distances=[km("A", "B", 5), km("B", "C", 5), km("C", "D", 5)],
    )
    assert levels(solve(question)) == pytest.approx(
        {
            ("A", "status"): 8 / 7,
            ("B", "status"): 8 / 7,
            ("C", "status"): 8 / 7,
            ("D", "status"): 4 / 7,
        }
    )


def test_a_number_that_is_pinned_above_its_share_leaves_less_for_the_others() -> None:
    # A is pinned at 5 of 2; B and C share the other 5 over 8.
    question = one_group(
        10, {"A": 2, "B": 4, "C": 4}, dict.fromkeys("ABC", AMPLE), pins=[pin("A", 5)]
    )
    assert levels(solve(question)) == pytest.approx(
        {("A", "status"): 5 / 2, ("B", "status"): 5 / 8, ("C", "status"): 5 / 8}
    )


def test_a_share_of_less_than_one_household_is_not_compared() -> None:
    # C's fair share is half a household: it may host any number, and A and B are raised first.
    question = one_group(10, {"A": 5, "B": 4.5, "C": 0.5}, dict.fromkeys("ABC", AMPLE))
    assert levels(solve(question)) == pytest.approx(
        {("A", "status"): 20 / 19, ("B", "status"): 20 / 19}
    )


def test_the_verifier_accepts_the_plan_that_comes_with_the_levels() -> None:
    question = one_group(12, {"A": 6, "B": 4, "C": 2}, {"A": 2, "B": AMPLE, "C": AMPLE})
    assert verify(question, solve(question)) == ()
