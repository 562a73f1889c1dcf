"""Events arrive: in order, signed, again when they did not, and only those that may be known."""

import base64
import hashlib
import hmac
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services.api.access.actor import EVERYWHERE, Caller
from services.api.access.errors import NotAllowed
from services.api.access.tables import organisations
from services.api.database import reading, writing
from services.api.settings import Settings
from services.api.webhooks import service, store
from services.api.webhooks.outbox import Outbox
from tests.api.rows import HAARLEMMERMEER, add
from tests.api.webhooks.conftest import Subscribed
from tests.api.webhooks.receivers import Received, receiving
from tests.processes import wait_until

Row = dict[str, Any]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def subjects(events: list[Row]) -> list[str]:
    """Give what the events are about."""
    return [event["subject"] for event in events]


def is_signed(request: Received, secret: str) -> bool:
    """Check a request by the recipe of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}."
    mark = hmac.new(key, told.encode() + request.body, hashlib.sha256).digest()
    wanted = f"v1,{base64.b64encode(mark).decode()}"
    return wanted in request.headers["webhook-signature"].split(" ")


def test_what_changes_is_sent_as_signed_events_in_order(subscribed: Subscribed) -> None:
    need, capacity = add(subscribed.api, "needs"), add(subscribed.api, "capacities")

    events = subscribed.sends()

    assert subjects(events) == [need["id"], capacity["id"]]
    assert [event["type"] for event in events] == [
        "nl.overheid.needs.need-created.v1",
        "nl.overheid.capacities.capacity-created.v1",
    ]
    (secret,) = subscribed.secrets()
    assert all(is_signed(request, secret) for request in subscribed.receiver.got)
    sent_ids = [request.headers["webhook-id"] for request in subscribed.receiver.got]
    assert sent_ids == [event["id"] for event in events]


def test_what_was_sent_is_not_sent_again(subscribed: Subscribed) -> None:
    add(subscribed.api, "needs")
    first = subscribed.sends()

    assert subscribed.sends() == first


def test_a_receiver_that_fails_twice_gets_the_event_once_more_with_the_same_id_in_order(
    subscribed: Subscribed,
) -> None:
    need, capacity = add(subscribed.api, "needs"), add(subscribed.api, "capacities")
    subscribed.receiver.answers = [500, 500, 204]

    subscribed.sends()
    assert (subscribed.state()["failures"], subscribed.state()["last_status"]) == (1, 500)
    subscribed.becomes(next_attempt_at=None)
    subscribed.sends()
    subscribed.becomes(next_attempt_at=None)
    events = subscribed.sends()

    assert subjects(events) == [need["id"], need["id"], need["id"], capacity["id"]]
    assert len({event["id"] for event in events[:3]}) == 1
    assert events[0] == events[2]
    assert (subscribed.state()["failures"], subscribed.state()["failing_since"]) == (0, None)


def test_after_a_failure_nothing_is_sent_before_its_time(subscribed: Subscribed) -> None:
    add(subscribed.api, "needs")
    subscribed.receiver.answers = [503]
    begun = datetime.now(UTC)

    subscribed.sends()
    subscribed.sends()

    assert len(subscribed.receiver.got) == 1
    wait = subscribed.state()["next_attempt_at"] - begun
    assert timedelta(seconds=4) <= wait <= timedelta(seconds=15)


def test_an_event_of_another_municipality_is_not_sent(subscribed: Subscribed) -> None:
    foreign = add(subscribed.api, "needs", municipality=HAARLEMMERMEER)
    own = add(subscribed.api, "needs")
    subscribed.api.delete(f"/v1/needs/{foreign['id']}")

    assert subjects(subscribed.sends()) == [own["id"]]


def test_only_the_collections_that_are_asked_for_are_sent(subscribed: Subscribed) -> None:
    subscribed.becomes(nouns=["capacities"])
    add(subscribed.api, "needs")
    capacity = add(subscribed.api, "capacities")

    assert subjects(subscribed.sends()) == [capacity["id"]]


def test_a_test_event_comes_whatever_is_asked_for(subscribed: Subscribed) -> None:
    subscribed.becomes(nouns=["periods"])
    with writing(subscribed.running_api.engine) as session:
        service.test(session, subscribed.author, subscribed.id)

    (event,) = subscribed.sends()

    assert (event["type"], event["subject"]) == (
        "nl.overheid.webhooks.webhook-tested.v1",
        subscribed.id,
    )


def test_for_a_day_after_a_rotation_both_secrets_sign(subscribed: Subscribed) -> None:
    with writing(subscribed.running_api.engine) as session:
        seen = frozenset({"*"})
        service.rotate(session, subscribed.author, subscribed.id, seen, datetime.now(UTC))
    new, old = subscribed.secrets()

    subscribed.sends()

    (request,) = subscribed.receiver.got
    assert is_signed(request, new)
    assert is_signed(request, old)


def test_whoever_may_only_read_does_not_read_the_secret(subscribed: Subscribed) -> None:
    actor = replace(subscribed.author.caller.actor, may_change=False)

    with reading(subscribed.running_api.engine) as session, pytest.raises(NotAllowed):
        service.secrets(session, Caller(actor, EVERYWHERE), subscribed.id, "secret", NOON)


def test_after_three_days_of_failures_it_pauses_until_it_is_resumed_and_misses_nothing(
    subscribed: Subscribed,
) -> None:
    need = add(subscribed.api, "needs")
    subscribed.receiver.answers = [503, 204]
    subscribed.becomes(failing_since=datetime.now(UTC) - timedelta(hours=72), failures=80)

    subscribed.sends()
    assert subscribed.state()["state"] == "paused"
    capacity = add(subscribed.api, "capacities")
    subscribed.becomes(next_attempt_at=None)
    assert len(subscribed.sends()) == 1
    with writing(subscribed.running_api.engine) as session:
        service.resume(session, subscribed.author, subscribed.id)
    events = subscribed.sends()

    assert subscribed.state()["state"] == "active"
    about_itself = [subscribed.id, subscribed.id]
    told = [subject for subject in subjects(events[1:]) if subject != subscribed.id]
    assert told == [need["id"], capacity["id"]]
    assert len(events) == 1 + len(told) + len(about_itself)


def test_an_organisation_that_exists_no_more_hears_nothing(subscribed: Subscribed) -> None:
    add(subscribed.api, "needs")
    with writing(subscribed.running_api.engine) as session:
        session.execute(
            update(organisations)
            .where(organisations.c.id == subscribed.organisation)
            .values(valid_to=date(2020, 12, 31))
        )

    assert subscribed.sends() == []


def test_a_webhook_that_was_deleted_hears_nothing(subscribed: Subscribed) -> None:
    add(subscribed.api, "needs")
    with writing(subscribed.running_api.engine) as session:
        service.webhooks.delete(session, subscribed.author, subscribed.id, frozenset({"*"}))

    assert subscribed.sends() == []


def test_an_address_that_is_inside_by_now_is_not_called(
    subscribed: Subscribed,
) -> None:
    add(subscribed.api, "needs")
    outbox = Outbox(
        subscribed.running_api.engine,
        Settings(database_url=subscribed.running_api.database_url),
        threading.Event(),
    )

    outbox.deliver(subscribed.id)

    assert subscribed.receiver.got == []
    assert subscribed.state()["failures"] == 1


def test_two_senders_at_once_send_every_event_once(subscribed: Subscribed) -> None:
    needs = [
        add(subscribed.api, "needs")["id"],
        add(subscribed.api, "capacities")["id"],
        add(subscribed.api, "indicators")["id"],
    ]
    subscribed.receiver.delay = 0.2

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: subscribed.outbox().deliver(subscribed.id), range(4)))

    assert subjects([json.loads(one.body) for one in subscribed.receiver.got]) == needs


def test_a_sender_that_lost_the_webhook_does_not_move_it(subscribed: Subscribed) -> None:
    add(subscribed.api, "needs")
    before = subscribed.state()["position"]
    held = datetime.now(UTC) + timedelta(minutes=1)
    subscribed.becomes(lease_until=held)

    with writing(subscribed.running_api.engine) as session:
        earlier = held - timedelta(minutes=2)
        moved = store.succeeded(session, subscribed.id, earlier, before + 1, 204)
        failed = store.failed(session, subscribed.id, earlier, 500, held)

    assert (moved, failed) == (False, None)
    assert subscribed.state()["position"] == before


def test_many_changes_that_are_for_others_are_passed_over(
    subscribed: Subscribed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.api.webhooks.outbox._PASSED_OVER", 1)
    add(subscribed.api, "needs", municipality=HAARLEMMERMEER)
    before = subscribed.state()["position"]

    assert subscribed.sends() == []
    assert subscribed.state()["position"] == before + 1


def test_a_receiver_that_is_slow_does_not_keep_another_waiting(subscribed: Subscribed) -> None:
    subscribed.receiver.delay = 3.0
    outbox = subscribed.outbox()
    with receiving() as quick:
        with writing(subscribed.running_api.engine) as session:
            service.add(session, subscribed.author, quick.url, None)
        need = add(subscribed.api, "needs")
        outbox.look()
        came = quick.waits_for(1)
        wait_until(lambda: len(subscribed.receiver.got) == 1, "the slow receiver is called too")
        outbox.close()

    assert json.loads(came[0].body)["subject"] == need["id"]
    assert subscribed.state()["lease_until"] is None
