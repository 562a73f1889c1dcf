"""Go through a file with the registry beside it: to show what it does, or to do it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from json import loads
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Caller
from services.api.crud.conditions import Expected
from services.api.crud.errors import ChangedMeanwhile
from services.api.crud.saving import save_many
from services.api.crud.service import Registry
from services.api.imports import limits, service, store
from services.api.imports.errors import ImportNotReady
from services.api.imports.preview import Compared, Comparison, Outcome
from services.api.imports.schemas import (
    ApplicationOut,
    ImportCounts,
    PreviewOut,
    PreviewRow,
    RowFault,
)
from services.api.imports.service import Ready
from services.api.imports.sheet import unpacked
from services.api.imports.targets import writer_of
from services.api.many_rows import count_anew

Only = Literal["faults", "changes"]
_SHOWN: dict[Only | None, frozenset[Outcome]] = {
    None: frozenset(Outcome),
    "faults": frozenset({Outcome.FAULTY}),
    "changes": frozenset({Outcome.ADDED, Outcome.CHANGED}),
}


def previewed(
    session: Session, caller: Caller, id_: str, only: Only | None, limit: int, offset: int
) -> tuple[PreviewOut, str]:
    """Compare a file with the registry, and store nothing.

    Parameters
    ----------
    only, limit, offset
        Which of its rows are shown; counts and faults are those of the whole file.

    Returns
    -------
    The preview, and the tag with which it is applied.
    """
    ready = service.ready(session, caller, id_)
    author = Author(writer_of(caller, ready.row.noun))
    counts: Counter[Outcome] = Counter()
    items: list[PreviewRow] = []
    faults: list[RowFault] = []
    matches = 0
    comparison = _comparison(session, author, ready)
    for piece in comparison.pieces(unpacked(ready.packed)):
        counts.update(one.outcome for one in piece)
        for one in piece:
            faults += one.faults[: limits.MOST_FAULTS - len(faults)]
            if one.outcome in _SHOWN[only]:
                matches += 1
                if offset < matches <= offset + limit:
                    items.append(_shown(one))
    shown = PreviewOut(counts=_told(counts), items=items, total=matches, faults=faults)
    return shown, ready.tag


def apply(
    session: Session,
    author: Author,
    id_: str,
    expected: Expected,
    now: datetime,
) -> ApplicationOut:
    """Store what the preview showed, all of it or nothing.

    Raises
    ------
    ImportChanged
        When the choices or the figures are not those of the preview any more.
    ImportNotReady
        When rows have faults.
    """
    ready = service.ready(session, author.caller, id_)
    service.refuse_stale(expected, ready.tag)
    caller = writer_of(author.caller, ready.row.noun)
    author = replace(author, caller=caller, origin=f"import:{id_}")
    counts: Counter[Outcome] = Counter()
    first: int | None = None
    comparison = _comparison(session, author, ready)
    for place, piece in enumerate(comparison.pieces(unpacked(ready.packed)), 1):
        counts.update(one.outcome for one in piece)
        # After the first fault nothing is stored any more; the others are only counted.
        if not counts[Outcome.FAULTY]:
            change = _save(session, author, ready.target.registry, piece)
            first = change if first is None else first
            if place.bit_count() == 1:  # whenever the file has become twice as long
                count_anew(session, ready.target.registry.noun.table)
    if counts[Outcome.FAULTY]:
        raise ImportNotReady(counts[Outcome.FAULTY])
    told = _told(counts)
    values: dict[str, Any] = {"state": "applied", "file": None, "applied_at": now}
    values |= {"counts": told.model_dump_json(by_alias=True), "change": first}
    store.update_import(session, id_, values)
    done = told.model_dump(exclude={"faulty"})
    return ApplicationOut(**done, change=first)


def _comparison(session: Session, author: Author, ready: Ready) -> Comparison[Any]:
    return Comparison(session, author, ready.target.registry, ready.way, ready.row.id)


def _save(
    session: Session, author: Author, registry: Registry[Any], piece: Iterable[Compared[Any]]
) -> int | None:
    """Store what is added and changed; gives the first change in the history."""
    new = [one for one in piece if one.outcome is Outcome.ADDED]
    changed = [one for one in piece if one.outcome is Outcome.CHANGED]
    try:
        done = save_many(
            session,
            author,
            registry,
            [one.row for one in new],
            [(one.row, one.held) for one in changed if one.held is not None],
            [one.document or "" for one in (*new, *changed)],
        )
    except IntegrityError as error:
        raise ChangedMeanwhile(registry.noun.path) from error
    return done[0].change if done else None


def _told(counts: Counter[Outcome]) -> ImportCounts:
    return ImportCounts(
        added=counts[Outcome.ADDED],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        left_out=counts[Outcome.LEFT_OUT],
        faulty=counts[Outcome.FAULTY],
    )


def _shown(one: Compared[Any]) -> PreviewRow:
    wanted = one.outcome in {Outcome.ADDED, Outcome.CHANGED, Outcome.UNCHANGED}
    return PreviewRow(
        row=one.number,
        outcome=one.outcome.value,
        before=None if one.held is None else loads(one.held.document),
        after=loads(one.document) if wanted and one.document else None,
        faults=one.faults,
    )
