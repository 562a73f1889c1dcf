"""What can be done with a noun of the registry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.api.access.actor import Author, Caller, Reach
from services.api.access.errors import OutsideReach
from services.api.crud import lists, store
from services.api.crud.conditions import Expected, meets
from services.api.crud.errors import AlreadyExists, ChangedMeanwhile, InUse, NotFound
from services.api.crud.lists import ListText, ListWish, Stored
from services.api.crud.noun import Noun, Row
from services.api.crud.past import document_at
from services.api.crud.reading import read_row, read_rows
from services.api.history.reading import Version, versions
from services.api.history.recording import Changed, Recorded, record
from shared.contract.fields import Strict
from shared.faults import Fault, InvalidDocument, pointer


def document_of(row: Strict) -> str:
    """Write a row as every client reads it, and as the history keeps it."""
    return row.model_dump_json(by_alias=True)


def _refuse_faulty(faults: Iterable[Fault]) -> None:
    told = list(faults)
    if told:
        raise InvalidDocument(told)


@dataclass(frozen=True)
class Registry(Generic[Row]):
    """The rows of one noun. None of its methods commits; the edge of the request does."""

    noun: Noun[Row]

    def every(self, session: Session, conditions: Sequence[ColumnElement[bool]] = ()) -> list[Row]:
        """Give all rows that meet the conditions, whosever they are, ordered by id."""
        return store.rows(session, self.noun, conditions)

    def page_text(self, session: Session, caller: Caller, query: ListWish) -> ListText:
        """Give one page of the rows within the caller's reach, as JSON."""
        return lists.page_text(session, self.noun, caller.reach, query)

    def find(self, session: Session, id_: str, caller: Caller | None = None) -> Row:
        """Give one row; without a caller, whosever it is.

        Raises
        ------
        NotFound
            When no row within reach has this id.
        """
        self._refuse_unwritable(id_)
        within = [] if caller is None else self.noun.within(caller.reach)
        found = store.rows(session, self.noun, [self.noun.id_column == id_, *within], limit=1)
        if not found:
            raise NotFound(self.noun.path, id_)
        return found[0]

    def document(
        self, session: Session, caller: Caller, id_: str, as_of: datetime | None = None
    ) -> Stored:
        """Give one row as JSON, with its version; as it is, or as it was at a moment.

        Raises
        ------
        NotFound
            When no row within reach has this id, or had it then.
        """
        if as_of is None:
            return self._stored(session, caller.reach, id_)
        self._refuse_unwritable(id_)
        past = document_at(session, self.noun, caller.reach, id_, as_of)
        if past is None:
            raise NotFound(self.noun.path, id_)
        return Stored(past.document, past.version, past.change)

    def versions(self, session: Session, caller: Caller, id_: str) -> list[Version]:
        """Give the versions of a row within the caller's reach, newest first.

        Raises
        ------
        NotFound
            When no row within reach ever had this id.
        """
        self._refuse_unwritable(id_)
        found = versions(session, self.noun.path, id_, caller.reach)
        if not found:
            raise NotFound(self.noun.path, id_)
        return found

    def create(self, session: Session, author: Author, tree: Any) -> tuple[Row, int]:
        """Add a row, from plain dicts and lists with the names of the wire.

        Returns
        -------
        The row and its version.

        Raises
        ------
        InvalidDocument
            With every fault of the row.
        OutsideReach
            When it is a row of others.
        AlreadyExists
            When another row has its id or its key fields.
        """
        row = read_row(session, self.noun, tree, author.caller.reach)
        self._refuse_foreign(author, row)
        _refuse_faulty(self.noun.guard(session, author, None, row))
        (done,) = record(session, author, [self.changed(row, "created")])
        self._insert(session, author, row, done)
        return row, done.version

    def create_all(self, session: Session, author: Author, trees: Sequence[Any]) -> list[Row]:
        """Add rows in the order given, each from plain dicts and lists with names of the wire.

        Raises
        ------
        InvalidDocument
            With every fault of every row; a pointer begins with the place of the row.
        OutsideReach
            When one of them is a row of others.
        AlreadyExists
            When a row has the id or the key fields of another.
        """
        rows = read_rows(session, self.noun, trees, author.caller.reach)
        for row in rows:
            self._refuse_foreign(author, row)
        _refuse_faulty(
            Fault(pointer(place) + fault.pointer, fault.code, fault.message)
            for place, row in enumerate(rows)
            for fault in self.noun.guard(session, author, None, row)
        )
        recorded = record(session, author, [self.changed(row, "created") for row in rows])
        unseen = [self._unseen(author, row, done) for row, done in zip(rows, recorded, strict=True)]
        try:
            store.insert_rows(session, self.noun, rows, unseen)
        except IntegrityError:
            # Which row it was is only known when each goes by itself.
            for row, done in zip(rows, recorded, strict=True):
                self._insert(session, author, row, done)
        return rows

    def replace(
        self, session: Session, author: Author, id_: str, tree: Any, expected: Expected
    ) -> tuple[Row, int]:
        """Replace a row as a whole; the id may be left out of the body.

        Returns
        -------
        The row and its version.

        Raises
        ------
        NotFound
            When no row within reach has this id.
        PreconditionRequired, PreconditionFailed
            When the author does not say what it has seen, or has seen another version.
        OutsideReach
            When it is a row of others, or would become one.
        InvalidDocument
            With every fault of the row, or when its id differs from the address.
        AlreadyExists
            When another row has its key fields.
        """
        seen, before = self._held(session, author, id_, expected)
        row = self._read_for(session, id_, tree, author.caller.reach)
        self._refuse_foreign(author, row)
        _refuse_faulty(self.noun.guard(session, author, before, row))
        (done,) = record(session, author, [self.changed(row, "replaced")])
        try:
            replaced = store.update_row(session, self.noun, row, seen.change, done.change)
        except IntegrityError as error:
            raise self._conflict(session, row, error) from error
        if not replaced:
            raise ChangedMeanwhile(self.noun.path)
        return row, done.version

    def delete(self, session: Session, author: Author, id_: str, expected: Expected) -> None:
        """Delete a row.

        Raises
        ------
        NotFound
            When no row within reach has this id.
        PreconditionRequired, PreconditionFailed, OutsideReach
            As for replacing.
        InUse
            When other rows refer to it.
        """
        seen, row = self._held(session, author, id_, expected)
        _refuse_faulty(self.noun.guard(session, author, row, None))
        using = store.users(session, self.noun, id_)
        if using:
            raise InUse(self.noun.path, id_, using)
        record(session, author, [self.changed(row, "deleted")])
        try:
            deleted = store.delete_row(session, self.noun, id_, seen.change)
        except IntegrityError as error:
            raise ChangedMeanwhile(self.noun.path) from error
        if not deleted:
            raise ChangedMeanwhile(self.noun.path)

    def move(self, session: Session, author: Author, seen: Stored, row: Row, action: str) -> Stored:
        """Write a row that a use case made out of the version that it has seen.

        Raises
        ------
        ChangedMeanwhile
            When it has another version by now.
        """
        (done,) = record(session, author, [self.changed(row, action)])
        if not store.update_row(session, self.noun, row, seen.change, done.change):
            raise ChangedMeanwhile(self.noun.path)
        return Stored(document_of(row), done.version, done.change)

    def changed(self, row: Row, action: str) -> Changed:
        """Make the entry of the history for a row that is changed so."""
        id_ = getattr(row, self.noun.id_field)
        document = None if action == "deleted" else document_of(row)
        return Changed(self.noun.path, id_, action, document, self.noun.owners_of(row))

    def _stored(self, session: Session, reach: Reach, id_: str) -> Stored:
        self._refuse_unwritable(id_)
        found = lists.stored(session, self.noun, reach, id_)
        if found is None:
            raise NotFound(self.noun.path, id_)
        return found

    def _held(
        self, session: Session, author: Author, id_: str, expected: Expected
    ) -> tuple[Stored, Row]:
        """Give a row that the author may change, in the version that it has seen."""
        seen = self._stored(session, author.caller.reach, id_)
        meets(expected, seen.version)
        row = self.find(session, id_)
        self._refuse_foreign(author, row)
        return seen, row

    def _refuse_foreign(self, author: Author, row: Row) -> None:
        reach = author.caller.reach
        if not reach.holds(self.noun.ids_in(row, self.noun.owners.write)):
            raise OutsideReach(reach.codes)

    def _unseen(self, author: Author, row: Row, done: Recorded) -> dict[str, Any]:
        return {"change": done.change, **self.noun.unseen(author, row)}

    def _insert(self, session: Session, author: Author, row: Row, done: Recorded) -> None:
        try:
            store.insert_rows(session, self.noun, [row], [self._unseen(author, row, done)])
        except IntegrityError as error:
            raise self._conflict(session, row, error) from error

    def _read_for(self, session: Session, id_: str, tree: Any, reach: Reach) -> Row:
        name = self.noun.schema.model_fields[self.noun.id_field].alias or self.noun.id_field
        if not isinstance(tree, dict):
            return read_row(session, self.noun, tree, reach)
        differs: list[Fault] = []
        if tree.setdefault(name, id_) != id_:
            message = f"The body has {tree[name]!r} and the address {id_!r}; a row keeps its id."
            differs = [Fault(pointer(name), "id_differs", message)]
        try:
            row = read_row(session, self.noun, tree, reach)
        except InvalidDocument as error:
            raise InvalidDocument([*error.faults, *differs]) from error
        if differs:
            raise InvalidDocument(differs)
        return row

    def _refuse_unwritable(self, id_: str) -> None:
        # What can be no id is not looked up: PostgreSQL, for one, has no text with a NUL in it.
        field = self.noun.schema.model_fields[self.noun.id_field]
        adapter: TypeAdapter[str] = TypeAdapter(field.rebuild_annotation())
        try:
            adapter.validate_python(id_)
        except ValidationError as error:
            raise NotFound(self.noun.path, id_) from error

    def _conflict(self, session: Session, row: Row, error: IntegrityError) -> Exception:
        if store.is_repeated_key(error):
            key = store.repeated_key(session, self.noun, row)
            return AlreadyExists(self.noun.path, key)
        return ChangedMeanwhile(self.noun.path)
