"""A row can only refer to rows that exist, and every one that does not is named."""

from tests.api.rows import Filled, body


def faults(filled: Filled, noun: str, **changes: object) -> list[tuple[str, str]]:
    """Add a row that is refused; give the places and kinds of its faults."""
    answer = filled.api.post(f"/v1/{noun}", json=body(noun, **changes))
    assert answer.status_code == 400
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def test_every_unknown_id_of_a_lot_is_named(filled: Filled) -> None:
    unknown = {"municipality": "GM9999", "form": "tent", "period": "1999", "groups": ["a", "b"]}

    assert faults(filled, "capacities", **unknown) == [
        ("/form", "unknown_id"),
        ("/groups/0", "unknown_id"),
        ("/groups/1", "unknown_id"),
        ("/municipality", "unknown_id"),
        ("/period", "unknown_id"),
    ]


def test_an_unknown_municipality_in_a_list_is_named_with_its_place(filled: Filled) -> None:
    members = ["GM0363", "GM9999"]

    assert faults(filled, "regions", id="x", municipalities=members) == [
        ("/municipalities/1", "unknown_id")
    ]


def test_an_unknown_indicator_in_a_weight_is_named_with_its_place(filled: Filled) -> None:
    weights = [
        {"indicator": "population", "weight": 1},
        {"indicator": "happiness", "weight": 1},
    ]

    assert faults(filled, "allocation-keys", id="x", weights=weights) == [
        ("/weights/1/indicator", "unknown_id")
    ]


def test_an_unknown_form_in_the_size_of_a_group_is_named_with_its_place(filled: Filled) -> None:
    assert faults(filled, "target-groups", id="x", size={"tent": 1}) == [
        ("/size/tent", "unknown_id")
    ]


def test_a_fault_deep_in_a_row_is_named_with_its_place(filled: Filled) -> None:
    support = {"ambulatory": {"slots": 1, "periods": 0, "hours": 3}}

    assert faults(filled, "target-groups", id="x", support=support) == [
        ("/support/ambulatory/hours", "unknown_field"),
        ("/support/ambulatory/periods", "out_of_range"),
    ]


def test_both_ends_of_a_distance_must_exist(filled: Filled) -> None:
    assert faults(filled, "distances", **{"from": "GM9998", "to": "GM9997"}) == [
        ("/from", "unknown_id"),
        ("/to", "unknown_id"),
    ]


def test_an_unknown_id_is_named_in_words(filled: Filled) -> None:
    answer = filled.api.post("/v1/fits", json=body("fits", form="tent"))

    assert answer.json()["errors"][0]["detail"] == "There is no row 'tent' in housing-forms."


def test_a_need_is_told_once_per_municipality_group_and_period(filled: Filled) -> None:
    answer = filled.api.post("/v1/needs", json=body("needs", likely=95))

    assert answer.status_code == 409
    assert answer.json()["key"] == {
        "municipality": "GM0363",
        "group": "status_holders",
        "period": "2027",
    }


def test_a_row_cannot_be_replaced_into_the_place_of_another(filled: Filled) -> None:
    other = filled.api.post("/v1/needs", json=body("needs", municipality="GM0394")).json()

    answer = filled.api.put(f"/v1/needs/{other['id']}", json=body("needs"))

    assert answer.status_code == 409
    assert filled.api.get(f"/v1/needs/{other['id']}").json() == other
    filled.api.delete(f"/v1/needs/{other['id']}")
