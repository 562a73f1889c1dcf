"""Webhooks on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.api.crud.fields import OwnId, Slug
from services.api.webhooks.addresses import LONGEST
from shared.contract.fields import Rows, SomeRows, Strict

_URL = "https://receiver.example/events"
Url = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
NounName = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class WebhookIn(Strict):
    """Where events go to."""

    url: Url = Field(description="Public address with https.", examples=[_URL])
    nouns: SomeRows[NounName] | None = Field(
        None,
        description="Only changes of these collections; all when left out.",
        examples=[["needs", "capacities"]],
    )


class Webhook(Strict):
    """A subscription of an organisation to events of rows that it may read."""

    id: OwnId
    organisation: Slug = Field(description="Whose it is.", examples=["gemeente-haarlemmermeer"])
    url: Url = Field(description="Where events go to.", examples=[_URL])
    nouns: SomeRows[NounName] | None = Field(
        default=None,
        description="Only changes of these collections; null for all.",
        examples=[["needs", "capacities"]],
    )
    state: Literal["active", "paused"] = Field(
        description="`paused` when the receiver failed for 72 hours.", examples=["active"]
    )
    generation: int = Field(
        ge=1, description="Which secret signs: one more after each rotation.", examples=[1]
    )


class WebhookSecret(Strict):
    """What a receiver checks signatures with."""

    secrets: Rows[str] = Field(
        description="The present secret, and for 24 hours after a rotation the one before. Keep "
        "them as you keep a key.",
        examples=[["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]],
    )


class WebhookDelivery(Strict):
    """How far a webhook has come."""

    position: int = Field(
        ge=0, description="Last change that arrived, or was not for you.", examples=[1525]
    )
    newest: int = Field(ge=0, description="Last change that there is.", examples=[1530])
    failures: int = Field(ge=0, description="Failed attempts in a row.", examples=[2])
    failing_since: datetime | None = Field(
        description="When the first of those was.", examples=["2026-11-24T09:30:00Z"]
    )
    next_attempt_at: datetime | None = Field(
        description="When it is tried again.", examples=["2026-11-24T09:30:20Z"]
    )
    last_status: int | None = Field(
        description="Status of the last answer; null when there was none.", examples=[503]
    )
