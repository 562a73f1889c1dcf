"""An event follows CloudEvents and its Dutch profile, and tells no figures."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.api.events.cloud_event import Change, Sender, cloud_event, event_type

NOON = datetime(2026, 11, 24, 12, 0, 0, 250, tzinfo=UTC)
NEED = Change(7, NOON, "needs", "5f0c1f1e-0001-4000-8000-000000000001", 3, "replaced")
SENDER = Sender("00000099000000000000", "https://evenwicht.example")
TYPE = re.compile(r"nl\.overheid\.[a-z-]+\.[a-z-]+-[a-z-]+\.v\d+")


def test_a_change_becomes_an_event_with_all_that_is_required() -> None:
    assert cloud_event(NEED, SENDER) == {
        "specversion": "1.0",
        "id": "7",
        "source": "urn:nld:oin:00000099000000000000:systeem:evenwicht",
        "type": "nl.overheid.needs.need-replaced.v1",
        "subject": NEED.row_id,
        "time": "2026-11-24T12:00:00.000250Z",
        "datacontenttype": "application/json",
        "data": {
            "noun": "needs",
            "id": NEED.row_id,
            "version": 3,
            "href": f"https://evenwicht.example/v1/needs/{NEED.row_id}",
        },
    }


def test_the_same_change_is_the_same_event_every_time() -> None:
    assert cloud_event(NEED, SENDER) == cloud_event(NEED, SENDER)


def test_the_time_is_in_utc_whatever_its_offset_was() -> None:
    summer = Change(8, NOON.astimezone(timezone(timedelta(hours=2))), "needs", "x", 1, "created")

    assert cloud_event(summer, SENDER)["time"] == "2026-11-24T12:00:00.000250Z"


@pytest.mark.parametrize(
    ("noun", "type_"),
    [
        ("municipalities", "nl.overheid.municipalities.municipality-created.v1"),
        ("support-capacities", "nl.overheid.support-capacities.support-capacity-created.v1"),
        ("target-groups", "nl.overheid.target-groups.target-group-created.v1"),
        ("fits", "nl.overheid.fits.fit-created.v1"),
        ("api-keys", "nl.overheid.api-keys.api-key-created.v1"),
    ],
)
def test_the_type_names_the_collection_and_one_of_it(noun: str, type_: str) -> None:
    assert event_type(noun, "created") == type_
    assert TYPE.fullmatch(type_)
