"""Write very many rows with little work per row: an import of a hundred thousand, and its history.

SQLAlchemy makes a dictionary of parameters per row, and PostgreSQL parses and plans per row; for
a few rows nobody notices. Types, constraints, foreign keys and triggers are the same either way.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnClause,
    Connection,
    Dialect,
    FromClause,
    Table,
    bindparam,
    column,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

_MANY = 50
_BY_INDEX = "SELECT " + ", ".join(
    f"set_config('{name}', '{value}', true)"
    for name, value in {
        "plan_cache_mode": "force_custom_plan",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_seqscan": "off",
    }.items()
)
Processor = Callable[[Any], Any] | None


def insert_many(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the same columns.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        When the database refuses one.
    """
    if len(rows) < _MANY:
        if rows:
            session.execute(insert(table), list(rows))
        return
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        _execute_many(connection, insert(table), table, rows)


def update_many(
    session: Session,
    table: Table,
    where: Mapping[str, Column[Any]],
    rows: Sequence[Mapping[str, Any]],
) -> int:
    """Change rows that all get the same columns anew.

    Parameters
    ----------
    where
        Columns that must equal what the rows hold under these names; the other names of the rows
        are the columns that change.

    Returns
    -------
    How many rows were found and changed.
    """
    changed = [name for name in rows[0] if name not in where]
    # On the connection: a session would take this for an update of objects by their keys.
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        types = {
            name: where[name].type if name in where else table.c[name].type for name in rows[0]
        }
        columns = [column(name, type_) for name, type_ in types.items()]
        given = given_rows(session, columns, [tuple(row.values()) for row in rows]).c
        found = [own == given[name] for name, own in where.items()]
        new = {name: given[name] for name in changed}
        return connection.execute(update(table).where(*found).values(new)).rowcount
    found = [own == bindparam(name) for name, own in where.items()]
    statement = update(table).where(*found).values({name: bindparam(name) for name in changed})
    return _execute_many(connection, statement, table, rows)


def given_rows(
    session: Session, columns: Sequence[ColumnClause[Any]], rows: Sequence[Sequence[Any]]
) -> FromClause:
    """Make a table of these rows, to join with, of which the statement does not grow.

    A long `IN` is compiled anew for every length, and PostgreSQL judges it by statistics that a
    large import leaves behind; a join looks into the index once per row.

    Parameters
    ----------
    columns
        Names and types of the columns.
    rows
        At least one row, with a text or a day per column.
    """
    if session.get_bind().dialect.name == "postgresql":
        arrays = [
            literal([row[place] for row in rows], ARRAY(own.type))
            for place, own in enumerate(columns)
        ]
        own = [column(one.key, one.type) for one in columns]
        return func.unnest(*arrays).table_valued(*own).render_derived(name="given")
    each = func.json_each(json.dumps([list(row) for row in rows], default=str))
    value = each.table_valued("value").c.value
    return select(
        *(
            func.json_extract(value, f"$[{place}]").label(own.key)
            for place, own in enumerate(columns)
        )
    ).subquery("given")


def look_up_by_index(session: Session) -> None:
    """Let PostgreSQL find the rows of this transaction by their indexes, whatever it expects.

    It keeps the plan of a statement that it has seen a few times, and one for a few rows takes
    minutes for very many.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(_BY_INDEX))


def count_anew(session: Session, table: Table) -> None:
    """Let PostgreSQL count a table that this transaction has made much larger.

    By itself it counts once that is committed, and until then it may take the table for empty.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = session.connection().dialect.identifier_preparer.format_table(table)
        session.execute(text(f"ANALYZE {name}"))


def _execute_many(
    connection: Connection,
    statement: UpdateBase,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
) -> int:
    """Execute one statement for each of these parameters; gives how many rows it touched.

    A parameter has the name and the type of a column, or is passed on as it is.
    """
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    names: list[str] = compiled.positiontup or []
    read = [(name, _processor(table, name, dialect)) for name in names]
    values = [
        tuple([row[name] if made is None else made(row[name]) for name, made in read])
        for row in rows
    ]
    return connection.exec_driver_sql(str(compiled), values).rowcount


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    dialect = connection.dialect
    quoted = dialect.identifier_preparer
    names = list(rows[0])
    columns = ", ".join(quoted.quote(name) for name in names)
    statement = f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN"
    read = [(name, _processor(table, name, dialect)) for name in names]
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for values in _processed(rows, read):
                copy.write_row(values)
    except driver.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error


def _processed(
    rows: Sequence[Mapping[str, Any]], read: Sequence[tuple[str, Processor]]
) -> Iterator[list[Any]]:
    for row in rows:
        yield [row[name] if made is None else made(row[name]) for name, made in read]


def _processor(table: Table, name: str, dialect: Dialect) -> Processor:
    own = table.columns.get(name)
    return None if own is None else own.type.dialect_impl(dialect).bind_processor(dialect)
