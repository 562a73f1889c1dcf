"""What can be done with webhooks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.api.access.actor import Author, Caller, by_system
from services.api.access.errors import NotAllowed
from services.api.crud.conditions import Expected, meets
from services.api.crud.lists import Stored
from services.api.crud.noun import Noun, Owners
from services.api.crud.service import Registry
from services.api.events.sight import NOUNS
from services.api.webhooks import store
from services.api.webhooks.schemas import Webhook, WebhookDelivery
from services.api.webhooks.signing import generations, secret_of
from services.api.webhooks.tables import webhooks as table
from shared.faults import Fault, pointer


def _known_nouns(values: Mapping[str, Any]) -> Iterable[Fault]:
    for place, name in enumerate(values.get("nouns") or ()):
        if name not in NOUNS:
            message = f"There are no events of {name!r}."
            yield Fault(pointer("nouns", place), "unknown_noun", message)


def _at_the_start(_author: Author, _row: Webhook) -> Mapping[str, Any]:
    return {"position": 0, "failures": 0}


webhooks = Registry(
    Noun(
        one="webhook",
        about="Webhooks: addresses of an organisation that events are sent to, signed and in "
        "order, and again until they arrive.",
        schema=Webhook,
        table=table,
        owners=Owners(parties=("organisation",)),
        check=_known_nouns,
        unseen=_at_the_start,
    )
)


def add(
    session: Session, author: Author, url: str, nouns: Sequence[str] | None
) -> tuple[str, Stored]:
    """Send what changes from now on to an address, for the organisation of the author.

    Returns
    -------
    The id of the new webhook, and the webhook.
    """
    tree = {
        "organisation": author.caller.actor.organisation,
        "url": url,
        "nouns": None if nouns is None else list(nouns),
        "state": "active",
        "generation": 1,
    }
    row, _ = webhooks.create(session, author, tree)
    stored = webhooks.document(session, author.caller, row.id)
    store.change(session, row.id, position=stored.change)
    return row.id, stored


def rotate(session: Session, author: Author, id_: str, expected: Expected, now: datetime) -> Stored:
    """Let a new secret sign, and for a day the present one too.

    Raises
    ------
    NotFound, PreconditionRequired, PreconditionFailed
        When it is not there, or another than the author has seen.
    """
    seen = webhooks.document(session, author.caller, id_)
    meets(expected, seen.version)
    row = webhooks.find(session, id_)
    rotated = row.model_copy(update={"generation": row.generation + 1})
    store.change(session, id_, rotated_at=now)
    return webhooks.move(session, author, seen, rotated, "rotated")


def test(session: Session, author: Author, id_: str) -> Stored:
    """Make an event that goes to this webhook, whatever it is for; raises `NotFound`."""
    seen = webhooks.document(session, author.caller, id_)
    return webhooks.move(session, author, seen, webhooks.find(session, id_), "tested")


def resume(session: Session, author: Author, id_: str) -> Stored:
    """Send again from where it stopped, and at once; raises `NotFound`."""
    seen = webhooks.document(session, author.caller, id_)
    row = webhooks.find(session, id_).model_copy(update={"state": "active"})
    store.change(session, id_, failures=0, failing_since=None, next_attempt_at=None)
    return webhooks.move(session, author, seen, row, "resumed")


def pause(session: Session, id_: str) -> None:
    """Stop sending to a receiver that has failed for too long."""
    author = by_system("worker", "The receiver failed for 72 hours.")
    seen = webhooks.document(session, author.caller, id_)
    row = webhooks.find(session, id_).model_copy(update={"state": "paused"})
    webhooks.move(session, author, seen, row, "paused")


def secrets(
    session: Session, caller: Caller, id_: str, key_secret: str, now: datetime
) -> tuple[str, ...]:
    """Give the secrets that sign now, the present one first.

    Raises
    ------
    NotFound
        When there is no such webhook within reach.
    NotAllowed
        For a token that may only read: with a secret one can speak in our name.
    """
    webhooks.find(session, id_, caller)
    if not caller.actor.may_change:
        raise NotAllowed
    state = store.known(session, id_)
    return tuple(
        secret_of(key_secret, id_, generation)
        for generation in generations(state["generation"], state["rotated_at"], now)
    )


def delivery(session: Session, caller: Caller, id_: str, newest: int) -> WebhookDelivery:
    """Tell how far a webhook has come; raises `NotFound`."""
    webhooks.find(session, id_, caller)
    state = store.known(session, id_)
    names = ("position", "failures", "failing_since", "next_attempt_at", "last_status")
    return WebhookDelivery(newest=newest, **{name: state[name] for name in names})
