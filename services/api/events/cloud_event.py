"""One change of the registry as a CloudEvent: what changed and where to read it, no figures.

Source: CloudEvents 1.0.2; NL GOV profile for CloudEvents 1.1 (source, type, subject).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SPECIFICATION = "1.0"
_DOMAIN = "nl.overheid"
_FORMAT = "v1"


@dataclass(frozen=True)
class Change:
    """What an event tells of a change.

    Parameters
    ----------
    id
        Place in the order of all changes, from 1.
    at
        When it was stored.
    noun, row_id
        Name of the collection and id of the row.
    version
        Version of the row after the change.
    action
        What was done: created, replaced, deleted, signed, ...
    """

    id: int
    at: datetime
    noun: str
    row_id: str
    version: int
    action: str


@dataclass(frozen=True)
class Sender:
    """Who tells: the organisation's number (OIN) and the address at which others reach this API."""

    oin: str
    public_url: str

    @property
    def source(self) -> str:
        """The event's source: this system of this organisation."""
        return f"urn:nld:oin:{self.oin}:systeem:evenwicht"


def cloud_event(change: Change, sender: Sender) -> dict[str, Any]:
    """Tell one change as a CloudEvent in JSON.

    The id is the number of the change, so that whoever receives an event twice knows it.
    """
    return {
        "specversion": SPECIFICATION,
        "id": str(change.id),
        "source": sender.source,
        "type": event_type(change.noun, change.action),
        "subject": change.row_id,
        "time": _moment(change.at),
        "datacontenttype": "application/json",
        "data": {
            "noun": change.noun,
            "id": change.row_id,
            "version": change.version,
            "href": f"{sender.public_url}/v1/{change.noun}/{change.row_id}",
        },
    }


def event_type(noun: str, action: str) -> str:
    """Name the kind of event, such as `nl.overheid.needs.need-replaced.v1`."""
    return f"{_DOMAIN}.{noun}.{_one(noun)}-{action}.{_FORMAT}"


def _one(noun: str) -> str:
    if noun.endswith("ies"):
        return f"{noun.removesuffix('ies')}y"
    return noun.removesuffix("s")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
