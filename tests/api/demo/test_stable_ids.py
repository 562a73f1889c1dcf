"""Rows without an id get one that follows from what they say."""

from services.api.demo.stable_ids import with_stable_ids


def test_loading_twice_gives_the_same_ids() -> None:
    rows = {"needs": [{"municipality": "GM0001", "likely": 1}]}
    assert with_stable_ids(rows) == with_stable_ids(rows)
    assert len(with_stable_ids(rows)["needs"][0]["id"]) == 36


def test_different_rows_have_different_ids() -> None:
    ids = with_stable_ids({"needs": [{"likely": 1}, {"likely": 2}], "capacities": [{"likely": 1}]})
    assert len({row["id"] for rows in ids.values() for row in rows}) == 3


def test_a_row_with_an_id_or_code_of_its_own_keeps_it() -> None:
    rows = {"regions": [{"id": "mra"}], "municipalities": [{"code": "GM0001"}]}
    assert with_stable_ids(rows) == rows
