"""An API with two municipalities, for every test of the quota."""

import httpx
import pytest

from tests.api.quota.two_municipalities import two_municipalities


@pytest.fixture
def api_with_two(api: httpx.Client) -> httpx.Client:
    """An API that knows two municipalities and no figures of them."""
    two_municipalities(api)
    return api
