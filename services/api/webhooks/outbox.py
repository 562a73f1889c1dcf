"""Sends what changed to every webhook that is behind; the history itself is what waits to go.

Each webhook goes on by itself from its position, in order: an event that does not arrive is
tried again before the next one goes. One sender at a time has a webhook, for as long as its
lease lasts; a second one would only send an event twice, under the same id.
"""

import json
import logging
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, RowMapping
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.api.access.actor import Role
from services.api.access.lookup import reach_of
from services.api.database import reading, writing
from services.api.events import service as events
from services.api.events.cloud_event import Change, cloud_event
from services.api.events.service import Stretch
from services.api.events.sight import NOUNS, Sight
from services.api.settings import Settings
from services.api.webhooks import service, store
from services.api.webhooks.retrying import is_given_up, wait_after
from services.api.webhooks.sending import Outcome, Post, send
from services.api.webhooks.signing import generations, secret_of, signed_headers

log = logging.getLogger(__name__)

AT_ONCE = 4
_EVENTS_PER_LOOK = 50
# Without an event for it a position is not written each time: it would be a write per change.
_PASSED_OVER = 1_000
_TURN_SECONDS = 20.0
# What an organisation hears is what its planner may read.
_ROLES = frozenset({Role.PLANNER})


@dataclass
class Outbox:
    """Sends events, some webhooks at a time, until it is closed."""

    engine: Engine
    settings: Settings
    stopping: threading.Event
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE))
    _under_way: dict[str, Future[None]] = field(default_factory=dict)
    # Up to where it was looked whether there is something for a webhook.
    _looked: dict[str, int] = field(default_factory=dict)

    def look(self) -> None:
        """Begin to send to every webhook that is behind and is not being sent to."""
        now = datetime.now(UTC)
        with reading(self.engine) as session:
            newest = events.newest(session)
            behind = [row["id"] for row in store.behind(session, newest, now)]
        self._looked = {id_: self._looked.get(id_, 0) for id_ in behind}
        self._under_way = {id_: sent for id_, sent in self._under_way.items() if not sent.done()}
        for id_ in behind:
            if id_ not in self._under_way and self._looked[id_] < newest:
                self._under_way[id_] = self._pool.submit(self._safely, id_)

    def close(self) -> None:
        """Wait for the attempts that are being made, and begin no other."""
        self._pool.shutdown(cancel_futures=True)

    def _safely(self, id_: str) -> None:
        try:
            self.deliver(id_)
        except OperationalError as away:
            log.warning("database.unavailable", extra={"reason": str(away)})
        except Exception:
            log.exception("webhook.failed", extra={"webhook": id_})

    def deliver(self, id_: str) -> None:
        """Send one webhook what is for it, until there is nothing left or an attempt fails."""
        if not self._has_something(id_):
            return
        begun, now = time.monotonic(), datetime.now(UTC)
        lease = now + timedelta(seconds=_TURN_SECONDS + 3 * self.settings.webhook_timeout_seconds)
        with writing(self.engine) as session:
            row = store.take(session, id_, now, lease)
        if row is None:
            return
        for change in self._waiting(row):
            late = time.monotonic() - begun > _TURN_SECONDS
            if late or self.stopping.is_set() or not self._goes_on_after(row, change, lease):
                break
        with writing(self.engine) as session:
            store.held(session, id_, lease, lease_until=None)

    def _has_something(self, id_: str) -> bool:
        with reading(self.engine) as session:
            row = store.one(session, id_)
            if row is None:
                return False
            stretch = self._stretch(session, row, row["position"], 1)
        if stretch is None or stretch.changes:
            return stretch is not None
        self._looked[id_] = stretch.next
        if stretch.next - row["position"] >= _PASSED_OVER:
            with writing(self.engine) as session:
                store.pass_over(session, id_, stretch.next, datetime.now(UTC))
        return False

    def _waiting(self, row: RowMapping) -> Iterator[Change]:
        cursor = row["position"]
        while True:
            with reading(self.engine) as session:
                stretch = self._stretch(session, row, cursor, _EVENTS_PER_LOOK)
            if stretch is None or stretch.next == cursor:
                return
            yield from stretch.changes
            cursor = stretch.next

    def _stretch(self, session: Session, row: RowMapping, cursor: int, most: int) -> Stretch | None:
        reach = reach_of(session, row["organisation"], datetime.now(UTC))
        if reach is None:
            return None
        nouns = NOUNS if row["nouns"] is None else NOUNS & frozenset(row["nouns"])
        itself = (service.webhooks.noun.path, row["id"])
        return events.after(session, Sight(_ROLES, reach), cursor, most, nouns, besides=itself)

    def _goes_on_after(self, row: RowMapping, change: Change, lease: datetime) -> bool:
        """Try to send one event; whether it arrived and this sender still has the webhook."""
        outcome = self._sent(row, change)
        facts = {"webhook": row["id"], "change": change.id, "status": outcome.status}
        now = datetime.now(UTC)
        with writing(self.engine) as session:
            if outcome.arrived:
                log.info("webhook.sent", extra=facts)
                return store.succeeded(session, row["id"], lease, change.id, outcome.status)
            log.warning("webhook.not_sent", extra=facts)
            failing = store.failed(session, row["id"], lease, outcome.status, now)
            if failing is not None:
                again = now + wait_after(failing["failures"], random.random())  # noqa: S311 - spread
                store.held(session, row["id"], lease, next_attempt_at=again)
                if is_given_up(failing["failing_since"], now):
                    service.pause(session, row["id"])
        return False

    def _sent(self, row: RowMapping, change: Change) -> Outcome:
        event = cloud_event(change, events.sender_of(self.settings))
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        now = datetime.now(UTC)
        key_secret = self.settings.key_secret.get_secret_value()
        secrets = [
            secret_of(key_secret, row["id"], generation)
            for generation in generations(row["generation"], row["rotated_at"], now)
        ]
        post = Post(
            self.settings.webhook_timeout_seconds, self.settings.webhooks_to_private_addresses
        )
        return send(row["url"], body, signed_headers(secrets, event["id"], now, body), post)
