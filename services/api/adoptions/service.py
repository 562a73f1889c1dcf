"""Adopt a proposal: its numbers become draft commitments, exactly once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Caller
from services.api.access.errors import OutsideReach
from services.api.adoptions import store
from services.api.adoptions.errors import AlreadyAdopted
from services.api.adoptions.rules import Cell, Draft, Promise, drafts
from services.api.adoptions.schemas import AdoptionIn
from services.api.commitments.guard import ADOPTION
from services.api.commitments.parties import HOST, organisations_of
from services.api.commitments.service import commitments, in_force
from services.api.crud.errors import NotFound
from services.api.history.recording import Changed, record
from services.api.proposals.errors import UnknownProposal
from services.api.proposals.outcome import placed_in
from services.api.proposals.service import one, question_and_plan
from shared.faults import Fault, InvalidDocument, pointer

NOUN = "adoptions"


def check_open(session: Session, author: Author, proposal_id: str) -> RowMapping:
    """Give the proposal, if the author may adopt it and nobody has.

    Raises
    ------
    UnknownProposal
        When there is none within reach.
    OutsideReach
        When some of its municipalities are of others.
    AlreadyAdopted
        When somebody adopted it before.
    """
    reach = author.caller.reach
    proposal = _visible(session, author.caller, proposal_id)
    if not reach.covers(proposal["region"]):
        raise OutsideReach(reach.codes)
    before = store.of_proposal(session, proposal_id)
    if before is not None:
        raise AlreadyAdopted(before["organisation"], _written(before["at"]))
    return proposal


def adopt(session: Session, author: Author, proposal_id: str, wanted: AdoptionIn) -> RowMapping:
    """Make draft commitments of the numbers of a plan, all of them or those chosen.

    Returns
    -------
    The adoption.

    Raises
    ------
    UnknownProposal, OutsideReach, AlreadyAdopted
        When it cannot be adopted by the author, or by nobody any more.
    ProposalNotFinished, ProposalWithoutResult, ProposalInfeasible
        When it has no plan.
    InvalidDocument
        When a row is chosen twice, or a draft refers to what is there no more.
    NothingToAdopt
        When there is nothing to promise.
    """
    proposal = check_open(session, author, proposal_id)
    chosen = _chosen(wanted)
    placed = placed_in(*question_and_plan(session, proposal_id))
    plan = {Cell(*key): households for key, households in placed.items()}
    made = drafts(plan, chosen, _promises(session))
    at = datetime.now(UTC)
    adoption = {
        "id": str(uuid4()),
        "proposal": proposal_id,
        "region": proposal["region"],
        "reason": wanted.reason,
        "adopted_by": author.caller.actor.member,
        "organisation": author.caller.actor.organisation,
        "at": at,
        "rows": None if chosen is None else _json([cell._asdict() for cell in chosen]),
        "commitments": len(made),
        "snapshot_change": proposal["snapshot_change"],
    }
    because = replace(author, reason=wanted.reason, origin=f"{ADOPTION}{adoption['id']}")
    store.add(session, **adoption)
    record(session, because, [_changed(adoption)])
    hosts = organisations_of(session, [draft.cell.municipality for draft in made], at.date())
    trees = [_tree(draft, proposal, wanted.reason, hosts) for draft in made]
    commitments.create_all(session, because, trees)
    return adoption_of(session, author.caller, proposal_id)


def adoption_of(session: Session, caller: Caller, proposal_id: str) -> RowMapping:
    """Read the adoption of a proposal.

    Raises
    ------
    UnknownProposal
        When there is no such proposal within reach.
    NotFound
        When it was not adopted.
    """
    _visible(session, caller, proposal_id)
    row = store.of_proposal(session, proposal_id)
    if row is None:
        raise NotFound(NOUN, proposal_id)
    return row


def _visible(session: Session, caller: Caller, proposal_id: str) -> RowMapping:
    row = one(session, proposal_id)
    if not caller.reach.sees([f"region:{row['region']}"]):
        raise UnknownProposal(proposal_id)
    return row


def _chosen(wanted: AdoptionIn) -> list[Cell] | None:
    if wanted.rows is None:
        return None
    cells = [Cell(row.municipality, row.group, row.period) for row in wanted.rows]
    first = {cell: place for place, cell in reversed(list(enumerate(cells)))}
    faults = [
        Fault(pointer("rows", place), "repeated_id", f"{', '.join(cell)} is chosen twice.")
        for place, cell in enumerate(cells)
        if first[cell] != place
    ]
    if faults:
        raise InvalidDocument(faults)
    return cells


def _promises(session: Session) -> list[Promise]:
    return [
        Promise(row.municipality, row.groups, row.periods, row.households)
        for row in in_force(session)
    ]


def _tree(
    draft: Draft, proposal: RowMapping, reason: str, hosts: Mapping[str, str]
) -> dict[str, Any]:
    """Write a draft as a client would."""
    host = hosts.get(draft.cell.municipality)
    return {
        "municipality": draft.cell.municipality,
        "groups": [draft.cell.group],
        "periods": [draft.cell.period],
        "households": draft.households,
        "basis": _basis(proposal),
        "parties": [] if host is None else [{"organisation": host, "part": HOST}],
        "proposal": proposal["id"],
        "source": f"Evenwicht, voorstel {proposal['id']}",
        "referenceDate": proposal["created_at"].date().isoformat(),
        "quality": "computed",
        "note": reason,
    }


def _basis(proposal: RowMapping) -> str:
    name = proposal["name"] or proposal["id"]
    version = proposal["snapshot_change"]
    told = f"Voorstel {name} ({proposal['problem_hash']})"
    return told if version is None else f"{told}, registerversie {version}"


def _changed(adoption: Mapping[str, Any]) -> Changed:
    document = {**adoption, "at": _written(adoption["at"])}
    owners = (f"region:{adoption['region']}",)
    return Changed(NOUN, adoption["id"], "created", _json(document), owners)


def _json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
