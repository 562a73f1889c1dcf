"""Send one event to one address, and never anywhere else."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from services.api.webhooks.addresses import look_up, read_address
from services.api.webhooks.errors import AddressRefused

_CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
_OK = range(200, 300)


@dataclass(frozen=True)
class Post:
    """How events are sent: how long a receiver may take [s], and whether it may be private."""

    seconds: float
    private: bool


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: the status of the answer, if there was one."""

    status: int | None

    @property
    def arrived(self) -> bool:
        """Whether the receiver says that it has the event."""
        return self.status in _OK


def send(url: str, body: bytes, headers: Mapping[str, str], post: Post) -> Outcome:
    """Send, and wait for the status of the answer.

    The address is read and looked up anew each time, and the connection goes to the number that
    was found. Nothing of the answer but its status is read, and a redirect is a failure.
    """
    return asyncio.run(_in_time(url, body, headers, post))


async def _in_time(url: str, body: bytes, headers: Mapping[str, str], post: Post) -> Outcome:
    try:
        # Over all: a receiver that sends one byte now and then would otherwise hold us for days.
        async with asyncio.timeout(post.seconds):
            return Outcome(await _answered(url, body, headers, post))
    except (AddressRefused, httpx.HTTPError, TimeoutError, ssl.SSLError, OSError):
        return Outcome(None)


async def _answered(url: str, body: bytes, headers: Mapping[str, str], post: Post) -> int:
    address = read_address(url, private=post.private)
    number = await asyncio.to_thread(look_up, address, private=post.private)
    given = httpx.URL(url)
    target = given.copy_with(host=number)
    sent = {**headers, "Host": given.netloc.decode(), "Content-Type": _CONTENT_TYPE}
    named = {"sni_hostname": address.host}
    async with (
        # No proxy, no credentials and no trust from the environment; no redirect to elsewhere.
        httpx.AsyncClient(
            verify=_trusted(), trust_env=False, follow_redirects=False, timeout=post.seconds
        ) as client,
        client.stream("POST", target, content=body, headers=sent, extensions=named) as answer,
    ):
        return answer.status_code


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
