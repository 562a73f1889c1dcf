"""Two municipalities, their region and a corporation, with people who work there."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import Engine

from services.api.access.actor import Kind, Role
from services.api.commitments.service import in_force
from services.api.database import reading, writing
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add, body
from tests.keys import bearer, key_for, new_organisation

EVERYTHING_A_PARTY_DOES = (Role.EDITOR, Role.PLANNER, Role.SIGNATORY)


@dataclass(frozen=True)
class Somebody:
    """A member of an organisation, with a key of its own."""

    client: httpx.Client
    organisation: str
    key: str

    def get(self, address: str, **headers: str) -> httpx.Response:
        return self.client.get(address, headers=self._headers(headers))

    def post(self, address: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.client.post(address, json=body or {}, headers=self._headers(headers))

    def put(self, address: str, body: Any) -> httpx.Response:
        return self.client.put(address, json=body, headers=self._headers({}))

    def delete(self, address: str) -> httpx.Response:
        return self.client.delete(address, headers=self._headers({}))

    def does(self, address: str, body: Any = None) -> Body:
        """Post a move that is expected to be allowed; gives what it leads to."""
        answer = self.post(address, body)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def is_refused(self, address: str, body: Any = None) -> tuple[int, str]:
        """Post a move that is expected to be refused; gives the status and the code."""
        answer = self.post(address, body)
        return answer.status_code, str(answer.json().get("code"))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return {**bearer(self.key), **told}


@dataclass(frozen=True)
class People:
    """Who takes part, by organisation; each method makes a new member."""

    api: httpx.Client
    engine: Engine
    amsterdam: str
    haarlemmermeer: str
    region: str
    corporation: str

    def of(self, organisation: str, *roles: Role) -> Somebody:
        key = key_for(
            self.engine,
            Kind.MUNICIPALITY,
            roles or EVERYTHING_A_PARTY_DOES,
            organisation=organisation,
        )
        return Somebody(self.api, organisation, key)

    def of_amsterdam(self, *roles: Role) -> Somebody:
        return self.of(self.amsterdam, *roles)

    def of_haarlemmermeer(self, *roles: Role) -> Somebody:
        return self.of(self.haarlemmermeer, *roles)

    def of_region(self, *roles: Role) -> Somebody:
        return self.of(self.region, *roles)

    def of_corporation(self, *roles: Role) -> Somebody:
        return self.of(self.corporation, *roles)

    def parties(self, *organisations: tuple[str, str]) -> list[Body]:
        """Give the host and whoever else has to sign, as the wire writes them."""
        given = (("host", self.amsterdam), *organisations)
        return [{"organisation": organisation, "part": part} for part, organisation in given]


def people_of(api: httpx.Client, engine: Engine) -> People:
    """Fill an empty registry with what commitments and trades refer to, and bring people in."""
    add(api, "municipalities")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "regions", municipalities=[AMSTERDAM, HAARLEMMERMEER])
    add(api, "housing-forms")
    add(api, "target-groups")
    add(api, "periods")
    with writing(engine) as session:
        return People(
            api,
            engine,
            amsterdam=new_organisation(session, Kind.MUNICIPALITY, [AMSTERDAM]),
            haarlemmermeer=new_organisation(session, Kind.MUNICIPALITY, [HAARLEMMERMEER]),
            region=new_organisation(session, Kind.REGION, region="mra"),
            corporation=new_organisation(session, Kind.CORPORATION),
        )


def draft(people: People, writer: Somebody, *others: tuple[str, str], **changes: object) -> str:
    """Write a draft down for Amsterdam and whoever else has to sign; gives its address."""
    row = body("commitments", parties=people.parties(*others), **changes)
    answer = writer.post("/v1/commitments", row)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def counting(people: People) -> list[int]:
    """Give the households of every commitment that goes into a proposal."""
    with reading(people.engine) as session:
        return [row.households for row in in_force(session)]


def agreed(people: People, **changes: object) -> str:
    """Let Amsterdam agree to what its region offers; gives the address."""
    planner = people.of_region()
    address = draft(people, planner, **changes)
    planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")
    return address
