"""Accounts, keys and signatures that were changed behind the API's back are named too."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, update

from services.api import tables
from services.api.access.actor import by_system
from services.api.access.tables import api_keys, member_roles
from services.api.access.tables import members as members_table
from services.api.access.tables import organisations as organisations_table
from services.api.api_keys.issuing import first_key
from services.api.audit.service import KEPT, Finding, verify
from services.api.commitments.tables import signatures
from services.api.database import reading, writing
from services.api.members.service import members
from services.api.settings import SAMPLE_SECRET


def found(engine: Engine) -> list[Finding]:
    """Give everything that verifying finds."""
    with reading(engine) as session:
        return list(verify(session))


def test_the_first_key_and_its_administrator_are_in_order(engine: Engine) -> None:
    with writing(engine) as session:
        first_key(session, SAMPLE_SECRET)

    assert found(engine) == []


def test_an_account_with_its_roles_in_another_order_is_in_order(engine: Engine) -> None:
    account = {"organisation": "demo", "label": "Desk", "roles": ["signatory", "municipalEditor"]}
    with writing(engine) as session:
        first_key(session, SAMPLE_SECRET)
        members.create(session, by_system("test"), account)

    assert found(engine) == []


def test_every_noun_with_a_column_for_its_last_change_is_compared() -> None:
    # An amendment is a part of its commitment, and an adoption never changes.
    # Amendments are compared by themselves; an import tells which change was its first.
    compared = {registry.noun.table.name for registry in KEPT}
    recorded = {table.name for table in tables.metadata.tables.values() if "change" in table.c}
    assert recorded - compared == {"commitment_amendments", "imports"}


@pytest.mark.parametrize(
    ("statement", "noun", "what"),
    [
        (update(organisations_table).values(oin="0" * 20), "organisations", "is not what"),
        (update(member_roles).values(role="auditor"), "members", "is not what"),
        (update(members_table).values(subject="somebody"), "members", "is not what"),
        (update(api_keys).values(label="Another"), "api-keys", "is not what"),
        (delete(api_keys), "api-keys", "is gone"),
    ],
    ids=["organisation", "role", "subject", "key", "key gone"],
)
def test_an_account_that_was_changed_behind_the_back_of_the_api_is_named(
    engine: Engine, statement: Any, noun: str, what: str
) -> None:
    with writing(engine) as session:
        first_key(session, SAMPLE_SECRET)
        session.execute(statement)

    (told,) = found(engine)
    assert told.where.startswith(f"{noun} ")
    assert told.en.startswith(what)


def test_a_signature_that_nobody_put_is_named(engine: Engine) -> None:
    forged = {
        "noun": "commitments",
        "row_id": "one",
        "round": 0,
        "organisation": "demo",
        "member": "somebody",
        "at": datetime(2027, 1, 1, tzinfo=UTC),
        "document_hash": "0" * 64,
    }
    with writing(engine) as session:
        first_key(session, SAMPLE_SECRET)
        session.execute(insert(signatures).values(forged))

    assert [(f.where, f.en) for f in found(engine)] == [
        ("commitments one", "has a signature of demo that the history does not know")
    ]
