"""Reading a problem or a result: everything wrong with it is told at once, each with a place."""

import json
from datetime import date
from typing import Any

import pytest

from shared.contract.problem import Problem
from shared.contract.reading import problem_from, read_problem, read_result
from shared.faults import InvalidDocument
from tests.shared.four_municipalities import CASES, PROBLEM_BYTES, RESULT_BYTES

MINIMAL: dict[str, Any] = {
    "schemaVersion": "1",
    "periods": [{"id": "2027", "start": "2027-01-01", "end": "2027-12-31"}],
    "municipalities": [{"id": "A", "name": "Akkerdam"}],
    "groups": [{"id": "status", "tier": 1, "burden": 1, "spread": "region"}],
    "supply": [],
    "needs": [],
}


def tree() -> Any:
    return json.loads(PROBLEM_BYTES)


def found(document: Any) -> dict[str, str]:
    """Pointer and code of every fault."""
    with pytest.raises(InvalidDocument) as refused:
        problem_from(document)
    return {fault.pointer: fault.code for fault in refused.value.faults}


def sentences(document: Any) -> str:
    with pytest.raises(InvalidDocument) as refused:
        problem_from(document)
    return " ".join(fault.message for fault in refused.value.faults)


def changed(rows: str, number: int, **fields: Any) -> Any:
    document = tree()
    document[rows][number].update(fields)
    return document


def added(rows: str, row: Any) -> Any:
    document = tree()
    document.setdefault(rows, []).append(row)
    return document


def test_the_smallest_problem_is_read_with_its_defaults() -> None:
    problem = problem_from(MINIMAL)
    assert (problem.min_need, problem.reach_km, problem.commitments) == (5, None, ())
    assert problem.stages[0].objective == "commitments"


@pytest.mark.parametrize("case", sorted(CASES.glob("*[0-9].json")), ids=lambda path: path.stem)
def test_every_known_case_is_read(case: Any) -> None:
    assert isinstance(read_problem(case.read_bytes()), Problem)


def test_a_problem_written_again_is_the_same_problem() -> None:
    problem = read_problem(PROBLEM_BYTES)
    assert read_problem(problem.model_dump_json().encode()) == problem


def test_a_result_written_again_is_the_same_result() -> None:
    result = read_result(RESULT_BYTES)
    assert read_result(result.model_dump_json().encode()) == result


def test_faults_of_fields_and_of_rows_are_listed_together() -> None:
    document = tree()
    document["bogus"] = 1
    document["needs"][0].update(households=-3, municipality="Z")
    document["needs"].append(document["needs"][1])
    document["groups"][0]["max_km"] = 3
    document["supply"][2].update(potential=1, groups=["status", "status", 7])
    document["periods"][1]["start"] = "2027-06-01"
    document["shares"][0]["share"] = 0.5
    assert found(document) == {
        "/bogus": "unknown_field",
        "/groups/0/max_km": "unknown_field",
        "/needs/0/households": "out_of_range",
        "/needs/0/municipality": "unknown_id",
        "/needs/6": "repeated_row",
        "/periods/1/start": "period_overlap",
        "/shares": "shares_not_one",
        "/supply/2/groups/1": "repeated_entry",
        "/supply/2/groups/2": "wrong_type",
        "/supply/2/potential": "potential_below_reported",
    }


def test_an_id_in_a_faulty_row_is_still_known_elsewhere() -> None:
    assert found(changed("groups", 0, burden=0)) == {"/groups/0/burden": "out_of_range"}


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        (None, "", "wrong_type"),
        ([], "", "wrong_type"),
        ({**MINIMAL, "schemaVersion": "2"}, "/schemaVersion", "not_allowed"),
        ({**MINIMAL, "periods": []}, "/periods", "too_short"),
        ({**MINIMAL, "pins": None}, "/pins", "wrong_type"),
        ({**MINIMAL, "needs": {}}, "/needs", "wrong_type"),
        ({**MINIMAL, "needs": [3]}, "/needs/0", "wrong_type"),
        ({**MINIMAL, "reachKm": True}, "/reachKm", "wrong_type"),
        ({**MINIMAL, "reachKm": float("inf")}, "/reachKm", "not_finite"),
        ({**MINIMAL, "minNeed": 2.5}, "/minNeed", "wrong_type"),
        ({**MINIMAL, "minNeed": "12"}, "/minNeed", "wrong_type"),
        ({**MINIMAL, "minNeed": True}, "/minNeed", "wrong_type"),
        ({**MINIMAL, "minNeed": -1}, "/minNeed", "out_of_range"),
        ({**MINIMAL, "minNeed": 2**53}, "/minNeed", "out_of_range"),
        ({**MINIMAL, "municipalities": [{"id": "A"}]}, "/municipalities/0/name", "missing"),
        (changed("groups", 0, id=""), "/groups/0/id", "too_short"),
        (changed("groups", 0, id="x" * 201), "/groups/0/id", "too_long"),
        (changed("groups", 0, size={"": 1}), "/groups/0/size/", "too_short"),
        (changed("groups", 0, size={"flex": -1}), "/groups/0/size/flex", "out_of_range"),
        (changed("groups", 0, size=[]), "/groups/0/size", "wrong_type"),
        (
            changed("groups", 0, support={"coach": {"slots": 1, "periods": 1, "hours": 2}}),
            "/groups/0/support/coach/hours",
            "unknown_field",
        ),
        (changed("periods", 0, start="2027-02-30"), "/periods/0/start", "not_a_date"),
        (changed("periods", 0, start="20270101"), "/periods/0/start", "not_a_date"),
        (changed("periods", 0, start=20270101), "/periods/0/start", "not_a_date"),
        (changed("access", 0, rate=1.1), "/access/0/rate", "out_of_range"),
        (changed("groups", 0, spread="far"), "/groups/0/spread", "not_allowed"),
        (changed("supply", 0, groups=[]), "/supply/0/groups", "too_short"),
        (
            changed("municipalities", 0, name="Akker\u202edam"),
            "/municipalities/0/name",
            "invisible_character",
        ),
        (
            changed("municipalities", 0, name="Akker\x07dam"),
            "/municipalities/0/name",
            "invisible_character",
        ),
        (
            changed("municipalities", 0, name="Fe\u0301dam"),
            "/municipalities/0/name",
            "not_normalised",
        ),
    ],
)
def test_a_faulty_field_is_refused_at_its_place(document: Any, place: str, code: str) -> None:
    assert found(document)[place] == code


@pytest.mark.parametrize(
    ("document", "place", "code"),
    [
        (changed("periods", 0, end="2026-12-31"), "/periods/0/end", "ends_before_start"),
        (changed("periods", 1, start="2027-12-31"), "/periods/1/start", "period_overlap"),
        (changed("supply", 0, municipality="Z"), "/supply/0/municipality", "unknown_id"),
        (changed("supply", 0, period="1900"), "/supply/0/period", "unknown_id"),
        (changed("supply", 0, groups=["status", "z"]), "/supply/0/groups/1", "unknown_id"),
        (changed("support", 0, municipalities=["Z"]), "/support/0/municipalities/0", "unknown_id"),
        (
            changed("support", 0, municipalities=["A", "A"]),
            "/support/0/municipalities/1",
            "repeated_entry",
        ),
        (changed("commitments", 0, groups=["z"]), "/commitments/0/groups/0", "unknown_id"),
        (changed("ceilings", 0, periods=["1900"]), "/ceilings/0/periods/0", "unknown_id"),
        (changed("ceilings", 0, district="centre"), "/ceilings/0/district", "unknown_district"),
        (changed("pins", 0, group="z"), "/pins/0/group", "unknown_id"),
        (changed("distances", 0, to="Z"), "/distances/0/to", "unknown_id"),
        (changed("suitability", 0, group="z"), "/suitability/0/group", "unknown_id"),
        (changed("previous", 0, period="1900"), "/previous/0/period", "unknown_id"),
        (changed("municipalities", 1, id="A"), "/municipalities/1/id", "repeated_id"),
        (changed("pins", 0, id="pin-B", municipality=7), "/pins/0/municipality", "wrong_type"),
        (changed("shares", 1, municipality="A"), "/shares/1", "repeated_row"),
        (
            added("stages", {"objective": "waiting"}) | {"stages": [{"objective": "waiting"}] * 2},
            "/stages/1",
            "repeated_row",
        ),
        (changed("groups", 0, maxKm=5), "/groups/0/maxKm", "max_km_unused"),
        (changed("groups", 1, maxKm=None), "/groups/1/maxKm", "max_km_missing"),
        (changed("distances", 0, to="A"), "/distances/0", "distance_to_itself"),
        (added("distances", {"from": "A", "to": "B", "km": 5}), "/distances/4", "repeated_row"),
        (
            added("distances", {"from": "B", "to": "A", "km": 6}),
            "/distances/4/km",
            "contradicting_distance",
        ),
        (changed("shares", 0, share=0.2500001), "/shares", "shares_not_one"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(document: Any, place: str, code: str) -> None:
    assert found(document)[place] == code


def test_a_distance_given_both_ways_with_the_same_kilometres_is_read() -> None:
    assert problem_from(added("distances", {"from": "B", "to": "A", "km": 5.0})).distances


def test_a_way_back_that_is_not_a_number_is_only_refused_as_such() -> None:
    document = added("distances", {"from": "B", "to": "A", "km": "far"})
    assert found(document) == {"/distances/4/km": "wrong_type"}


def test_shares_are_not_added_up_while_one_of_them_is_not_a_number() -> None:
    assert found(changed("shares", 0, share="half")) == {"/shares/0/share": "wrong_type"}


def test_shares_may_miss_one_by_a_billionth() -> None:
    assert problem_from(changed("shares", 0, share=0.25 + 9e-10)).shares


def test_rows_without_their_ids_are_only_refused_as_such() -> None:
    document = tree()
    del document["needs"][0]["group"], document["shares"][0]["group"], document["pins"][0]["id"]
    document["distances"][0] = {"from": "A", "km": 1}
    assert set(found(document).values()) == {"missing"}


def test_a_distance_that_is_infinite_is_only_refused_as_such() -> None:
    endless = changed("distances", 0, km=float("inf"))
    assert found(endless) == {"/distances/0/km": "not_finite"}


def test_a_list_of_ids_that_is_no_list_is_only_refused_as_such() -> None:
    assert found(changed("supply", 0, groups="status")) == {"/supply/0/groups": "wrong_type"}


def test_a_program_may_give_dates_as_dates() -> None:
    dated = changed("periods", 0, start=date(2027, 1, 1), end=date(2027, 12, 31))
    assert problem_from(dated) == read_problem(PROBLEM_BYTES)


def test_a_stage_of_shopping_without_reach_is_read() -> None:
    problem_from({**MINIMAL, "stages": [{"objective": "shopping"}]})


def test_support_that_no_group_uses_is_read() -> None:
    assert problem_from(changed("support", 0, type="gardener")).support


def test_a_reason_of_two_lines_with_accents_is_read() -> None:
    assert problem_from(changed("pins", 0, reason="Één\n\tafspraak")).pins


def test_a_fault_says_what_is_there_and_what_is_allowed() -> None:
    assert "must be at least 0, but is -3" in sentences(changed("needs", 0, households=-3))
    assert "'home' or 'sites', but is \"far\"" in sentences(changed("groups", 0, spread="far"))
    assert "allowed are burden, id, maxKm" in sentences(changed("groups", 0, tear=1))
    assert "the way back is 5 km" in sentences(
        added("distances", {"from": "B", "to": "A", "km": 6})
    )


def test_a_long_value_is_shown_by_its_beginning() -> None:
    assert len(sentences({**MINIMAL, "minNeed": ["x" * 5000]})) < 200


def test_a_fault_that_pydantic_alone_knows_is_told_in_its_own_words() -> None:
    assert found({**MINIMAL, "municipalities": [{"id": "\ud800", "name": "A"}]})[
        "/municipalities/0/id"
    ]


def test_a_faulty_result_is_refused_with_all_its_faults() -> None:
    document = json.loads(RESULT_BYTES)
    document["placements"][0]["households"] = -1
    document["status"] = "perfect"
    with pytest.raises(InvalidDocument) as refused:
        read_result(json.dumps(document).encode())
    assert [f.pointer for f in refused.value.faults] == ["/placements/0/households", "/status"]
