"""Two municipalities, one row of everything that is of the first, and everybody who may ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import httpx
from sqlalchemy import Engine

from services.api.access.actor import EVERYWHERE, SYSTEM, Author, Caller, Kind, Role, by_system
from services.api.access.rights import cell_for
from services.api.adoptions.store import add as add_adoption
from services.api.api_keys.issuing import issue
from services.api.commitments.amendments import add as add_amendment
from services.api.commitments.schemas import AmendmentIn
from services.api.database import writing
from services.api.main import create_app
from services.api.nouns import BY_PATH
from services.api.openapi import openapi_document
from services.api.settings import SAMPLE_SECRET, Settings
from services.api.trades.service import trades
from services.api.webhooks.service import add as add_webhook
from tests.api.adoptions.plans import planned
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Filled, add, id_of
from tests.keys import new_member, new_organisation

Side = Literal["own", "other"]
SIDES: tuple[Side, ...] = ("own", "other")
MISSING = "00000000-0000-4000-8000-000000000000"
ADMITTED, REFUSED, NOT_THERE = "admitted", "refused", "not there"
# Collections whose rows are everybody's to read, beside those nouns that have no owners.
_EVERYBODYS = {"organisations", "api-keys", "exports", "templates", "me"} | {
    path for path, one in BY_PATH.items() if not (one.noun.owners.read or one.noun.owners.parties)
}
_GIVEN = {"region": "amsterdam", "halfYear": "2025-I"}


@dataclass(frozen=True)
class Operation:
    """One operation of the OpenAPI document."""

    method: str
    path: str
    right: str
    needs: tuple[str, ...]

    @property
    def collection(self) -> str:
        return self.path.split("/")[1]

    @property
    def of_a_row(self) -> bool:
        return "{" in self.path


def _operations() -> dict[str, Operation]:
    app = create_app(Settings(database_url="sqlite://"))
    document = openapi_document(app)
    return {
        f"{method.upper()} {path}": Operation(
            method.upper(),
            path,
            operation.get("x-access", "none"),
            tuple(p["name"] for p in operation.get("parameters", ()) if _is_needed(p)),
        )
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def _is_needed(parameter: Mapping[str, Any]) -> bool:
    return parameter["in"] == "query" and bool(parameter.get("required"))


OPERATIONS = _operations()
CLOSED = {name: one for name, one in OPERATIONS.items() if one.right != "public"}


@dataclass(frozen=True)
class World:
    """An API with a row of everything, and a key for every role on both sides."""

    api: httpx.Client
    ids: Mapping[str, str]
    amendment: str
    keys: Mapping[tuple[Role, Side], str]

    def asks(self, operation: Operation, key: str, id_: str | None = None) -> httpx.Response:
        """Ask so that nothing changes: with a body and a version that cannot be right."""
        id_ = id_ or self.ids.get(operation.collection, MISSING)
        path = operation.path.replace("{id}", id_).replace("{amendment}", self.amendment)
        return self.api.request(
            operation.method,
            f"/v1{path}",
            params={name: _GIVEN[name] for name in operation.needs},
            headers={"Authorization": f"Bearer {key}", "If-Match": '"0"'},
            json=None if operation.method in {"GET", "DELETE"} else "no such body",
        )


def world(filled: Filled, engine: Engine) -> World:
    """Make the two municipalities and what is of the first."""
    add(filled.api, "regions", id="amsterdam", municipalities=[AMSTERDAM])
    add(filled.api, "municipalities", code="GM0358", name="Aalsmeer")
    commitment = id_of("commitments", filled.rows["commitments"])
    with writing(engine) as session:
        organisations = {
            "own": new_organisation(session, Kind.MUNICIPALITY, [AMSTERDAM]),
            "other": new_organisation(session, Kind.MUNICIPALITY, [HAARLEMMERMEER]),
        }
        members = {
            (role, side): new_member(session, organisations[side], [role])
            for role in Role
            for side in SIDES
        }
        keys = {
            who: issue(session, by_system("test"), SAMPLE_SECRET, member, "Test")
            for who, member in members.items()
        }
        # It is revoked on the way.
        spare = issue(session, by_system("test"), SAMPLE_SECRET, members[Role.READER, "own"], "-")
        author = Author(Caller(replace(SYSTEM, organisation=organisations["own"]), EVERYWHERE))
        trade, _ = trades.create(
            session,
            author,
            {
                "fromMunicipality": AMSTERDAM,
                "toMunicipality": "GM0358",
                "halfYear": "2027-I",
                "persons": 3,
                "reason": "Test",
            },
        )
        webhook, _ = add_webhook(session, author, "https://receiver.example/events", None)
        wanted = AmendmentIn(households=60, basis="Test", reason="Test")
        amendment = add_amendment(session, author, commitment, (AMSTERDAM,), wanted)
    ids = {noun: id_of(noun, row) for noun, row in filled.rows.items()} | {
        "organisations": organisations["own"],
        "members": members[Role.READER, "own"],
        "api-keys": spare.id,
        "trades": trade.id,
        "webhooks": webhook,
        "proposals": planned(engine, {AMSTERDAM: 8}, region="amsterdam").rpartition("/")[2],
    }
    told = {who: made.key for who, made in keys.items()}
    _adopted(engine, ids["proposals"])
    ids["imports"] = _sent_file(filled.api, told[Role.EDITOR, "own"])
    return World(filled.api, ids, amendment.id, told)


def _adopted(engine: Engine, proposal: str) -> None:
    with writing(engine) as session:
        add_adoption(
            session,
            id=MISSING,
            proposal=proposal,
            region="amsterdam",
            reason="Test",
            adopted_by="test",
            organisation="test",
            at=datetime.now(UTC),
            commitments=1,
        )


def _sent_file(api: httpx.Client, key: str) -> str:
    answer = api.post(
        "/v1/imports",
        params={"noun": "needs"},
        content="gemeente;aantal\nGM0363;12\n",
        headers={"Authorization": f"Bearer {key}", "Content-Type": "text/csv"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def expected(operation: Operation, role: Role, side: Side) -> str:
    """What the table of rights says of somebody who asks for a row of the first municipality."""
    cell = cell_for(operation.right, [role])
    if cell == "none":
        return REFUSED
    foreign = cell == "own" and side == "other" and operation.collection not in _EVERYBODYS
    return NOT_THERE if foreign and operation.of_a_row else ADMITTED


def told(answer: httpx.Response) -> str:
    """Put an answer in one word; what went wrong on our side is none of them."""
    words = {401: "unknown", 403: REFUSED, 404: NOT_THERE}
    if answer.status_code == 403 and answer.json()["code"] != "not_allowed":
        return str(answer.json()["code"])
    if answer.status_code >= 500:
        return answer.text
    return words.get(answer.status_code, ADMITTED)


def without_ids(answer: httpx.Response) -> tuple[int, str, Mapping[str, str]]:
    """Give an answer without the id that was asked for, and without when it was given."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    id_ = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    headers.pop("content-length", None)
    return answer.status_code, id_.sub("…", answer.text), headers
