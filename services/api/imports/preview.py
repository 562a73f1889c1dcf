"""Compare a file with the registry, row by row: what it would add, change, or cannot do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Generic
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.api.access.actor import Author
from services.api.crud.noun import Row
from services.api.crud.reading import read_each
from services.api.crud.saving import Held, Key, held_by_id, held_by_key, key_fields, key_of
from services.api.crud.service import Registry, document_of
from services.api.imports import limits
from services.api.imports.choices import Way
from services.api.imports.columns import Turned
from services.api.imports.fault_words import in_dutch
from services.api.imports.schemas import RowFault
from services.api.imports.sheet import Line
from services.api.many_rows import look_up_by_index
from shared.faults import Fault, InvalidDocument

# How an import is called, from which the ids of its new rows follow.
_OF_AN_IMPORT = UUID("5b0c8a52-5f0b-4d9a-9a6b-6f9f4d1b7c7e")


class Outcome(StrEnum):
    """What a row of the file does."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "leftOut"
    FAULTY = "faulty"


@dataclass
class Compared(Generic[Row]):
    """A row of the file beside the row of the registry."""

    number: int
    outcome: Outcome = Outcome.ADDED
    row: Row | None = None
    document: str | None = None
    held: Held | None = None
    faults: list[RowFault] = field(default_factory=list)


class Comparison(Generic[Row]):
    """One pass over a file, within one transaction.

    Parameters
    ----------
    session, author
        Who would store the rows.
    registry
        Where they go to.
    way
        How they are read.
    import_id
        From which, with the number of a row, the id of a new row follows: so the rows of the
        preview are the very rows that are stored later.
    """

    def __init__(
        self,
        session: Session,
        author: Author,
        registry: Registry[Row],
        way: Way,
        import_id: str,
    ) -> None:
        look_up_by_index(session)
        self._session, self._author = session, author
        self._registry, self._noun, self._way = registry, registry.noun, way
        self._seed = uuid5(_OF_AN_IMPORT, import_id)
        self._keys = key_fields(self._noun)
        self._id_field = self._noun.id_field
        self._id_name = _wire(registry, self._id_field)
        # Only an id that the registry makes itself may be left out.
        id_field = self._noun.schema.model_fields[self._noun.id_field]
        self._makes_ids = id_field.default_factory is not None
        # Then nobody asks what a row was before.
        everywhere = author.caller.reach.everywhere
        self._changes_freely = everywhere and not self._noun.is_guarded
        self._seen: dict[tuple[str, Key], int] = {}

    def pieces(self, lines: Iterable[Line]) -> Iterator[list[Compared[Row]]]:
        """Compare rows, so many at a time that memory does not grow with the file."""
        remaining = iter(lines)
        while some := list(islice(remaining, limits.ROWS_AT_A_TIME)):
            yield self._compared(some)

    def _compared(self, lines: Sequence[Line]) -> list[Compared[Row]]:
        compared: list[Compared[Row]] = []
        trees: list[dict[str, Any]] = []
        wanted: list[Compared[Row]] = []
        given: list[bool] = []
        for number, cells in lines:
            one: Compared[Row] = Compared(number)
            compared.append(one)
            turned = self._way.turned(cells)
            if turned.left_out:
                one.outcome = Outcome.LEFT_OUT
                continue
            self._take_over(one, turned, len(cells))
            given.append(self._id_name in turned.values)
            trees.append(self._with_id(number, turned.values))
            wanted.append(one)
        self._read(wanted, trees)
        self._match(wanted, given)
        for one in wanted:
            self._judge(one)
        return compared

    def _take_over(self, one: Compared[Row], turned: Turned, cells: int) -> None:
        one.faults += [
            RowFault(
                row=one.number,
                heading=fault.heading,
                field=self._way.field_under(fault.heading),
                code=fault.code,
                message=fault.message,
                nl=in_dutch(fault.code),
            )
            for fault in turned.faults
        ]
        if cells > len(self._way.headings):
            message = f"The row has {cells} cells under {len(self._way.headings)} headings."
            one.faults.append(self._fault(one.number, Fault("", "too_many_cells", message)))

    def _with_id(self, number: int, values: dict[str, Any]) -> dict[str, Any]:
        if self._makes_ids:
            values.setdefault(self._id_name, str(uuid5(self._seed, str(number))))
        return values

    def _read(self, rows: Sequence[Compared[Row]], trees: Sequence[dict[str, Any]]) -> None:
        read = read_each(self._session, self._noun, trees, self._author.caller.reach)
        for one, (row, faults) in zip(rows, read, strict=True):
            told = {fault.heading for fault in one.faults}
            for fault in faults:
                made = self._fault(one.number, fault)
                # A cell that cannot be read is told once, and not again as a missing field.
                if made.heading is None or made.heading not in told:
                    one.faults.append(made)
            one.row = row

    def _match(self, rows: Sequence[Compared[Row]], given: Sequence[bool]) -> None:
        """Find what each row takes the place of: by its id, or else by its key fields."""
        readable = [
            (one, one.row, has_id)
            for one, has_id in zip(rows, given, strict=True)
            if one.row is not None
        ]
        noun = self._noun
        ids = {getattr(row, self._id_field) for _, row, has_id in readable if has_id}
        by_id = held_by_id(self._session, noun, ids)
        keys = [key_of(row, self._keys) for _, row, _ in readable]
        by_key = held_by_key(self._session, noun, set(keys))
        for (one, row, has_id), key in zip(readable, keys, strict=True):
            id_ = getattr(row, self._id_field)
            same = by_key.get(key)
            one.held = by_id.get(id_) if has_id else same
            if not has_id and same is not None:
                one.row = row.model_copy(update={self._id_field: same.id})
            elif has_id and same is not None and same.id != id_:
                told = ", ".join(_wire(self._registry, name) for name in self._keys)
                message = f"Another row has the same {told}."
                one.faults.append(self._fault(one.number, Fault("", "already_exists", message)))
            self._note_repeats(one, id_ if has_id else None, key)

    def _note_repeats(self, one: Compared[Row], id_: str | None, own: Key) -> None:
        keys: list[tuple[str, Key]] = []
        if id_ is not None:
            keys.append(("id", (id_,)))
        if self._keys:
            keys.append(("key", own))
        for key in keys:
            first = self._seen.setdefault(key, one.number)
            if first != one.number:
                message = f"Row {first} of the file is about the same."
                one.faults.append(self._fault(one.number, Fault("", "repeated_row", message)))
                return

    def _judge(self, one: Compared[Row]) -> None:
        if one.row is not None:
            one.document = document_of(one.row)
            one.faults += self._refusals(one, one.row)
        if one.faults:
            one.outcome = Outcome.FAULTY
        elif one.held is None:
            one.outcome = Outcome.ADDED
        elif one.held.document == one.document:
            one.outcome = Outcome.UNCHANGED
        else:
            skipped = self._way.on_existing == "skip"
            one.outcome = Outcome.LEFT_OUT if skipped else Outcome.CHANGED

    def _refusals(self, one: Compared[Row], row: Row) -> Iterator[RowFault]:
        if not self._may_write(row):
            # What others have there is not shown either.
            one.held = None
            own = ", ".join(sorted(self._author.caller.reach.codes)) or "no municipality"
            message = f"You may change figures of {own} only."
            yield self._fault(one.number, Fault("", "outside_reach", message))
            return
        before = None
        if one.held is not None:
            if one.held.document == one.document:
                return
            if not self._changes_freely:
                before = self._noun.schema.model_validate_json(one.held.document)
            if before is not None and not self._may_write(before):
                one.held = None
            if one.held is None or self._way.on_existing == "refuse":
                message = "There is already a row with this id or these key fields."
                yield self._fault(one.number, Fault("", "already_exists", message))
                return
        yield from self._guarded(one, before, row)

    def _may_write(self, row: Row) -> bool:
        reach = self._author.caller.reach
        return reach.everywhere or reach.holds(self._noun.ids_in(row, self._noun.owners.write))

    def _guarded(self, one: Compared[Row], before: Row | None, row: Row) -> Iterator[RowFault]:
        try:
            faults = list(self._noun.guard(self._session, self._author, before, row))
        except InvalidDocument as error:
            faults = list(error.faults)
        except Exception as error:
            # What refuses a change as a whole says so with a code of its own.
            facts = getattr(error, "facts", {})
            if "code" not in facts:
                raise
            faults = [Fault("", facts["code"], str(error))]
        for fault in faults:
            yield self._fault(one.number, fault)

    def _fault(self, number: int, fault: Fault) -> RowFault:
        name = fault.pointer.split("/")[1] if fault.pointer else None
        return RowFault(
            row=number,
            heading=None if name is None else self._way.heading_of(name),
            field=name,
            code=fault.code,
            message=fault.message,
            nl=in_dutch(fault.code),
        )


def _wire(registry: Registry[Any], name: str) -> str:
    return registry.noun.schema.model_fields[name].alias or name
