"""Input that programs disagree about, or that was made to hurt, is refused and leaves no trace."""

import json

import httpx
import pytest

from tests.api.rows import Filled, add, body

PERIOD = {"id": "2028", "start": "2028-01-01", "end": "2028-12-31"}


def in_json(**changes: object) -> str:
    """Write a need as JSON, with some fields changed."""
    return json.dumps(body("needs", **{"municipality": "GM0394", **changes}))


def instead_of_100(written: str) -> str:
    """Write a need whose most likely value is this piece of JSON."""
    return in_json(likely=100).replace('"likely": 100', f'"likely": {written}')


def nested(depth: int) -> str:
    """Write JSON that is nested so deep."""
    return "[" * depth + "]" * depth


# Input, the place that the answer must point at, and the kind of fault.
HOSTILE = {
    "NaN": (instead_of_100("NaN"), "/likely", "not_finite"),
    "Infinity": (instead_of_100("Infinity"), "/likely", "not_finite"),
    "minus infinity": (instead_of_100("-Infinity"), "/likely", "not_finite"),
    "too large to be finite": (instead_of_100("1e999"), "/likely", "not_finite"),
    "2 to the 63rd": (instead_of_100(str(2**63)), "/likely", "too_large"),
    "2 to the 53rd": (instead_of_100(str(2**53)), "/likely", "too_large"),
    "5,000 digits": (instead_of_100("9" * 5000), "/likely", "too_large"),
    "below zero": (instead_of_100("-1"), "/likely", "out_of_range"),
    "true for a number": (instead_of_100("true"), "/likely", "wrong_type"),
    "text for a number": (instead_of_100('"12"'), "/likely", "wrong_type"),
    "half a household": (instead_of_100("12.5"), "/likely", "wrong_type"),
    "a whole number written as a fraction": (instead_of_100("12.0"), "/likely", "wrong_type"),
    "a list for a number": (instead_of_100("[12]"), "/likely", "wrong_type"),
    "minus zero": (instead_of_100("-0.0"), "/likely", "wrong_type"),
    "a key twice": (instead_of_100('100, "likely": 200'), "/likely", "repeated_key"),
    "an unknown field": (in_json(likly=3), "/likly", "unknown_field"),
    "a field in snake case": (in_json(reference_date="2026-01-01"), "", "unknown_field"),
    "3,000,000 empty lists": ("[" + "[]," * 3_000_000 + "[]]", "", "too_many_values"),
    "33 levels": (nested(33), "", "too_deep"),
    "1,000 levels": (nested(1_000), "", "too_deep"),
    "100,000 levels": (nested(100_000), "", "too_deep"),
    "a NUL in text": (in_json(note="a\0b"), "/note", "nul"),
    "half a character": (in_json(note="\ud800"), "/note", "lone_surrogate"),
    "a zero-width character": (in_json(note="a\u200bb"), "/note", "invisible_character"),
    "writing turned around": (in_json(note="a\u202eb"), "/note", "invisible_character"),
    "accents apart from their letter": (in_json(note="e\u0301"), "/note", "not_normalised"),
    "only spaces": (in_json(source="   "), "/source", "surrounding_space"),
    "no text": (in_json(source=""), "/source", "too_short"),
    "501 letters": (in_json(source="x" * 501), "/source", "too_long"),
    "a number too small to exist": (instead_of_100("1e-400"), "/likely", "not_exact"),
    "20 decimals": (instead_of_100("0.10000000000000000001"), "/likely", "not_exact"),
    "a day that does not exist": (in_json(referenceDate="2026-02-30"), "/referenceDate", ""),
    "a moment for a day": (in_json(referenceDate="2026-01-01T00:00:00Z"), "/referenceDate", ""),
    "a number for a day": (in_json(referenceDate=20260101), "/referenceDate", ""),
    "a code in small letters": (in_json(municipality="gm0363"), "/municipality", ""),
    "a code with other digits": (in_json(municipality="GM٠٣٦٣"), "/municipality", ""),
    "an id that is no UUID": (in_json(id="1"), "/id", ""),
    "a quality that does not exist": (in_json(quality="guess"), "/quality", "not_allowed"),
    "no JSON at all": ("municipality=GM0363", "", "not_json"),
    "nothing": ("", "", "not_json"),
    "two documents": ("{} {}", "", "not_json"),
    "a list": ("[]", "", "wrong_type"),
    "null": ("null", "", "wrong_type"),
    "text": ('"need"', "", "wrong_type"),
}


@pytest.mark.parametrize(("written", "place", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_with_its_place_and_stores_nothing(
    filled: Filled, written: str, place: str, code: str
) -> None:
    before = filled.api.get("/v1/needs").json()

    answer = post_raw(filled.api, written.encode("utf-8", "surrogatepass"))

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert any(
        fault["pointer"].startswith(place) and code in (fault["code"], "")
        for fault in answer.json()["errors"]
    ), answer.json()
    assert filled.api.get("/v1/needs").json() == before


NOT_UTF_8 = {
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": in_json().encode("utf-16"),
    "Latin-1": in_json(note="é").replace("\\u00e9", "é").encode("latin-1"),
    "half a character": b'{"note": "\xc3"}',
}


@pytest.mark.parametrize("raw", NOT_UTF_8.values(), ids=NOT_UTF_8)
def test_what_is_not_plain_utf_8_is_refused(filled: Filled, raw: bytes) -> None:
    answer = post_raw(filled.api, raw)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] in {"byte_order_mark", "not_utf8"}


def post_raw(api: httpx.Client, raw: bytes) -> httpx.Response:
    """Send these bytes as a need."""
    return api.post("/v1/needs", content=raw, headers={"Content-Type": "application/json"})


def test_all_faults_are_told_at_once_also_those_that_need_the_database(filled: Filled) -> None:
    broken = {
        "municipality": "GM9999",
        "group": "nobody",
        "period": "Second Half",
        "low": 30,
        "likely": 20,
        "high": 10,
        "source": "",
        "quality": "guess",
        "surname": "Jansen",
    }

    answer = filled.api.post("/v1/needs", json=broken)

    assert [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]] == [
        ("/group", "unknown_id"),
        ("/high", "not_in_order"),
        ("/low", "not_in_order"),
        ("/municipality", "unknown_id"),
        ("/period", "string_pattern_mismatch"),
        ("/quality", "not_allowed"),
        ("/referenceDate", "missing"),
        ("/source", "too_short"),
        ("/surname", "unknown_field"),
    ]


def test_a_field_that_cannot_be_read_does_not_hide_that_the_others_contradict(
    filled: Filled,
) -> None:
    answer = filled.api.post("/v1/needs", json=body("needs", low=5, likely="many", high=3))

    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/likely", "/low"]


def test_text_that_is_too_long_is_counted_in_characters(filled: Filled) -> None:
    answer = filled.api.post(
        "/v1/housing-forms", json=body("housing-forms", id="x", nameEn="x" * 201)
    )

    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/nameEn"
    assert fault["detail"].startswith("This must be text of at most 200 characters")


def test_a_replacement_that_is_no_object_is_refused(filled: Filled) -> None:
    answer = filled.api.put("/v1/periods/2027", json=["2027"])

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == ""


def test_an_answer_says_how_many_faults_there_are(filled: Filled) -> None:
    answer = filled.api.post("/v1/periods", json={**PERIOD, "start": "2029-01-01"})

    assert answer.json()["detail"].startswith("The request has 1 fault,")
    assert answer.json()["errors"] == [
        {
            "pointer": "/end",
            "code": "not_in_order",
            "detail": "end (2028-12-31) is before start (2029-01-01).",
        }
    ]


UNTRUE = {
    "a municipality that ends before it begins": (
        "municipalities",
        {"code": "GM0001", "validTo": "2000-01-01"},
        "/validTo",
    ),
    "less potential than is reported": ("capacities", {"potential": 99}, "/potential"),
    "a group near, without saying how near": (
        "target-groups",
        {"id": "x", "spread": "near"},
        "/maxKm",
    ),
    "a distance limit for a group that may live anywhere": (
        "target-groups",
        {"id": "x", "maxKm": 5},
        "/maxKm",
    ),
    "a rule that ends before it begins": (
        "target-groups",
        {"id": "x", "validTo": "2000-01-01"},
        "/validTo",
    ),
    "a key in which nothing weighs": (
        "allocation-keys",
        {"id": "x", "weights": [{"indicator": "population", "weight": 0}]},
        "/weights",
    ),
    "a distance to itself": ("distances", {"to": "GM0363"}, "/to"),
    "an admitted part above one": ("access-rates", {"rate": 1.01}, "/rate"),
    "a weight of minus one": (
        "allocation-keys",
        {"id": "x", "weights": [{"indicator": "population", "weight": -1}]},
        "/weights/0/weight",
    ),
    "more digits than are exact": ("access-rates", {"rate": 0.1234567890123456}, "/rate"),
    "minus zero": ("access-rates", {"rate": -0.0}, "/rate"),
    "a yes for a number": ("access-rates", {"rate": True}, "/rate"),
    "text for a distance": ("distances", {"km": "15.2"}, "/km"),
    "a text that is no decimal for a weight": (
        "allocation-keys",
        {"id": "x", "weights": [{"indicator": "population", "weight": "1e-400"}]},
        "/weights/0/weight",
    ),
    "16 digits in text": (
        "allocation-keys",
        {"id": "x", "weights": [{"indicator": "population", "weight": "0.1234567890123456"}]},
        "/weights/0/weight",
    ),
    "a decimal with letters": ("access-rates", {"rate": "0x1"}, "/rate"),
    "a tier zero": ("target-groups", {"id": "x", "tier": 0}, "/tier"),
    "a burden of nothing": ("target-groups", {"id": "x", "burden": 0}, "/burden"),
    "a commitment for no group": ("commitments", {"groups": []}, "/groups"),
    "a group twice": ("commitments", {"groups": ["status_holders"] * 2}, "/groups/1"),
    "a value out of order": ("indicator-values", {"low": 101}, "/low"),
}


@pytest.mark.parametrize(("noun", "changes", "place"), UNTRUE.values(), ids=UNTRUE)
def test_a_row_that_cannot_be_true_is_refused_with_the_place(
    filled: Filled, noun: str, changes: dict[str, object], place: str
) -> None:
    before = filled.api.get(f"/v1/{noun}").json()["total"]

    answer = filled.api.post(f"/v1/{noun}", json=body(noun, **changes))

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [place]
    assert filled.api.get(f"/v1/{noun}").json()["total"] == before


def test_a_refused_replacement_leaves_the_row_and_its_lists_as_they_were(filled: Filled) -> None:
    before = filled.rows["commitments"]
    address = f"/v1/commitments/{before['id']}"

    answer = filled.api.put(address, json=body("commitments", groups=["nobody"], households=1))

    assert answer.status_code == 400
    assert filled.api.get(address).json() == before


def test_text_that_looks_like_sql_is_only_text(api: httpx.Client) -> None:
    add(api, "municipalities")
    name = "'; DROP TABLE municipalities; --"

    add(api, "municipalities", code="GM0001", name=name)

    found = api.get("/v1/municipalities", params={"name": name}).json()
    assert [row["code"] for row in found["items"]] == ["GM0001"]
