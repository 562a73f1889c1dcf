"""All SQL about proposals. Every change of state is one conditional update."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from services.api.proposals.rules import REACHED_FROM, UNDER_WAY, Claim, State
from services.api.proposals.tables import proposals

_LARGE = frozenset({"request", "problem", "result"})
_SMALL = tuple(column for column in proposals.c if column.name not in _LARGE)


def add(session: Session, **values: Any) -> None:
    """Insert a proposal in the queue."""
    session.execute(insert(proposals).values(state=State.QUEUED, attempt=0, **values))


def one(session: Session, proposal_id: str) -> RowMapping | None:
    """Read a proposal without its large documents."""
    return session.execute(select(*_SMALL).where(_is(proposal_id))).mappings().first()


def document(session: Session, proposal_id: str, name: str) -> str | None:
    """Read one large document of a proposal: `request`, `problem` or `result`."""
    value: str | None = session.scalar(select(proposals.c[name]).where(_is(proposal_id)))
    return value


def page(
    session: Session,
    regions: Set[str] | None,
    region: str | None,
    state: State | None,
    limit: int,
    offset: int,
) -> tuple[Sequence[RowMapping], int]:
    """Read proposals of these regions (of all when None), newest first, and count them."""
    conditions: list[ColumnElement[bool]] = []
    if regions is not None:
        conditions.append(proposals.c.region.in_(sorted(regions)))
    if region is not None:
        conditions.append(proposals.c.region == region)
    if state is not None:
        conditions.append(proposals.c.state == state)
    rows = session.execute(
        select(*_SMALL)
        .where(*conditions)
        .order_by(proposals.c.created_at.desc(), proposals.c.id)
        .limit(limit)
        .offset(offset)
    )
    total = session.scalar(select(func.count()).select_from(proposals).where(*conditions))
    return rows.mappings().all(), total or 0


def waiting(session: Session, region: str) -> int:
    """Count the proposals of a region that nobody has taken up yet."""
    conditions = (proposals.c.region == region, proposals.c.state == State.QUEUED)
    return session.scalar(select(func.count()).select_from(proposals).where(*conditions)) or 0


def under_way(session: Session, limit: int) -> Sequence[str]:
    """List proposals that have not ended, oldest first."""
    query = (
        select(proposals.c.id)
        .where(proposals.c.state.in_(UNDER_WAY))
        .order_by(proposals.c.created_at, proposals.c.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def claim(session: Session, proposal_id: str, max_attempts: int, now: datetime) -> Claim | None:
    """Take a proposal up under a new attempt number; None when it ended or was tried enough."""
    row = session.execute(
        update(proposals)
        .where(_is(proposal_id), _may_become(State.RUNNING), proposals.c.attempt < max_attempts)
        .values(
            state=State.RUNNING,
            attempt=proposals.c.attempt + 1,
            started_at=func.coalesce(proposals.c.started_at, now),
        )
        .returning(proposals.c.attempt, proposals.c.problem, proposals.c.time_limit_seconds)
    ).one_or_none()
    if row is None:
        return None
    return Claim(proposal_id, row.attempt, row.problem.encode(), row.time_limit_seconds)


def holds(session: Session, held: Claim) -> bool:
    """Whether this claim is still the newest, of a proposal that has not ended."""
    query = select(proposals.c.id).where(_held(held))
    return session.scalar(query) is not None


def report(session: Session, held: Claim, **progress: Any) -> bool:
    """Write how far a claimed proposal is; False when the claim no longer holds."""
    return _changed(session, _held(held), **progress)


def end(
    session: Session,
    held: Claim,
    state: State,
    now: datetime,
    *,
    result: str | None = None,
    reason: str | None = None,
) -> bool:
    """End a claimed proposal; False when the claim no longer holds."""
    return _changed(
        session,
        _held(held) & _may_become(state),
        state=state,
        result=result,
        reason=reason,
        ended_at=now,
    )


def give_up(session: Session, proposal_id: str, reason: str, now: datetime) -> bool:
    """End a proposal that nobody works on any more; False when it had already ended."""
    condition = _is(proposal_id) & _may_become(State.FAILED)
    return _changed(session, condition, state=State.FAILED, reason=reason, ended_at=now)


def cancel(session: Session, proposal_id: str, now: datetime) -> bool:
    """Cancel a proposal; False when it had already ended."""
    condition = _is(proposal_id) & _may_become(State.CANCELLED)
    return _changed(session, condition, state=State.CANCELLED, ended_at=now)


def _is(proposal_id: str) -> ColumnElement[bool]:
    return proposals.c.id == proposal_id


def _may_become(target: State) -> ColumnElement[bool]:
    return proposals.c.state.in_(sorted(REACHED_FROM[target]))


def _held(held: Claim) -> ColumnElement[bool]:
    return (
        _is(held.proposal_id)
        & (proposals.c.state == State.RUNNING)
        & (proposals.c.attempt == held.attempt)
    )


def _changed(session: Session, condition: ColumnElement[bool], **values: Any) -> bool:
    statement = update(proposals).where(condition).values(**values).returning(proposals.c.id)
    return session.execute(statement).first() is not None
