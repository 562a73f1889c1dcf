"""Events on the wire."""

from typing import Literal

from pydantic import Field

from shared.contract.fields import Rows, Strict

_EXAMPLE_ID = "5f0c1f1e-0009-4000-8000-000000000001"


class EventData(Strict):
    """Which row changed; the figures themselves are where `href` leads, for whoever may read it."""

    noun: str = Field(description="Collection of the row.", examples=["needs"])
    id: str = Field(description="Id of the row.", examples=[_EXAMPLE_ID])
    version: int = Field(ge=1, description="Version that the change made.", examples=[3])
    href: str = Field(
        description="Address of the row.",
        examples=[f"https://evenwicht.example/v1/needs/{_EXAMPLE_ID}"],
    )


class Event(Strict):
    """One change as a CloudEvent (version 1.0.2, NL GOV profile)."""

    specversion: Literal["1.0"] = Field(description="Version of CloudEvents.", examples=["1.0"])
    id: str = Field(
        description="Number of the change; the same event always has the same id.",
        examples=["1525"],
    )
    source: str = Field(
        description="This system, by the OIN of the organisation that runs it.",
        examples=["urn:nld:oin:00000099000000000000:systeem:evenwicht"],
    )
    type: str = Field(
        description="Kind of event: the collection, one of it, and what was done.",
        examples=["nl.overheid.needs.need-replaced.v1"],
    )
    subject: str = Field(description="Id of the row.", examples=[_EXAMPLE_ID])
    time: str = Field(
        description="When the change was stored.",
        examples=["2026-11-24T09:30:00.000250Z"],
        json_schema_extra={"format": "date-time"},
    )
    datacontenttype: Literal["application/json"] = Field(
        description="Media type of `data`.", examples=["application/json"]
    )
    data: EventData = Field(description="Which row changed.")


class EventPage(Strict):
    """Events after a cursor."""

    items: Rows[Event] = Field(description="In the order in which the changes were stored.")
    next: int = Field(
        ge=0,
        description="Cursor for the next call. It also moves when there is nothing for you.",
        examples=[1525],
    )
