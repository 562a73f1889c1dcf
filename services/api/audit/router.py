"""The audit log over HTTP."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.api.access.admission import CallerDep, right
from services.api.audit import service
from services.api.audit.schemas import ChainHead, ChainHeads, LogEntries, LogEntry
from services.api.crud.fields import DIGITS, Slug
from services.api.database import ReadSession

router = APIRouter(prefix="/audit-log", tags=["audit-log"])
_MAY_READ = right("audit:read")
# As many digits as a number in an address may have.
_MOST = 10**15 - 1


class LogQuery(BaseModel):
    """Which entries are wanted."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, DIGITS] = Field(
        0, ge=0, le=_MOST, description="The `next` of the call before; 0 at first."
    )
    limit: Annotated[int, DIGITS] = Field(
        100, ge=1, le=1_000, description="Most entries in one answer."
    )
    organisation: Slug | None = Field(
        None, description="Only what this organisation did: one whole chain."
    )


@router.get(
    "",
    summary="Read the audit log",
    description="Every change, in the order in which it was stored: who, when, what, why, and the "
    "hashes that chain them. Call again with `after` set to `next`. An answer can be empty and "
    "have a new `next`, because at most 5,000 changes are looked at.",
    operation_id="listAuditLog",
    response_description="Entries; `Link` leads to the next.",
    openapi_extra=_MAY_READ,
)
def list_audit_log(
    request: Request,
    response: Response,
    caller: CallerDep,
    session: ReadSession,
    query: Annotated[LogQuery, Query()],
) -> LogEntries:
    """Answer with entries."""
    page = service.page(session, caller, query.after, query.limit, query.organisation)
    wanted = {**query.model_dump(exclude_none=True), "after": page.next}
    response.headers["Link"] = f'<{request.url.path}?{urlencode(wanted)}>; rel="next"'
    return LogEntries(items=tuple(LogEntry.of(*line) for line in page.lines), next=page.next)


@router.get(
    "/heads",
    summary="Read the heads of the chains",
    description="The last link of every chain. Keep them elsewhere: `evenwicht audit verify` then "
    "also sees when the end of a chain was cut off.",
    operation_id="getAuditHeads",
    response_description="One head per organisation.",
    openapi_extra=_MAY_READ,
)
def get_heads(session: ReadSession) -> ChainHeads:
    """Answer with the heads."""
    return ChainHeads(items=tuple(ChainHead.of(head) for head in service.heads(session)))
