"""What a planner's program says to the API: load figures, ask for a proposal, follow it."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

ASK_AGAIN_SECONDS = 0.2
ROWS_PER_PAGE = 200
_ENDED = frozenset({"ready", "infeasible", "failed", "cancelled"})
Row = dict[str, Any]


class RefusedByApi(Exception):
    """The API answered with an error; the message tells which and why."""

    def __init__(self, message: str, problem: Row) -> None:
        self.problem = problem
        super().__init__(message)


@dataclass(frozen=True)
class Loaded:
    """How many rows were added, and how many were there already."""

    added: int
    already_there: int


def load(
    client: httpx.Client,
    rows: Mapping[str, Sequence[Row]],
    told: Callable[[str, int], None],
) -> Loaded:
    """Add rows to the registry, in the order given; rows that exist are left as they are.

    Parameters
    ----------
    client
        A client whose base address is the API's.
    rows
        Noun in the path to its bodies; a noun comes after those that it refers to.
    told
        Called with the noun and the number of rows of each finished step.

    Raises
    ------
    RefusedByApi
        When the API refuses a row.
    """
    added = already_there = 0
    for noun, bodies in rows.items():
        known = _ids(client, noun)
        new = [body for body in bodies if body.get("id", body.get("code")) not in known]
        if new:
            accepted(client.post(f"/v1/{noun}/_import", json=new))
        added += len(new)
        already_there += len(bodies) - len(new)
        told(noun, len(bodies))
    return Loaded(added, already_there)


def _ids(client: httpx.Client, noun: str) -> set[str]:
    ids: set[str] = set()
    page: str | None = f"/v1/{noun}?limit={ROWS_PER_PAGE}"
    while page is not None:
        response = accepted(client.get(page))
        ids.update(row.get("id", row.get("code")) for row in response.json()["items"])
        page = response.links.get("next", {}).get("url")
    return ids


def ask(client: httpx.Client, question: Row) -> str:
    """Ask for a proposal; gives its address.

    Raises
    ------
    RefusedByApi
        With all faults.
    """
    response = accepted(client.post("/v1/proposals", json=question))
    return response.headers["Location"]


def follow(client: httpx.Client, address: str, told: Callable[[Row], None]) -> Row:
    """Ask for the state of a proposal until it has ended; gives its last state."""
    while True:
        proposal: Row = read(client, address)
        told(proposal)
        if proposal["state"] in _ENDED:
            return proposal
        time.sleep(ASK_AGAIN_SECONDS)


def read(client: httpx.Client, address: str) -> Any:
    """Read one resource.

    Raises
    ------
    RefusedByApi
        When the API answers with an error.
    """
    return accepted(client.get(address)).json()


def accepted(response: httpx.Response) -> httpx.Response:
    """Give an answer that is no error.

    Raises
    ------
    RefusedByApi
        With what the API tells about the error, and all faults.
    """
    if response.is_success:
        return response
    problem: Row = {}
    with suppress(ValueError):
        problem = response.json()
    lines = [f"{response.request.method} {response.request.url.path}: {response.status_code}"]
    lines.append(str(problem.get("detail", response.text[:500])))
    lines += [f"  {fault['pointer']}: {fault['detail']}" for fault in problem.get("errors", [])]
    raise RefusedByApi("\n".join(lines), problem)
