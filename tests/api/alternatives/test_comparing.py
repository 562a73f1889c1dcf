"""Two answers side by side: the four municipalities, as they are and with a number forced."""

from typing import Any

import pytest

from services.api.alternatives.alternative_words import impossible_in_words, possible_in_words
from services.api.alternatives.comparing import (
    PIN,
    Asked,
    Difference,
    Forced,
    binding_there,
    first_worse,
    hosting_differences,
    nearest_possible,
    number_before,
    stage_changes,
    waiting_differences,
    with_number,
)
from services.api.explanations.book import Book
from shared.contract.repairs import Change, Repair
from shared.contract.result import Binding, Result
from shared.faults import InvalidDocument
from tests.api.explanations.the_book import NAMES
from tests.shared.four_municipalities import PROBLEM, RESULT, with_row

FEWER_AT_A = Forced("A", "status", None, 3)
COMMITMENTS, WAITING_1, SUITABILITY = 0, 1, 7
LEVEL_A_STATUS, A_STATUS_AT_HOME = 4, 0


def asked(forced: Forced = FEWER_AT_A) -> Asked:
    """The proposal of the four municipalities, and a number that somebody would rather see."""
    return Asked(forced, Book(with_number(PROBLEM, forced), NAMES), RESULT)


def worse(after: Result) -> tuple[str, int | None, float] | None:
    """The first objective that gets worse, and by how much."""
    found = first_worse(stage_changes(RESULT, after))
    return None if found is None else (found.objective, found.tier, found.worse_by)


def stage(number: int, reference: float) -> Result:
    return with_row(RESULT, "stages", number, reference=reference)


def test_a_forced_number_is_a_decision_in_the_question() -> None:
    pin = asked().book.pins[PIN]
    assert (pin.municipality, pin.group, pin.period, pin.households) == ("A", "status", None, 3)


def test_a_forced_number_of_something_unknown_is_refused_with_every_fault() -> None:
    with pytest.raises(InvalidDocument) as refused:
        with_number(PROBLEM, Forced("Z", "ghosts", "2099", 1))
    pointers = {fault.pointer for fault in refused.value.faults}
    assert pointers == {"/municipality", "/group", "/period"}


@pytest.mark.parametrize(
    ("forced", "proposed"),
    [
        (Forced("A", None, None, 0), 8),
        (Forced("A", "youth", None, 0), 4),
        (Forced("C", None, "2027", 0), 7),
        (Forced("C", "youth", "2028", 0), 2),
        (Forced("D", "youth", None, 0), 0),
    ],
)
def test_what_is_proposed_there_is_added_up(forced: Forced, proposed: int) -> None:
    assert number_before(asked(forced)) == proposed


def test_the_same_answer_is_no_worse_and_differs_nowhere() -> None:
    assert worse(RESULT) is None
    assert hosting_differences(PROBLEM, RESULT, RESULT) == ()
    assert waiting_differences(PROBLEM, RESULT, RESULT) == ()


def test_the_first_objective_that_becomes_worse_is_told_not_a_later_one() -> None:
    later = with_row(stage(WAITING_1, 15.0), "stages", 2, reference=9.0)
    assert worse(later) == ("waiting", 1, 1.0)


def test_less_waiting_is_not_worse_and_less_suitability_is() -> None:
    assert worse(stage(WAITING_1, 13.0)) is None
    assert worse(stage(SUITABILITY, -2.0)) is None
    assert worse(stage(SUITABILITY, -4.0)) == ("suitability", None, 1.0)


def test_rounding_of_the_solver_is_no_worse() -> None:
    assert worse(stage(WAITING_1, 14.00001)) is None


def test_fairness_is_worse_where_the_lowest_level_that_differs_is_lower() -> None:
    lower = with_row(RESULT, "levels", LEVEL_A_STATUS, level=0.6)
    (change,) = [c for c in stage_changes(RESULT, lower) if c.objective == "groupFairness"]
    assert (change.before, change.after, change.cell) == (0.8, 0.6, ("A", "status"))
    assert change.worse_by == pytest.approx(0.2)


def test_fairness_is_better_where_the_lowest_level_that_differs_is_higher() -> None:
    higher = with_row(RESULT, "levels", LEVEL_A_STATUS, level=0.9)
    assert worse(higher) is None


def test_a_stage_that_ran_out_of_time_is_not_compared() -> None:
    silent = with_row(RESULT, "stages", WAITING_1, reference=None)
    unlevelled = silent.model_copy(update={"levels": ()})
    assert worse(unlevelled) is None


def test_who_takes_and_who_gives_is_listed_with_the_largest_first() -> None:
    gone = with_row(RESULT, "placements", A_STATUS_AT_HOME, households=1)
    more = with_row(gone, "placements", 1, households=5)
    assert hosting_differences(PROBLEM, RESULT, more) == (
        Difference("A", "status", 4, 1),
        Difference("B", "status", 4, 5),
    )


def test_where_more_wait_at_the_end_is_listed() -> None:
    last = next(n for n, w in enumerate(RESULT.waiting) if w.period == "2028")
    row = RESULT.waiting[last]
    longer = with_row(RESULT, "waiting", last, households=row.households + 2)
    (difference,) = waiting_differences(PROBLEM, RESULT, longer)
    assert difference == Difference(row.municipality, row.group, row.households, row.households + 2)


def test_the_rules_that_then_hold_there_leave_out_the_forced_number() -> None:
    rules = (Binding(tag="C1", id="A-home"), Binding(tag="C6", id=PIN))
    after = with_row(RESULT, "explanations", 0, rules=rules)
    assert binding_there(after, FEWER_AT_A) == (("C1", "A-home"),)


def test_the_rules_of_all_groups_hold_a_total() -> None:
    held = binding_there(RESULT, Forced("A", None, None, 9))
    assert {("C1", "A-home"), ("C1", "A-flex"), ("C1", "A,urgent")} <= set(held)


def repaired(*changes: tuple[str, str, int]) -> Result:
    """An answer that it cannot be, with one way out."""
    change = tuple(Change(tag=t, id=i, from_=9, to=to) for t, i, to in changes)
    way = Repair(family="pins", unit="households", total=5, changes=change)
    return RESULT.model_copy(update={"repairs": (way,)})


@pytest.mark.parametrize(
    ("changes", "nearest"),
    [
        ([("C6", PIN, 4)], 4),
        ([("C6", "pin-B", 4)], None),
        ([("C6", PIN, 4), ("C6", "pin-B", 3)], None),
    ],
    ids=["only this number", "another number", "more numbers"],
)
def test_the_nearest_number_is_the_one_that_needs_no_other_change(
    changes: list[tuple[str, str, int]], nearest: int | None
) -> None:
    assert nearest_possible(repaired(*changes)) == nearest


@pytest.mark.parametrize(
    ("after", "dutch", "english"),
    [
        (RESULT, "Geen enkel doel wordt slechter.", "No objective becomes worse."),
        (
            stage(WAITING_1, 16.0),
            "Het eerste doel dat slechter wordt: 2,0 huishouden-perioden meer wachten"
            " (voorrang 1).",
            "The first objective that becomes worse: 2.0 household-periods more waiting"
            " (priority 1).",
        ),
        (
            with_row(RESULT, "levels", LEVEL_A_STATUS, level=0.6),
            "Het eerste doel dat slechter wordt: het niveau van Akkerdam (statushouders) daalt met"
            " 0,200.",
            "The first objective that becomes worse: the level of Akkerdam (status holders) falls"
            " by 0.200.",
        ),
    ],
    ids=["nothing", "waiting", "a level"],
)
def test_a_possible_number_is_told_with_what_becomes_worse(
    after: Any, dutch: str, english: str
) -> None:
    told = possible_in_words(asked(), first_worse(stage_changes(RESULT, after)))
    assert told.nl == f"Akkerdam (statushouders): 3 huishoudens in plaats van 4 kan. {dutch}"
    assert told.en == (
        f"Akkerdam (status holders): 3 households instead of 4 is possible. {english}"
    )


@pytest.mark.parametrize(
    ("nearest", "dutch", "english"),
    [(None, "", ""), (1200, " Wel mogelijk is 1.200.", " What is possible is 1,200.")],
)
def test_an_impossible_number_is_told_with_the_nearest_that_is(
    nearest: int | None, dutch: str, english: str
) -> None:
    told = impossible_in_words(asked(Forced("A", None, None, 1)), nearest)
    assert told.nl == (
        "Akkerdam: 1 huishouden in plaats van 8 kan niet, omdat regels elkaar dan tegenspreken."
        + dutch
    )
    assert told.en == (
        "Akkerdam: 1 household instead of 8 is not possible, because rules then contradict each"
        " other." + english
    )
