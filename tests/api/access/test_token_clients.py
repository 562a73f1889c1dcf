"""Tokens may be limited to those of some clients of the issuer."""

import asyncio
from typing import Any

import pytest

from services.api.access.errors import NotAuthenticated
from services.api.access.tokens import Issuer
from tests.api.access.issuers import AUDIENCE, NAME, SUBJECT, Publisher, token


def of_client(publisher: Publisher, text: str) -> str:
    """Read a token where only those of two clients are accepted."""
    issuer = Issuer(NAME, AUDIENCE, publisher.url, clients=["portal", "link"])
    return asyncio.run(issuer.read(text)).subject


@pytest.mark.parametrize("told", [{"azp": "portal"}, {"client_id": "link"}])
def test_a_token_of_a_client_that_is_accepted_is_good(
    keys: Publisher, told: dict[str, str]
) -> None:
    assert of_client(keys, token(**told)) == SUBJECT


@pytest.mark.parametrize(
    "told",
    [{}, {"azp": "other"}, {"azp": ["portal"]}, {"azp": "other", "client_id": "portal"}],
    ids=["no client", "another", "a list", "two names"],
)
def test_a_token_of_another_client_is_refused(keys: Publisher, told: dict[str, Any]) -> None:
    with pytest.raises(NotAuthenticated):
        of_client(keys, token(**told))
