"""A webhook of a municipality whose receiver is a real server of the test."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from services.api.access.actor import EVERYWHERE, Actor, Author, Caller, Kind, Role
from services.api.database import reading, writing
from services.api.settings import Settings
from services.api.webhooks import service, store
from services.api.webhooks.outbox import Outbox
from services.api.webhooks.tables import webhooks as table
from tests.api.conftest import RunningApi
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add
from tests.api.webhooks.receivers import Receiver, receiving
from tests.keys import new_organisation

Row = dict[str, Any]


@dataclass
class Subscribed:
    """A municipality with a webhook, and a worker that can be asked to send."""

    running_api: RunningApi
    api: httpx.Client
    receiver: Receiver
    organisation: str
    id: str

    @property
    def author(self) -> Author:
        roles = frozenset({Role.PLANNER})
        actor = Actor("a member", self.organisation, Kind.MUNICIPALITY, roles, EVERYWHERE)
        return Author(Caller(actor, EVERYWHERE))

    def outbox(self) -> Outbox:
        settings = Settings(
            database_url=self.running_api.database_url,
            webhooks_to_private_addresses=True,
            webhook_timeout_seconds=5.0,
        )
        return Outbox(self.running_api.engine, settings, threading.Event())

    def sends(self) -> list[Row]:
        """Send what waits, once, and give all events that came so far."""
        self.outbox().deliver(self.id)
        return [json.loads(request.body) for request in self.receiver.got]

    def state(self) -> Any:
        with reading(self.running_api.engine) as session:
            return store.known(session, self.id)

    def becomes(self, **values: Any) -> None:
        """Let time pass, or something else that a test cannot wait for."""
        with writing(self.running_api.engine) as session:
            session.execute(update(table).where(table.c.id == self.id).values(**values))

    def secrets(self) -> tuple[str, ...]:
        now, secret = datetime.now(UTC), Settings().key_secret.get_secret_value()
        with reading(self.running_api.engine) as session:
            return service.secrets(session, self.author.caller, self.id, secret, now)


@pytest.fixture
def subscribed(running_api: RunningApi, api: httpx.Client) -> Iterator[Subscribed]:
    """A webhook of Amsterdam, with figures that can be added."""
    for code in (AMSTERDAM, HAARLEMMERMEER):
        add(api, "municipalities", code=code, name=code)
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "periods")
    with receiving() as receiver:
        with writing(running_api.engine) as session:
            organisation = new_organisation(session, Kind.MUNICIPALITY, [AMSTERDAM])
            made = Subscribed(running_api, api, receiver, organisation, "")
            made.id, _ = service.add(session, made.author, receiver.url, None)
        yield made
