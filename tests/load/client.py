"""Many clients that ask for the same addresses again and again, each on a connection of its own.

Raw HTTP/1.1: a real client library would take more of the machine than the server does.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle


@dataclass(frozen=True)
class Target:
    """What to ask, one path after the other, where, and with which headers."""

    host: str
    port: int
    paths: Sequence[str]
    headers: Sequence[tuple[str, str]] = ()

    def requests(self) -> list[bytes]:
        """Give the bytes of one request for each path."""
        headers = [("Host", f"{self.host}:{self.port}"), *self.headers]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return [f"GET {path} HTTP/1.1\r\n{head}\r\n".encode() for path in self.paths]


@dataclass
class Tally:
    """What came back: how long each answer took [s], what was not 200, and the bytes of one."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    body_bytes: int = 0


async def ask_again_and_again(target: Target, clients: int, warm_up: float, during: float) -> Tally:
    """Ask with so many clients at once; only answers after the warm-up count.

    Parameters
    ----------
    target
        What to ask.
    clients
        How many connections; each sends its next request as soon as it has its answer.
    warm_up, during
        How long before counting begins, and how long it lasts [s].
    """
    tally = Tally()
    begin = time.perf_counter() + warm_up
    end = begin + during
    await asyncio.gather(*(_one_client(target, begin, end, tally) for _ in range(clients)))
    return tally


async def _one_client(target: Target, begin: float, end: float, tally: Tally) -> None:
    reader, writer = await asyncio.open_connection(target.host, target.port, limit=2**20)
    requests = cycle(target.requests())
    now = time.perf_counter()
    while now < end:
        writer.write(next(requests))
        status, length = await _answer(reader)
        done = time.perf_counter()
        if begin <= now and done <= end:
            tally.seconds.append(done - now)
            tally.failures += status != b"200"
            tally.body_bytes = length
        now = done
    writer.close()
    await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    await reader.readexactly(length)
    return head.split(b" ", 2)[1], length
