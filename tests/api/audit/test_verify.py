"""Whatever is changed behind the API's back is found, and named."""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, text, update
from sqlalchemy.exc import DatabaseError

from services.api.access.actor import EVERYWHERE, Actor, Author, Caller, Kind, by_system
from services.api.audit.service import Finding, heads, verify
from services.api.crud.conditions import ANY
from services.api.database import reading, writing
from services.api.history.chain import Head
from services.api.history.tables import changes
from services.api.municipalities.service import municipalities
from services.api.municipalities.tables import municipalities as table
from services.api.nouns import REGISTRIES
from services.api.regions.service import regions
from tests.api.rows import EXAMPLES

AMSTERDAM, HAARLEM = "GM0363", "GM0392"


def author_of(organisation: str) -> Author:
    """Make the author of what an organisation does."""
    actor = Actor("a member", organisation, Kind.MUNICIPALITY, frozenset(), EVERYWHERE)
    return Author(Caller(actor, EVERYWHERE))


def write(engine: Engine, code: str, name: str, organisation: str = "a") -> None:
    """Add a municipality."""
    tree = {**EXAMPLES["municipalities"], "code": code, "name": name}
    with writing(engine) as session:
        municipalities.create(session, author_of(organisation), tree)


def rewrite(engine: Engine, code: str, name: str, organisation: str = "a") -> None:
    """Give a municipality another name."""
    tree = {**EXAMPLES["municipalities"], "code": code, "name": name}
    with writing(engine) as session:
        municipalities.replace(session, author_of(organisation), code, tree, ANY)


def remove(engine: Engine, code: str) -> None:
    """Delete a municipality."""
    with writing(engine) as session:
        municipalities.delete(session, author_of("a"), code, ANY)


def written_down(engine: Engine) -> list[Head]:
    """Give the heads as they are now."""
    with reading(engine) as session:
        return heads(session)


def found(engine: Engine, kept: list[Head] | None = None) -> list[Finding]:
    """Give everything that verifying finds."""
    with reading(engine) as session:
        return list(verify(session, kept or []))


def places(engine: Engine, kept: list[Head] | None = None) -> list[str]:
    """Give the places of everything that verifying finds."""
    return [finding.where for finding in found(engine, kept)]


def without_guard(connection: Connection) -> None:
    """Do what only the owner of the database can do: take the triggers away."""
    if connection.dialect.name == "sqlite":
        query = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in connection.scalars(query).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("ALTER TABLE changes DISABLE TRIGGER ALL"))


def test_what_was_done_in_the_ordinary_way_is_in_order(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    write(engine, HAARLEM, "Haarlem", "b")
    rewrite(engine, AMSTERDAM, "Mokum")
    remove(engine, HAARLEM)
    write(engine, HAARLEM, "Haarlem")

    assert found(engine, written_down(engine)) == []


def test_a_row_of_every_noun_is_read_back_as_it_was_written_down(engine: Engine) -> None:
    with writing(engine) as session:
        other = {**EXAMPLES["municipalities"], "code": "GM0394", "name": "Haarlemmermeer"}
        municipalities.create(session, by_system("test"), other)
        for registry in REGISTRIES:
            registry.create(session, by_system("test"), dict(EXAMPLES[registry.noun.path]))

    assert found(engine) == []


def test_a_list_that_was_sent_in_another_order_is_in_order(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    write(engine, HAARLEM, "Haarlem")
    tree = {**EXAMPLES["regions"], "municipalities": [HAARLEM, AMSTERDAM]}
    with writing(engine) as session:
        regions.create(session, by_system("test"), tree)

    assert found(engine) == []


def test_a_figure_that_was_changed_behind_the_back_of_the_api_is_named(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    write(engine, HAARLEM, "Haarlem")
    with writing(engine) as session:
        session.execute(update(table).where(table.c.code == AMSTERDAM).values(name="Elsewhere"))

    assert [(f.where, f.en) for f in found(engine)] == [
        (f"municipalities {AMSTERDAM}", "is not what change 1 made of it")
    ]


def test_a_row_that_was_added_or_deleted_behind_its_back_is_named(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    with writing(engine) as session:
        session.execute(update(table).values(code=HAARLEM, change=None))

    assert [(f.where, f.en) for f in found(engine)] == [
        (f"municipalities {HAARLEM}", "has no history"),
        (f"municipalities {AMSTERDAM}", "is gone, and the history has no deletion of it"),
    ]


def test_an_old_version_that_was_put_back_is_named(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    rewrite(engine, AMSTERDAM, "Mokum")
    with writing(engine) as session:
        session.execute(update(table).values(name="Amsterdam", change=1))

    assert places(engine) == [f"municipalities {AMSTERDAM}"]


def test_a_row_that_points_at_another_change_is_named(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    rewrite(engine, AMSTERDAM, "Amsterdam")
    with writing(engine) as session:
        session.execute(update(table).values(change=1))

    assert [f.en for f in found(engine)] == ["does not belong to its last change, 2"]


@pytest.mark.parametrize(
    "statement",
    [
        update(changes).values(reason="another"),
        delete(changes),
        text("INSERT INTO changes SELECT * FROM changes"),
    ],
    ids=["update", "delete", "insert twice"],
)
def test_the_database_itself_refuses_to_change_the_past(engine: Engine, statement: Any) -> None:
    write(engine, AMSTERDAM, "Amsterdam")

    with pytest.raises(DatabaseError), writing(engine) as session:
        session.execute(statement)

    assert found(engine) == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_empty_the_past_too(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")

    with pytest.raises(DatabaseError), writing(engine) as session:
        session.execute(text("TRUNCATE changes"))


def test_whoever_takes_the_guard_away_and_changes_the_past_is_found(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    write(engine, HAARLEM, "Haarlem", "b")
    with writing(engine) as session:
        without_guard(session.connection())
        session.execute(update(changes).where(changes.c.id == 1).values(member="somebody"))

    assert places(engine) == ["chain a"]


def test_whoever_changes_figure_and_document_alike_is_found(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    with writing(engine) as session:
        without_guard(session.connection())
        document = session.scalars(text("SELECT document FROM changes")).one()
        forged = document.replace('"name":"Amsterdam"', '"name":"Elsewhere"')
        session.execute(update(changes).values(document=forged))
        session.execute(update(table).values(name="Elsewhere"))

    assert places(engine) == ["chain a"]


def test_an_end_that_was_cut_off_is_found_by_a_head_that_was_kept(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam")
    write(engine, HAARLEM, "Haarlem")
    kept = written_down(engine)
    with writing(engine) as session:
        without_guard(session.connection())
        session.execute(delete(changes).where(changes.c.id == 2))
        session.execute(delete(table).where(table.c.code == HAARLEM))

    assert found(engine) == []
    assert places(engine, kept) == ["chain a"]


def test_a_whole_chain_that_was_cut_out_leaves_a_gap(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam", "a")
    write(engine, HAARLEM, "Haarlem", "b")
    write(engine, "GM0394", "Haarlemmermeer", "a")
    with writing(engine) as session:
        without_guard(session.connection())
        session.execute(delete(changes).where(changes.c.chain == "b"))
        session.execute(delete(table).where(table.c.code == HAARLEM))

    assert places(engine) == ["change 2"]


def test_every_head_that_was_ever_kept_still_holds(engine: Engine) -> None:
    write(engine, AMSTERDAM, "Amsterdam", "a")
    first = written_down(engine)
    rewrite(engine, AMSTERDAM, "Mokum", "a")
    write(engine, HAARLEM, "Haarlem", "b")

    assert found(engine, [*first, *written_down(engine)]) == []
    assert places(engine, [*first, Head("a", 2, "0" * 64)]) == ["chain a"]


def test_the_chain_of_one_organisation_does_not_change_when_another_writes(
    engine: Engine,
) -> None:
    write(engine, AMSTERDAM, "Amsterdam", "a")
    before = written_down(engine)
    write(engine, HAARLEM, "Haarlem", "b")

    assert [head for head in written_down(engine) if head.chain == "a"] == before
