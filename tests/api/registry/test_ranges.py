"""Every figure may say how low and how high it may be, and then lies between the two."""

import httpx
import pytest

from tests.api.rows import EXAMPLES, Filled, body

FIGURES = {
    "indicator-values": "likely",
    "needs": "likely",
    "capacities": "likely",
    "support-capacities": "likely",
    "commitments": "households",
    "ceilings": "households",
    "access-rates": "rate",
    "distances": "km",
}
ORIGIN = {"source", "referenceDate", "quality", "note"}
every_figure = pytest.mark.parametrize(("noun", "field"), FIGURES.items(), ids=FIGURES)


def refused(api: httpx.Client, noun: str, **changes: object) -> set[tuple[str, str]]:
    answer = api.post(f"/v1/{noun}", json=body(noun, **changes))
    assert answer.status_code == 400
    return {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}


@every_figure
def test_a_figure_below_its_low_is_refused(filled: Filled, noun: str, field: str) -> None:
    faults = refused(filled.api, noun, **{"low": 1, field: 0, "high": 1})
    assert ("/low", "not_in_order") in faults


@every_figure
def test_a_figure_above_its_high_is_refused(filled: Filled, noun: str, field: str) -> None:
    faults = refused(filled.api, noun, **{"low": 0, field: 1, "high": 0})
    assert ("/high", "not_in_order") in faults


@every_figure
def test_the_message_names_the_figure(filled: Filled, noun: str, field: str) -> None:
    answer = filled.api.post(f"/v1/{noun}", json=body(noun, **{"low": 1, field: 0}))
    (told,) = [f["detail"] for f in answer.json()["errors"] if f["pointer"] == "/low"]
    assert told == f"low (1) is more than {field} (0)."


@pytest.mark.parametrize("noun", [*FIGURES, "regions", "target-groups", "fits", "allocation-keys"])
def test_a_row_with_numbers_tells_where_they_come_from(filled: Filled, noun: str) -> None:
    assert EXAMPLES[noun].keys() >= ORIGIN
    assert filled.rows[noun].keys() >= ORIGIN
