"""Faults of the JSON do not hide what else is wrong with the document."""

import json

import pytest

from shared.contract.reading import read_problem, read_result
from shared.faults import InvalidDocument
from tests.shared.four_municipalities import PROBLEM_BYTES, RESULT_BYTES


def told(raw: bytes) -> list[tuple[str, str]]:
    """Pointer and code of every fault of bytes."""
    with pytest.raises(InvalidDocument) as refused:
        read_problem(raw)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_faults_of_the_json_of_fields_and_of_rows_are_listed_together() -> None:
    document = json.loads(PROBLEM_BYTES)
    document["supply"][0]["reported"] = 2**60
    document["supply"][1]["potential"] = 1
    document["groups"][0]["maxKm"] = float("inf")
    document["shares"][0]["share"] = float("nan")
    document["municipalities"][0]["name"] = "\ud800"
    document["needs"][0].update(households=-3, municipality="Z")
    document["needs"][1]["period"] = {"\ud800": "\ud800"}
    raw = json.dumps(document).replace('"reachKm": 10', '"reachKm": -1, "reachKm": 2')
    assert told(raw.encode()) == [
        ("/groups/0/maxKm", "not_finite"),
        ("/municipalities/0/name", "lone_surrogate"),
        ("/needs/0/households", "out_of_range"),
        ("/needs/0/municipality", "unknown_id"),
        ("/needs/1/period", "wrong_type"),
        ("/needs/1/period/?", "lone_surrogate"),
        ("/reachKm", "out_of_range"),
        ("/reachKm", "repeated_key"),
        ("/shares/0/share", "not_finite"),
        ("/supply/0/reported", "too_large"),
        ("/supply/1/potential", "potential_below_reported"),
    ]


def test_a_document_with_only_a_repeated_key_is_refused() -> None:
    raw = PROBLEM_BYTES.replace(b'"reachKm": 10', b'"reachKm": 10, "reachKm": 10')
    assert told(raw) == [("/reachKm", "repeated_key")]


def test_a_value_that_cannot_be_shown_is_shown_by_dots() -> None:
    raw = b'{"needs": {"a": NaN}}'
    with pytest.raises(InvalidDocument, match=r'must be a list, but is \{"a": "…"\}'):
        read_problem(raw)


def test_bytes_that_are_not_json_are_refused_before_anything_else() -> None:
    assert told(PROBLEM_BYTES + b"}") == [("", "not_json")]


def test_a_result_with_faults_in_its_json_is_told_all_its_faults() -> None:
    document = json.loads(RESULT_BYTES)
    document["placements"][0]["households"] = float("nan")
    document["status"] = "perfect"
    with pytest.raises(InvalidDocument) as refused:
        read_result(json.dumps(document).encode())
    assert [(f.pointer, f.code) for f in refused.value.faults] == [
        ("/placements/0/households", "not_finite"),
        ("/status", "not_allowed"),
    ]
