"""Events over HTTP: what changed after a cursor."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.api.access.actor import Caller
from services.api.access.admission import CallerDep, right
from services.api.crud.fields import DIGITS
from services.api.database import ReadSession
from services.api.events import service
from services.api.events.cloud_event import cloud_event
from services.api.events.schemas import EventPage
from services.api.events.sight import NOUNS, Sight

router = APIRouter(prefix="/events", tags=["events"])
Cursor = Annotated[int, DIGITS]
# As many digits as a number in an address may have.
_MOST = 10**15 - 1
_NOUNS = r"^[a-z-]{1,40}(,[a-z-]{1,40}){0,39}$"


class EventQuery(BaseModel):
    """Which events are wanted."""

    model_config = ConfigDict(extra="forbid")

    after: Cursor = Field(
        0, ge=0, le=_MOST, description="The `next` of the call before; 0 at first."
    )
    limit: Cursor = Field(100, ge=1, le=1_000, description="Most events in one answer.")
    nouns: Annotated[str, StringConstraints(pattern=_NOUNS)] | None = Field(
        None, description="Only changes of these collections, with commas: `needs,capacities`."
    )


@router.get(
    "",
    summary="Read what changed",
    description="CloudEvents in the order in which the changes were stored, of rows that you may "
    "read. Call again with `after` set to `next`: no event is left out and none comes twice. An "
    "answer without events can have a new `next`, because at most 5,000 changes are looked at.",
    operation_id="listEvents",
    response_model=EventPage,
    response_description="Events, and the cursor for the next call; `Link` leads to it.",
    openapi_extra=right("events:read"),
)
def list_events(
    request: Request,
    response: Response,
    caller: CallerDep,
    session: ReadSession,
    query: Annotated[EventQuery, Query()],
) -> Any:
    """Answer with events."""
    nouns = NOUNS if query.nouns is None else service.known_nouns(query.nouns.split(","))
    stretch = service.after(session, _sight(caller), query.after, query.limit, nouns)
    response.headers["Link"] = _next_link(request, query, stretch.next)
    sender = service.sender_of(request.app.state.settings)
    return {
        "items": [cloud_event(change, sender) for change in stretch.changes],
        "next": stretch.next,
    }


def _sight(caller: Caller) -> Sight:
    return Sight(caller.actor.roles, caller.actor.reach)


def _next_link(request: Request, query: EventQuery, cursor: int) -> str:
    wanted = {**query.model_dump(exclude_none=True), "after": cursor}
    return f'<{request.url.path}?{urlencode(wanted)}>; rel="next"'
