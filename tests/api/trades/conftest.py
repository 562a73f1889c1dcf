"""People who trade, on both databases."""

import httpx
import pytest

from tests.api.commitments.people import People, people_of
from tests.api.conftest import RunningApi


@pytest.fixture
def people(api: httpx.Client, running_api: RunningApi) -> People:
    """Two municipalities, their region and a corporation, in an otherwise empty registry."""
    return people_of(api, running_api.engine)
