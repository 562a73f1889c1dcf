"""Tokens of one issuer are accepted, when everything about them is right."""

import asyncio
import time
from typing import Any

import httpx
import pytest

from services.api.access.actor import Kind, Role
from services.api.access.errors import IdentityProviderAway, NotAllowed, NotAuthenticated
from services.api.access.tokens import Issuer, Token
from services.api.database import writing
from services.api.main import create_app
from services.api.settings import Settings
from tests.api.access.issuers import (
    AUDIENCE,
    CURVED,
    ENCRYPTING,
    KEY,
    NAME,
    SECOND,
    SHORT,
    STRANGER,
    SUBJECT,
    Publisher,
    key_set,
    publishing,
    signed_with_the_public_key,
    token,
    unsigned,
)
from tests.api.conftest import RunningApi
from tests.api.rows import add
from tests.keys import new_member, new_organisation


def read(publisher: Publisher, text: str) -> Token:
    return asyncio.run(Issuer(NAME, AUDIENCE, publisher.url).read(text))


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
@pytest.mark.parametrize("typ", ["JWT", "at+jwt", "AT+JWT"])
def test_a_good_token_says_who_it_is_and_what_it_is_for(
    keys: Publisher, alg: str, typ: str
) -> None:
    assert read(keys, token(alg=alg, typ=typ)) == Token(SUBJECT, may_change=True)


def test_a_token_for_reading_changes_nothing(keys: Publisher) -> None:
    assert read(keys, token(scope="openid evenwicht:read")) == Token(SUBJECT, may_change=False)


def test_a_token_may_be_for_several_audiences(keys: Publisher) -> None:
    assert read(keys, token(aud=["elsewhere", AUDIENCE])).subject == SUBJECT


_NOW = int(time.time())
BAD = {
    "of another issuer": token(iss="https://login.example/other"),
    "of no issuer": token(iss=None),
    "for another audience": token(aud="elsewhere"),
    "for no audience": token(aud=None),
    "that has ended": token(exp=_NOW - 3600),
    "that never ends": token(exp=None),
    "that ends at a word": token(exp="later"),
    "that has not begun": token(nbf=_NOW + 36000, exp=_NOW + 72000),
    "of nobody": token(sub=None),
    "of a number": token(sub=7),
    "of an empty name": token(sub=""),
    "that is an identity token": token(typ="logout+jwt"),
    "with an unknown key": token(kid="nine"),
    "signed by a stranger with a known key id": token(STRANGER),
    "signed by a key that is too short": token(SHORT, kid="short"),
    "signed by a key for something else": token(ENCRYPTING, kid="enc"),
    "signed on a curve": token(CURVED, alg="ES256", kid="curved"),
    "signed by RS512": token(alg="RS512"),
    "signed with the public key as a secret": signed_with_the_public_key(),
    "that is not signed": unsigned(),
    "that says it is signed": unsigned("RS256"),
    "with another body": ".".join(
        (token().split(".")[0], unsigned().split(".")[1], token().split(".")[2])
    ),
    "that is too long": token(note="x" * 9000),
    "that is no token": "abc",
    "of three empty parts": "..",
    "with letters that are no ASCII": "é.é.é",
    "of three parts with nothing in them": "e30.e30.e30",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_token_is_refused(keys: Publisher, bad: str) -> None:
    with pytest.raises(NotAuthenticated):
        read(keys, bad)


@pytest.mark.parametrize("scope", [None, "", "openid", "evenwicht:readwrite"])
def test_a_token_without_a_scope_of_this_api_may_do_nothing(
    keys: Publisher, scope: str | None
) -> None:
    with pytest.raises(NotAllowed):
        read(keys, token(scope=scope))


def test_without_an_issuer_no_token_is_accepted(keys: Publisher) -> None:
    with pytest.raises(NotAuthenticated):
        asyncio.run(Issuer("", AUDIENCE, keys.url).read(token(iss="")))


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def read_at(issuer: Issuer, clock: Clock, moment: float, text: str) -> str:
    """Read a token at a moment; gives its subject, or the name of the error."""
    clock.now = moment
    try:
        return (await issuer.read(text)).subject
    except (NotAuthenticated, IdentityProviderAway) as error:
        return type(error).__name__


def test_keys_are_kept_ten_minutes_and_unknown_ones_looked_for_once_a_minute() -> None:
    clock = Clock()
    with publishing() as publisher:
        issuer = Issuer(NAME, AUDIENCE, publisher.url, clock)

        async def story() -> list[tuple[str, int]]:
            new = token(SECOND, kid="two")
            seen = [(await read_at(issuer, clock, 0, token()), publisher.asked)]
            publisher.content = key_set(SECOND)
            seen.append((await read_at(issuer, clock, 30, new), publisher.asked))
            seen.append((await read_at(issuer, clock, 59, token()), publisher.asked))
            seen.append((await read_at(issuer, clock, 61, new), publisher.asked))
            seen.append((await read_at(issuer, clock, 662, new), publisher.asked))
            return seen

        told = asyncio.run(story())

    assert told == [
        (SUBJECT, 1),
        ("NotAuthenticated", 1),
        (SUBJECT, 1),
        (SUBJECT, 2),
        (SUBJECT, 3),
    ]


def test_while_the_issuer_is_away_its_keys_are_used_for_an_hour() -> None:
    clock = Clock()
    with publishing() as publisher:
        issuer = Issuer(NAME, AUDIENCE, publisher.url, clock)

        async def story() -> list[str]:
            seen = [await read_at(issuer, clock, 0, token())]
            publisher.status = 500
            seen.append(await read_at(issuer, clock, 3_500, token()))
            seen.append(await read_at(issuer, clock, 3_700, token()))
            publisher.status = 200
            seen.append(await read_at(issuer, clock, 3_703, token()))
            seen.append(await read_at(issuer, clock, 3_706, token()))
            return seen

        told = asyncio.run(story())

    assert told == [SUBJECT, SUBJECT, "IdentityProviderAway", "IdentityProviderAway", SUBJECT]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"keys": 3}', b'{"keys": [{"kty": 3}]}'])
def test_an_issuer_that_answers_with_no_keys_is_away_or_knows_none(content: bytes) -> None:
    with publishing() as publisher:
        publisher.content = content

        with pytest.raises((IdentityProviderAway, NotAuthenticated)):
            read(publisher, token())


def test_an_endless_set_of_keys_is_not_read_to_its_end() -> None:
    with publishing() as publisher:
        publisher.content = b" " * 300_000 + key_set(KEY)

        with pytest.raises(IdentityProviderAway):
            read(publisher, token())


def asked(running: RunningApi, keys: Publisher, text: str, **request: Any) -> httpx.Response:
    """Ask an API that accepts tokens, on the database of a running one."""
    app = create_app(
        Settings(
            database_url=running.database_url,
            token_issuer=NAME,
            token_audience=AUDIENCE,
            jwks_url=keys.url,
        )
    )

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(headers={"Authorization": f"Bearer {text}"}, **request)

    try:
        return asyncio.run(ask())
    finally:
        app.state.engine.dispose()


@pytest.fixture(name="member")
def member_with_a_subject(api: httpx.Client, running_api: RunningApi) -> str:
    """An editor of Amsterdam who signs in at the issuer."""
    municipality = add(api, "municipalities")["code"]
    with writing(running_api.engine) as session:
        organisation = new_organisation(session, Kind.MUNICIPALITY, [municipality])
        return new_member(session, organisation, [Role.ADMINISTRATOR], subject=SUBJECT)


def test_a_token_acts_as_the_member_with_its_subject(
    member: str, running_api: RunningApi, keys: Publisher
) -> None:
    me = asked(running_api, keys, token(), method="GET", url="/v1/me").json()

    assert (me["member"], me["mayChange"]) == (member, True)


def test_a_token_for_reading_reads_and_writes_nothing(
    member: str, running_api: RunningApi, keys: Publisher
) -> None:
    text = token(scope="evenwicht:read")

    read_ = asked(running_api, keys, text, method="GET", url="/v1/periods")
    written = asked(running_api, keys, text, method="POST", url="/v1/periods", json={})

    assert (read_.status_code, written.status_code) == (200, 403)


def test_a_token_of_somebody_without_a_member_is_forbidden(
    member: str, running_api: RunningApi, keys: Publisher
) -> None:
    answer = asked(running_api, keys, token(sub="nobody"), method="GET", url="/v1/me")

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_allowed"


def test_a_token_in_the_address_is_an_unknown_parameter(
    member: str, running_api: RunningApi, keys: Publisher
) -> None:
    address = f"/v1/periods?access_token={token()}"

    with_header = asked(running_api, keys, token(), method="GET", url=address)
    without = asked(running_api, keys, "", method="GET", url=address)

    assert (with_header.status_code, without.status_code) == (400, 401)


def test_an_issuer_that_is_away_is_told_with_when_to_come_back(
    member: str, running_api: RunningApi, keys: Publisher
) -> None:
    away = Publisher(1)

    answer = asked(running_api, away, token(), method="GET", url="/v1/me")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["code"] == "identity_provider_away"
