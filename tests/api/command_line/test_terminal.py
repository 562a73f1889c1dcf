"""What a person asks is sent as it was meant, and a whole list is read."""

import httpx
import pytest
import typer

from services.api.command_line.options import pairs
from services.api.command_line.terminal import Terminal, every
from services.api.demo.conversation import RefusedByApi


def answering(request: httpx.Request) -> httpx.Response:
    """Three pages of one row each, which remember the filter."""
    page = int(request.url.params.get("offset", "0"))
    filtered = request.url.params["state"]
    following = f'</v1/needs?state={filtered}&limit=200&offset={page + 1}>; rel="next"'
    headers = {"Link": following} if page < 2 else {}
    return httpx.Response(200, json={"items": [{"id": page, "state": filtered}]}, headers=headers)


def test_a_list_is_read_to_its_last_page() -> None:
    with httpx.Client(transport=httpx.MockTransport(answering), base_url="http://api") as client:
        rows = every(client, "/v1/needs", {"state": "agreed", "group": None})

    assert rows == [{"id": page, "state": "agreed"} for page in range(3)]


def test_an_answer_that_is_no_json_is_a_refusal_too() -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(502, text="Bad gateway")

    with (
        httpx.Client(transport=httpx.MockTransport(broken), base_url="http://api") as client,
        pytest.raises(RefusedByApi, match="Bad gateway"),
    ):
        every(client, "/v1/needs")


def test_the_key_goes_in_the_header_and_no_key_is_no_header() -> None:
    with Terminal("http://api", "evw_key", "nl", as_json=False).client() as client:
        assert client.headers["Authorization"] == "Bearer evw_key"
    with Terminal("http://api", "", "nl", as_json=False).client() as client:
        assert "Authorization" not in client.headers


def test_a_value_may_hold_an_equals_sign() -> None:
    assert pairs("--set", ["note=a=b", "source="]) == {"note": "a=b", "source": ""}


@pytest.mark.parametrize("given", [["note"], ["=x"], ["note=a", "note=b"]])
def test_what_is_not_a_pair_or_is_given_twice_is_refused(given: list[str]) -> None:
    with pytest.raises(typer.BadParameter):
        pairs("--set", given)
