"""OAuth 2.0 access tokens: signed by one issuer, for this API, and not for long.

How the token was asked for (client credentials or authorization code) makes no difference here.
Source: NL GOV Assurance profile for OAuth 2.0; RFC 9068; RFC 8725.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.api.access.errors import IdentityProviderAway, NotAllowed, NotAuthenticated

READ, WRITE = "evenwicht:read", "evenwicht:write"
ALGORITHMS = ("RS256", "PS256")
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
# What reading a key set that is none can end in.
_NO_KEYS = (httpx.HTTPError, JoseError, ValueError, TypeError, KeyError, AttributeError)
_LONGEST_TOKEN = 8_000
_LARGEST_KEY_SET = 256_000
# 2,048 bits, as a JWK writes them in base64.
_SHORTEST_MODULUS = 342
# Clocks of two machines differ a little.
_LEEWAY_SECONDS = 30
_KEPT_SECONDS = 600.0
_KEPT_WHILE_AWAY_SECONDS = 3_600.0
_BETWEEN_LOOKS_SECONDS = 60.0
_BETWEEN_FAILURES_SECONDS = 5.0
_FETCHED_WITHIN_SECONDS = 5.0


@dataclass(frozen=True)
class Token:
    """What a valid token says: whose it is, and whether it is also for changing things."""

    subject: str
    may_change: bool


class Issuer:
    """The one issuer whose tokens are accepted, with its public keys.

    Parameters
    ----------
    name, audience
        What a token must have as `iss`, and in `aud`.
    jwks_url
        Where its keys are.
    clock
        Seconds that only go up.
    clients
        To which clients a token may have been given, as its `azp` or else its `client_id` says;
        empty: to all clients of the issuer.
    """

    def __init__(
        self,
        name: str,
        audience: str,
        jwks_url: str,
        clock: Callable[[], float] = time.monotonic,
        clients: Iterable[str] = (),
    ) -> None:
        self._clients = frozenset(clients)
        self._name, self._jwks_url, self._clock = name, jwks_url, clock
        self._claims = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": name},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._keys: dict[str, Any] = {}
        self._fetched, self._looked, self._failed = -1e9, -1e9, -1e9
        self._one_at_a_time = asyncio.Lock()

    async def read(self, text: str) -> Token:
        """Check a token.

        Raises
        ------
        NotAuthenticated
            When it is not valid, whatever the reason.
        NotAllowed
            When it is valid and has no scope of this API.
        IdentityProviderAway
            When it cannot be checked.
        """
        if not self._name or len(text) > _LONGEST_TOKEN:
            raise NotAuthenticated
        try:
            key = await self._key(_key_id(text))
            claims = jwt.decode(text, key, list(ALGORITHMS)).claims
            self._claims.validate(claims)
            self._refuse_other_clients(claims)
            return _token(claims)
        # What is not made as a token should be fails in many ways, and all of them mean no.
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise NotAuthenticated from error

    def _refuse_other_clients(self, claims: dict[str, Any]) -> None:
        # Source: NL GOV profile, `azp`; RFC 9068, section 2.2, `client_id`.
        if self._clients and claims.get("azp", claims.get("client_id")) not in self._clients:
            raise NotAuthenticated

    async def _key(self, key_id: str) -> Any:
        async with self._one_at_a_time:
            now = self._clock()
            unknown = key_id not in self._keys and now - self._looked > _BETWEEN_LOOKS_SECONDS
            if now - self._fetched > _KEPT_SECONDS or unknown:
                await self._look_again(now)
        return self._keys[key_id]

    async def _look_again(self, now: float) -> None:
        try:
            if now - self._failed < _BETWEEN_FAILURES_SECONDS:
                raise IdentityProviderAway
            self._keys = await self._fetch()
            self._fetched = self._looked = now
        except (*_NO_KEYS, IdentityProviderAway) as error:
            if not isinstance(error, IdentityProviderAway):
                self._failed = now
            if now - self._fetched > _KEPT_WHILE_AWAY_SECONDS:
                raise IdentityProviderAway from error

    async def _fetch(self) -> dict[str, Any]:
        async with (
            httpx.AsyncClient(timeout=_FETCHED_WITHIN_SECONDS) as client,
            client.stream("GET", self._jwks_url) as answer,
        ):
            answer.raise_for_status()
            content = b""
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > _LARGEST_KEY_SET:
                    raise ValueError("the key set is too large")
        return _usable(httpx.Response(200, content=content).json())


def _usable(key_set: Any) -> dict[str, Any]:
    """Keep the keys that may sign tokens; whatever else an issuer publishes is left alone."""
    signing = [
        key
        for key in key_set["keys"]
        if key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and key.get("kid")
        and len(key.get("n", "")) >= _SHORTEST_MODULUS
    ]
    keys = KeySet.import_key_set({"keys": signing}).keys if signing else []
    return {str(key.kid): key for key in keys}


def _key_id(text: str) -> str:
    header = jws.extract_compact(text.encode("ascii")).headers()
    if str(header["typ"]).lower() not in _TYPES or header["alg"] not in ALGORITHMS:
        raise ValueError("this is no access token")
    key_id = header["kid"]
    if not isinstance(key_id, str):
        raise TypeError("a key has a text as its id")
    return key_id


def _token(claims: dict[str, Any]) -> Token:
    subject, scopes = claims["sub"], str(claims.get("scope", "")).split()
    if not isinstance(subject, str) or not subject:
        raise TypeError("a subject is a text")
    if not {READ, WRITE} & set(scopes):
        raise NotAllowed
    return Token(subject, WRITE in scopes)
