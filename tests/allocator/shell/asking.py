"""How the shell's tests ask the allocator for something that takes a while."""

from contextlib import AbstractContextManager

import httpx

from tests.allocator.shell.documents import beside_each_other
from tests.processes import Allocator

EVENTS = {"Content-Type": "application/json", "Accept": "text/event-stream"}
# Solved long after whoever looks at it has seen enough.
LONG = beside_each_other(6)


def following(allocator: Allocator) -> AbstractContextManager[httpx.Response]:
    """Have a long problem solved and follow it; leaving the block breaks the connection."""
    url = f"{allocator.url}/v1/allocations"
    return httpx.stream("POST", url, content=LONG, headers=EVENTS, timeout=60.0)
