"""Unknown is unknown and never 0; persons and households agree under the stated conversion."""

from typing import Any

import httpx
import pytest

from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add, body, fill

UNKNOWN: dict[str, Any] = {"low": None, "likely": None, "high": None}
FIGURES = ["needs", "capacities", "support-capacities", "indicator-values"]
NO_CONVERSION = {"persons": None, "personsPerHousehold": None}


@pytest.fixture
def region(api: httpx.Client) -> httpx.Client:
    """A client of an API with one row of everything."""
    fill(api)
    add(api, "periods", id="later")
    return api


def other(noun: str) -> dict[str, Any]:
    """The fields that make a second row of a noun differ from the first."""
    if noun == "indicator-values":
        return {"referenceDate": "2025-01-01"}
    return {"period": "later", **(NO_CONVERSION if noun == "needs" else {})}


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


@pytest.mark.parametrize("noun", FIGURES)
def test_an_unknown_figure_stays_unknown(region: httpx.Client, noun: str) -> None:
    row = add(region, noun, **other(noun), **UNKNOWN)

    again = region.put(f"/v1/{noun}/{row['id']}", json=row)

    assert row["likely"] is None
    assert again.json() == row
    assert row in region.get(f"/v1/{noun}").json()["items"]
    assert region.get(f"/v1/{noun}/{row['id']}").json() == row


@pytest.mark.parametrize("noun", FIGURES)
def test_an_unknown_figure_may_have_known_bounds(region: httpx.Client, noun: str) -> None:
    row = add(region, noun, **other(noun), low=3, likely=None, high=7)
    assert (row["low"], row["likely"], row["high"]) == (3, None, 7)


@pytest.mark.parametrize("noun", FIGURES)
def test_a_figure_that_is_forgotten_is_not_taken_for_unknown(
    region: httpx.Client, noun: str
) -> None:
    row = body(noun, **other(noun))
    del row["likely"]
    assert ("/likely", "missing") in faults(region.post(f"/v1/{noun}", json=row))


@pytest.mark.parametrize("noun", FIGURES)
def test_a_suppressed_figure_is_unknown(region: httpx.Client, noun: str) -> None:
    row = add(region, noun, **other(noun), **UNKNOWN, quality="suppressed")
    told = region.put(f"/v1/{noun}/{row['id']}", json={**row, "likely": 0})
    assert row["quality"] == "suppressed"
    assert faults(told) == [("/likely", "suppressed_with_value")]


def test_a_promise_cannot_be_suppressed(region: httpx.Client) -> None:
    answer = region.post("/v1/ceilings", json=body("ceilings", quality="suppressed"))
    assert [place for place, _ in faults(answer)] == ["/quality"]


def test_a_share_by_an_unknown_figure_is_refused_and_no_older_one_is_taken(
    region: httpx.Client,
) -> None:
    key = region.get("/v1/allocation-keys").json()["items"][0]
    shares = f"/v1/allocation-keys/{key['id']}/shares"
    wanted = {"region": "mra"}
    add(region, "indicator-values", municipality=HAARLEMMERMEER, referenceDate="2027-01-01")
    assert region.get(shares, params=wanted).status_code == 200

    add(region, "indicator-values", referenceDate="2028-01-01", **UNKNOWN)

    answer = region.get(shares, params=wanted)
    assert answer.status_code == 409
    assert answer.json()["missing"] == [{"indicator": "population", "municipality": AMSTERDAM}]


def second_need(**changes: Any) -> dict[str, Any]:
    known = {"low": None, "likely": 100, "high": None, "quality": "computed"}
    return body("needs", period="later", **{**known, **changes})


def test_households_are_computed_from_persons_by_the_stated_conversion(
    region: httpx.Client,
) -> None:
    row = second_need(likely=None, persons=221, personsPerHousehold=2.2)

    stored = region.post("/v1/needs", json=row).json()

    assert (stored["likely"], stored["persons"], stored["personsPerHousehold"]) == (101, 221, 2.2)
    assert region.put(f"/v1/needs/{stored['id']}", json=stored).status_code == 200


def test_persons_and_households_are_both_kept_as_published(region: httpx.Client) -> None:
    row = second_need(likely=100, persons=250, personsPerHousehold=None, quality="published")
    stored = region.post("/v1/needs", json=row).json()
    assert (stored["likely"], stored["persons"]) == (100, 250)


DISAGREEING: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "one too few": (
        {"likely": 100, "persons": 221, "personsPerHousehold": 2.2},
        ("/likely", "conversion_differs"),
    ),
    "computed and called published": (
        {"likely": None, "persons": 221, "personsPerHousehold": 2.2, "quality": "published"},
        ("/quality", "conversion_differs"),
    ),
    "computed and called suppressed": (
        {"likely": None, "persons": 221, "personsPerHousehold": 2.2, "quality": "suppressed"},
        ("/quality", "conversion_differs"),
    ),
    "computed below its low": (
        {"likely": None, "persons": 221, "personsPerHousehold": 2.2, "low": 102},
        ("/low", "not_in_order"),
    ),
    "computed above its high": (
        {"likely": None, "persons": 221, "personsPerHousehold": 2.2, "high": 100},
        ("/high", "not_in_order"),
    ),
}


@pytest.mark.parametrize(("changes", "fault"), DISAGREEING.values(), ids=DISAGREEING)
def test_numbers_that_do_not_agree_are_refused(
    region: httpx.Client, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert faults(region.post("/v1/needs", json=second_need(**changes))) == [fault]


def test_a_household_has_at_least_one_person(region: httpx.Client) -> None:
    row = second_need(likely=None, persons=10, personsPerHousehold=0.5)
    assert [place for place, _ in faults(region.post("/v1/needs", json=row))] == [
        "/personsPerHousehold"
    ]


def test_no_persons_are_no_households(region: httpx.Client) -> None:
    row = second_need(likely=None, persons=0, personsPerHousehold=2)
    assert region.post("/v1/needs", json=row).json()["likely"] == 0
