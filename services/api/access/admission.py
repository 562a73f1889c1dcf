"""Who is admitted to an address: the first thing that every request meets."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import unquote
from uuid import uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from services.api.access.actor import EVERYWHERE, Actor, Author, Caller
from services.api.access.errors import NotAllowed, NotAuthenticated
from services.api.access.keys import id_in, is_key, key_hash
from services.api.access.lookup import actor_of_key, actor_of_subject
from services.api.access.rights import cell_for
from services.api.access.tokens import Issuer
from services.api.database import reading_in_turn
from services.api.settings import Settings
from shared.faults import Fault, InvalidDocument

_ACCESS = "x-access"
_EVERYBODY = "public"
_SAFE = frozenset({"GET", "HEAD"})
_MOST_REMEMBERED = 1_000
_LONGEST_REASON = 500
# What is percent-encoded takes up to twelve characters for one.
_LONGEST_HEADER = 12 * _LONGEST_REASON


def right(name: str, **extra: Any) -> dict[str, Any]:
    """Say in `openapi_extra` of an operation which right it takes; see `access.rights`."""
    return {_ACCESS: name, **extra}


PUBLIC = right(_EVERYBODY)


class Actors:
    """Actors that were found a moment ago, by the hash of their key."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._found: dict[str, tuple[float, Actor]] = {}

    def get(self, key: str) -> Actor | None:
        """Give an actor that was found less than so many seconds ago."""
        until, actor = self._found.get(key, (0.0, None))
        return actor if time.monotonic() < until else None

    def keep(self, key: str, actor: Actor) -> None:
        """Remember an actor for a while."""
        if len(self._found) >= _MOST_REMEMBERED:
            self._found.clear()
        self._found[key] = (time.monotonic() + self._seconds, actor)

    def forget(self) -> None:
        """Forget all, because something about them changed."""
        self._found.clear()


def forget_actors(app: FastAPI) -> None:
    """Look every actor up again: organisations, members, keys or regions were changed."""
    actors: Actors = app.state.actors
    actors.forget()


def right_needed(request: Request) -> str | None:
    """Name the right that the address of a request takes; None when it names none."""
    route: APIRoute = request.scope["route"]
    return (route.openapi_extra or {}).get(_ACCESS)


async def forgets_actors(request: Request) -> AsyncIterator[None]:
    """Look every actor up again after a request that changed what actors are made of."""
    yield
    if request.method not in _SAFE:
        forget_actors(request.app)


async def admitted(request: Request) -> None:
    """Find out who asks, and refuse what its roles do not allow. An operation says which right.

    Raises
    ------
    NotAuthenticated
        Without valid credentials.
    NotAllowed
        When no role of the caller has the right, and for everybody when the operation names none.
    """
    name = right_needed(request)
    if name == _EVERYBODY:
        return
    actor = await _actor(request)
    cell = "none" if name is None else cell_for(name, actor.roles)
    if cell == "none" or not (actor.may_change or request.method in _SAFE):
        raise NotAllowed
    request.state.caller = Caller(actor, EVERYWHERE if cell == "all" else actor.reach)


async def _actor(request: Request) -> Actor:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotAuthenticated
    if is_key(credentials):
        return await _actor_of_key(request.app, credentials)
    return await _actor_of_token(request.app, credentials)


async def _actor_of_key(app: FastAPI, key: str) -> Actor:
    settings: Settings = app.state.settings
    actors: Actors = app.state.actors
    hashed = key_hash(settings.key_secret.get_secret_value(), key)
    look = partial(actor_of_key, id_=id_in(key))
    found = actors.get(hashed) or await _look_up(app, hashed, look, hashed)
    if found is None:
        raise NotAuthenticated
    return found


async def _actor_of_token(app: FastAPI, text: str) -> Actor:
    issuer: Issuer = app.state.issuer
    actors: Actors = app.state.actors
    # Checked every time: it ends by itself, also within the seconds that an actor is remembered.
    token = await issuer.read(text)
    place = f"subject {token.subject}"
    found = actors.get(place) or await _look_up(app, place, actor_of_subject, token.subject)
    if found is None:
        # We know who it is, and nobody here has given it a role.
        raise NotAllowed
    return replace(found, may_change=token.may_change)


async def _look_up(
    app: FastAPI,
    place: str,
    look: Callable[[Session, str, datetime], Actor | None],
    wanted: str,
) -> Actor | None:
    actors: Actors = app.state.actors
    async with reading_in_turn(app) as session:
        found = await run_in_threadpool(look, session, wanted, datetime.now(UTC))
    if found is not None:
        actors.keep(place, found)
    return found


def caller_of(request: Request) -> Caller:
    """Give whoever was admitted."""
    caller: Caller = request.state.caller
    return caller


async def _caller(request: Request) -> Caller:
    return caller_of(request)


async def author_of(request: Request) -> Author:
    """Give whoever was admitted as the author of a change, with the reason that it gave.

    Raises
    ------
    InvalidDocument
        When `Change-Reason` cannot be read.
    """
    return Author(caller_of(request), _reason(request), request_id=str(uuid4()))


CallerDep = Annotated[Caller, Depends(_caller)]
WriterDep = Annotated[Author, Depends(author_of)]


def _reason(request: Request) -> str | None:
    given = request.headers.get("change-reason", "").strip()
    if not given:
        return None
    try:
        if len(given) > _LONGEST_HEADER:
            raise ValueError(given)
        reason = unquote(given, errors="strict").strip()
    except ValueError:
        reason = ""
    if not 0 < len(reason) <= _LONGEST_REASON or not reason.isprintable():
        message = (
            f"Write Change-Reason as percent-encoded UTF-8 of at most {_LONGEST_REASON} "
            "characters on one line."
        )
        raise InvalidDocument([Fault("", "unreadable_header", message)])
    return reason
