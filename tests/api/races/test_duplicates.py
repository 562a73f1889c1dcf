"""A request that many send at the same moment has one effect, and all get the same answer."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from uuid import uuid4

import httpx

from services.api.answers_once.replay import HEADER, REPLAYED
from tests.api.races.sizes import DUPLICATES, MOST_CLIENTS
from tests.api.rows import Body, body

KEYS = DUPLICATES // MOST_CLIENTS


def test_of_very_many_duplicates_one_per_key_is_carried_out_and_all_get_its_answer(
    api: httpx.Client,
) -> None:
    told = send_duplicates(api)

    assert [len(answers) for answers in told] == [MOST_CLIENTS] * KEYS
    assert [carried_out(answers) for answers in told] == [1] * KEYS
    assert [different(answers) for answers in told] == [1] * KEYS
    assert {answers[0].status_code for answers in told} == {201}
    assert [versions(api, answers) for answers in told] == [1] * KEYS
    assert api.get("/v1/periods").json()["total"] == KEYS


def send_duplicates(api: httpx.Client) -> list[list[httpx.Response]]:
    """Let fifty clients send the same request, for each of many keys; gives all answers per key."""
    wanted = {str(uuid4()): _period(number) for number in range(KEYS)}

    def send(key: str) -> httpx.Response:
        return api.post("/v1/periods", json=wanted[key], headers={HEADER: key})

    # All with one key stand beside each other, so that every client sends it at the same moment.
    sent = [key for key, _ in product(wanted, range(MOST_CLIENTS))]
    with ThreadPoolExecutor(MOST_CLIENTS) as clients:
        answers = list(clients.map(send, sent))
    return [answers[place : place + MOST_CLIENTS] for place in range(0, DUPLICATES, MOST_CLIENTS)]


def carried_out(answers: list[httpx.Response]) -> int:
    return sum(REPLAYED not in answer.headers for answer in answers)


def different(answers: list[httpx.Response]) -> int:
    return len({(answer.status_code, answer.content) for answer in answers})


def versions(api: httpx.Client, answers: list[httpx.Response]) -> int:
    return int(api.get(f"{answers[0].headers['Location']}/versions").json()["total"])


def _period(number: int) -> Body:
    year = 2100 + number
    return body("periods", id=f"p-{uuid4()}", start=f"{year}-01-01", end=f"{year}-06-30")
