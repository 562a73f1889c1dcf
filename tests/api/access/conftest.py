"""A registry with one organisation, and an issuer of tokens."""

from collections.abc import Iterator

import httpx
import pytest

from tests.api.access.accounts import organisation
from tests.api.access.issuers import Publisher, publishing
from tests.api.rows import HAARLEMMERMEER, add


@pytest.fixture(name="made")
def api_with_a_municipality(api: httpx.Client) -> httpx.Client:
    """A client of an API with two municipalities, their region, and one organisation."""
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "municipalities")
    add(api, "regions")
    assert api.post("/v1/organisations", json=organisation()).status_code == 201
    return api


@pytest.fixture(scope="module", name="keys")
def published_keys() -> Iterator[Publisher]:
    """Keys that stay the same."""
    with publishing() as publisher:
        yield publisher
