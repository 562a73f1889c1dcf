"""What can be done with commitments; people move them on in `services.api.commitments.moving`."""

from datetime import date

from sqlalchemy.orm import Session

from services.api.access.actor import Author, by_system
from services.api.commitments import amendments
from services.api.commitments.guard import guard
from services.api.commitments.moves import IN_FORCE, RUNNING, Facts, Move, State, after
from services.api.commitments.progress import Report, Stretch, progress
from services.api.commitments.schemas import Commitment, Progress
from services.api.commitments.tables import (
    commitment_groups,
    commitment_parties,
    commitment_periods,
)
from services.api.commitments.tables import commitments as table
from services.api.crud.fields import MunicipalityCode, Slug, Uuid
from services.api.crud.noun import Noun, Owners, equals, has, members, records
from services.api.crud.rules import around
from services.api.crud.service import Registry
from services.api.periods.service import periods
from services.api.realisations.service import of_commitment

commitments = Registry(
    Noun(
        one="commitment",
        about="Commitments: a municipality houses at least so many, by agreement or statute.",
        schema=Commitment,
        table=table,
        parts=(
            members("groups", commitment_groups, "group"),
            members("periods", commitment_periods, "period"),
            records("parties", commitment_parties),
        ),
        filters=(
            equals(
                table.c.municipality, MunicipalityCode, "Only commitments of this municipality."
            ),
            has(
                "group",
                "groups",
                commitment_groups,
                "group",
                Slug,
                "Only commitments on this group.",
            ),
            has(
                "period",
                "periods",
                commitment_periods,
                "period",
                Slug,
                "Only commitments in this period.",
            ),
            equals(table.c.state, State, "Only commitments in this state."),
            equals(table.c.proposal, Uuid, "Only those adopted from this proposal."),
            has(
                "party",
                "parties",
                commitment_parties,
                "organisation",
                Slug,
                "Only those with this party.",
            ),
        ),
        check=around("households"),
        guard=guard,
        owners=Owners(("municipality",), ("municipality",), ("parties",)),
    )
)


def in_force(session: Session) -> list[Commitment]:
    """Read the commitments that count: agreed by all parties and not ended."""
    return commitments.every(session, [table.c.state.in_(sorted(IN_FORCE))])


def close_round(session: Session, author: Author, row: Commitment, *, agreed: bool) -> None:
    """End the amendment that waits for signatures, if there is one."""
    waiting = amendments.open_of(session, row.id)
    if waiting is not None:
        amendments.end(session, author, commitments.noun.owners_of(row), waiting, agreed=agreed)


def expire(session: Session, today: date) -> int:
    """End every commitment whose last period is over; the worker does so each day.

    Returns
    -------
    How many were ended.
    """
    author = by_system("worker")
    last_days = {period.id: period.end for period in periods.every(session)}
    running = commitments.every(session, [table.c.state.in_(sorted(RUNNING))])
    over = [row for row in running if max(last_days[id_] for id_ in row.periods) < today]
    for row in over:
        close_round(session, author, row, agreed=False)
        seen = commitments.document(session, author.caller, row.id)
        state = after(row.state, Move.EXPIRE, Facts(is_over=True))
        commitments.move(session, author, seen, row.model_copy(update={"state": state}), "expired")
    return len(over)


def progress_of(session: Session, row: Commitment) -> Progress:
    """Tell how far a commitment is, by the realisations that name it."""
    found = [periods.find(session, id_) for id_ in row.periods]
    reports = [
        Report(told.end, told.households, told.persons) for told in of_commitment(session, row.id)
    ]
    own = sorted((Stretch(p.start, p.end, p.id) for p in found), key=lambda own: own.start)
    return progress(row.households, own, reports)
