"""What can be done with a noun of the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.api.crud import store
from services.api.crud.errors import AlreadyExists, ChangedMeanwhile, InUse, NotFound
from services.api.crud.noun import Noun, Row
from services.api.crud.reading import read_row, read_rows
from shared.faults import Fault, InvalidDocument, pointer


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and how many the whole list has."""

    items: list[Row]
    total: int


@dataclass(frozen=True)
class Registry(Generic[Row]):
    """The rows of one noun. None of its methods commits; the edge of the request does."""

    noun: Noun[Row]

    def every(self, session: Session) -> list[Row]:
        """Give all rows, ordered by id."""
        return store.rows(session, self.noun)

    def page(
        self, session: Session, wanted: Mapping[str, Any], limit: int, offset: int
    ) -> Page[Row]:
        """Give the rows that meet every wanted filter (by its name), from `offset` on."""
        conditions = [
            chosen.condition(wanted[chosen.name])
            for chosen in self.noun.filters
            if wanted.get(chosen.name) is not None
        ]
        items = store.rows(session, self.noun, conditions, limit, offset)
        return Page(items, store.count(session, self.noun, conditions))

    def find(self, session: Session, id_: str) -> Row:
        """Give one row.

        Raises
        ------
        NotFound
            When no row has this id.
        """
        self._refuse_unwritable(id_)
        found = store.rows(session, self.noun, [self.noun.id_column == id_], limit=1)
        if not found:
            raise NotFound(self.noun.path, id_)
        return found[0]

    def create(self, session: Session, tree: Any) -> Row:
        """Add a row, from plain dicts and lists with the names of the wire.

        Raises
        ------
        InvalidDocument
            With every fault of the row.
        AlreadyExists
            When another row has its id or its key fields.
        """
        row = read_row(session, self.noun, tree)
        self._insert(session, row)
        return row

    def create_all(self, session: Session, trees: Sequence[Any]) -> list[Row]:
        """Add rows in the order given, each from plain dicts and lists with names of the wire.

        Raises
        ------
        InvalidDocument
            With every fault of every row; a pointer begins with the place of the row.
        AlreadyExists
            When a row has the id or the key fields of another.
        """
        rows = read_rows(session, self.noun, trees)
        try:
            store.insert_rows(session, self.noun, rows)
        except IntegrityError:
            # Which row it was is only known when each goes by itself.
            for row in rows:
                self._insert(session, row)
        return rows

    def replace(self, session: Session, id_: str, tree: Any) -> Row:
        """Replace a row as a whole; the id may be left out of the body.

        Raises
        ------
        NotFound
            When no row has this id.
        InvalidDocument
            With every fault of the row, or when its id differs from the address.
        AlreadyExists
            When another row has its key fields.
        """
        self.find(session, id_)
        row = self._read_for(session, id_, tree)
        try:
            replaced = store.update_row(session, self.noun, row)
        except IntegrityError as error:
            raise self._conflict(session, row, error) from error
        if not replaced:
            raise ChangedMeanwhile(self.noun.path)
        return row

    def delete(self, session: Session, id_: str) -> None:
        """Delete a row.

        Raises
        ------
        NotFound
            When no row has this id.
        InUse
            When other rows refer to it.
        """
        self._refuse_unwritable(id_)
        using = store.users(session, self.noun, id_)
        if using:
            raise InUse(self.noun.path, id_, using)
        try:
            deleted = store.delete_row(session, self.noun, id_)
        except IntegrityError as error:
            raise ChangedMeanwhile(self.noun.path) from error
        if not deleted:
            raise NotFound(self.noun.path, id_)

    def _insert(self, session: Session, row: Row) -> None:
        try:
            store.insert_rows(session, self.noun, [row])
        except IntegrityError as error:
            raise self._conflict(session, row, error) from error

    def _read_for(self, session: Session, id_: str, tree: Any) -> Row:
        name = self.noun.schema.model_fields[self.noun.id_field].alias or self.noun.id_field
        if not isinstance(tree, dict):
            return read_row(session, self.noun, tree)
        differs: list[Fault] = []
        if tree.setdefault(name, id_) != id_:
            message = f"The body has {tree[name]!r} and the address {id_!r}; a row keeps its id."
            differs = [Fault(pointer(name), "id_differs", message)]
        try:
            row = read_row(session, self.noun, tree)
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
