"""A registry with what files refer to."""

import httpx
import pytest

from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, add


@pytest.fixture
def registry(api: httpx.Client) -> httpx.Client:
    """A client of a registry with two municipalities, two groups and two periods."""
    add(api, "municipalities", code=AMSTERDAM, name="Amsterdam")
    add(api, "municipalities", code=HAARLEMMERMEER, name="Haarlemmermeer")
    add(api, "housing-forms")
    add(api, "target-groups", id="status_holders")
    add(api, "target-groups", id="students")
    add(api, "periods", id="2027", start="2027-01-01", end="2027-12-31")
    add(api, "periods", id="2028", start="2028-01-01", end="2028-12-31")
    return api
