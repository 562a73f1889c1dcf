"""Rows of every noun that a test can start from, taken from the examples in the reference."""

from typing import Any, NamedTuple

import httpx
from pydantic.alias_generators import to_camel

from services.api.crud.router import example_of
from services.api.nouns import BY_PATH

Body = dict[str, Any]


class Filled(NamedTuple):
    """A client, and the rows that the registry behind it has, one per noun."""

    api: httpx.Client
    rows: dict[str, Body]


AMSTERDAM = "GM0363"
HAARLEMMERMEER = "GM0394"

NOUNS = BY_PATH
EXAMPLES: dict[str, Body] = {path: example_of(noun.noun) for path, noun in NOUNS.items()}


def body(noun: str, **changes: Any) -> Body:
    """Take the example of a noun without its own id, with some fields changed."""
    example = {name: value for name, value in EXAMPLES[noun].items() if not is_uuid(noun, name)}
    return {**example, **changes}


def is_uuid(noun: str, field: str) -> bool:
    """Whether this field is an id that the API makes itself."""
    return field == "id" and len(EXAMPLES[noun]["id"]) == 36


def id_of(noun: str, row: Body) -> str:
    """Give the id of a row."""
    return str(row[to_camel(NOUNS[noun].noun.id_field)])


def add(api: httpx.Client, noun: str, **changes: Any) -> Body:
    """Add a row and give it as it was stored."""
    answer = api.post(f"/v1/{noun}", json=body(noun, **changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fill(api: httpx.Client) -> dict[str, Body]:
    """Add one row of every noun, and the second municipality that some of them need."""
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    return {noun: add(api, noun) for noun in NOUNS}
