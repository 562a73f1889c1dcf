"""The table of money over HTTP: whole cents, and what an equal burden would settle."""

from typing import Any

import httpx
import pytest

from tests.api.quota.two_municipalities import inhabitants, two_municipalities
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add, body


@pytest.fixture
def api_with_two(api: httpx.Client) -> httpx.Client:
    """An API that knows two municipalities, a key by population, and no money."""
    two_municipalities(api)
    add(api, "allocation-keys")
    return api


def spent(api: httpx.Client, cents: int, municipality: str = AMSTERDAM, **changes: Any) -> None:
    """Tell what a municipality spends in 2027."""
    line = {"kind": "cost", "cents": cents, "municipality": municipality, **changes}
    add(api, "money-lines", **line)


def received(api: httpx.Client, cents: int, municipality: str = AMSTERDAM, **changes: Any) -> None:
    """Tell what a municipality receives in 2027."""
    spent(api, cents, municipality, **{"kind": "funding", **changes})


def table(api: httpx.Client, **query: str) -> Body:
    """Read the table of the region."""
    answer = api.get("/v1/money", params={"region": "mra", **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def numbers(found: Body, *names: str) -> list[tuple[Any, ...]]:
    """Pick numbers of every row and of the totals after them."""
    return [tuple(row[name] for name in names) for row in (*found["rows"], found["totals"])]


def test_cost_and_funding_are_cents_and_add_up(api_with_two: httpx.Client) -> None:
    spent(api_with_two, 10_050)
    spent(api_with_two, 5_001)
    received(api_with_two, 7_000)
    spent(api_with_two, 3_000, HAARLEMMERMEER)
    received(api_with_two, 4_000, HAARLEMMERMEER)

    found = table(api_with_two)

    assert [row["municipality"] for row in found["rows"]] == [AMSTERDAM, HAARLEMMERMEER]
    assert numbers(found, "cost", "received", "net") == [
        (15_051, 7_000, 8_051),
        (3_000, 4_000, -1_000),
        (18_051, 11_000, 7_051),
    ]


def test_an_equal_burden_by_key_settles_to_zero_to_the_cent(api_with_two: httpx.Client) -> None:
    inhabitants(api_with_two, GM0363=200, GM0394=100)
    spent(api_with_two, 1_000)
    received(api_with_two, 0)
    spent(api_with_two, 0, HAARLEMMERMEER)
    received(api_with_two, 0, HAARLEMMERMEER)

    found = table(api_with_two, allocationKey="by_population")

    assert numbers(found, "net", "equalBurden", "settle") == [
        (1_000, 667, -333),
        (0, 333, 333),
        (1_000, 1_000, 0),
    ]


def test_without_a_key_nothing_is_settled(api_with_two: httpx.Client) -> None:
    spent(api_with_two, 1_000)
    received(api_with_two, 400)

    assert numbers(table(api_with_two), "equalBurden", "settle") == [(None, None)] * 3


def test_money_that_nobody_told_is_unknown_and_so_is_every_sum_with_it(
    api_with_two: httpx.Client,
) -> None:
    inhabitants(api_with_two, GM0363=200, GM0394=100)
    spent(api_with_two, 1_000)
    received(api_with_two, 400)
    spent(api_with_two, 500, HAARLEMMERMEER)

    found = table(api_with_two, allocationKey="by_population")

    assert numbers(found, "cost", "received", "net", "settle") == [
        (1_000, 400, 600, None),
        (500, None, None, None),
        (1_500, None, None, None),
    ]
    assert (found["totals"]["counted"], found["totals"]["known"]) == (2, 1)


def test_who_wants_to_compare_the_others_leaves_the_unknown_out(
    api_with_two: httpx.Client,
) -> None:
    inhabitants(api_with_two, GM0363=200)
    spent(api_with_two, 1_000)
    received(api_with_two, 400)

    found = table(api_with_two, allocationKey="by_population", unknownFigures="leaveOut")

    assert numbers(found, "cost", "net", "equalBurden", "settle") == [
        (1_000, 600, 600, 0),
        (None, None, None, None),
        (1_000, 600, 600, 0),
    ]
    assert (found["totals"]["municipalities"], found["totals"]["counted"]) == (2, 1)


def test_a_line_counts_as_a_whole_in_the_stretch_that_it_begins_in(
    api_with_two: httpx.Client,
) -> None:
    spent(api_with_two, 100, start="2027-01-01", end="2027-12-31")
    spent(api_with_two, 20, start="2027-06-01", end="2028-05-31")
    spent(api_with_two, 3, start="2028-01-01", end="2028-12-31")

    first = table(api_with_two, **{"from": "2027-01-01", "to": "2027-12-31"})
    second = table(api_with_two, **{"from": "2028-01-01"})
    both = table(api_with_two)

    assert (first["from"], first["to"]) == ("2027-01-01", "2027-12-31")
    assert [found["rows"][0]["cost"] for found in (first, second, both)] == [120, 3, 123]


def test_the_key_uses_figures_of_the_last_day_or_earlier(api_with_two: httpx.Client) -> None:
    inhabitants(api_with_two, day="2027-01-01", GM0363=100, GM0394=100)
    inhabitants(api_with_two, day="2028-01-01", GM0363=300, GM0394=100)
    spent(api_with_two, 1_000)
    received(api_with_two, 0)
    spent(api_with_two, 0, HAARLEMMERMEER)
    received(api_with_two, 0, HAARLEMMERMEER)

    then = table(api_with_two, allocationKey="by_population", to="2027-12-31")
    now = table(api_with_two, allocationKey="by_population")

    assert [found["rows"][1]["settle"] for found in (then, now)] == [500, 250]


def test_a_key_without_figures_is_told_and_not_guessed(api_with_two: httpx.Client) -> None:
    inhabitants(api_with_two, GM0363=200)
    spent(api_with_two, 1_000)
    received(api_with_two, 0)
    spent(api_with_two, 0, HAARLEMMERMEER)
    received(api_with_two, 0, HAARLEMMERMEER)

    answer = api_with_two.get(
        "/v1/money", params={"region": "mra", "allocationKey": "by_population"}
    )

    assert answer.status_code == 409
    assert answer.json()["missing"] == [{"indicator": "population", "municipality": HAARLEMMERMEER}]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"region": "nowhere"}, ("?region", "unknown_id")),
        ({"allocationKey": "nothing"}, ("?allocationKey", "unknown_id")),
        ({"from": "2028-01-01", "to": "2027-12-31"}, ("?to", "not_in_order")),
    ],
)
def test_a_question_about_nothing_is_refused(
    api_with_two: httpx.Client, query: dict[str, str], fault: tuple[str, str]
) -> None:
    answer = api_with_two.get("/v1/money", params={"region": "mra", **query})

    assert answer.status_code == 400
    assert [(told["pointer"], told["code"]) for told in answer.json()["errors"]] == [fault]


def test_the_money_of_a_commitment_is_listed_with_it(api_with_two: httpx.Client) -> None:
    add(api_with_two, "periods")
    commitment = add(api_with_two, "commitments")["id"]
    received(api_with_two, 780_000, commitment=commitment)
    received(api_with_two, 1, fund="Another fund")

    listed = api_with_two.get("/v1/money-lines", params={"commitment": commitment}).json()

    assert [(row["fund"], row["cents"]) for row in listed["items"]] == [
        ("Grant for homes for priority groups", 780_000)
    ]


@pytest.mark.parametrize("cents", [-1, 0.5, "100", 10**12 + 1])
def test_an_amount_is_a_whole_number_of_cents(api_with_two: httpx.Client, cents: object) -> None:
    answer = api_with_two.post("/v1/money-lines", json=body("money-lines", cents=cents))

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/cents"]


def test_money_for_a_time_that_ends_before_it_starts_is_refused(
    api_with_two: httpx.Client,
) -> None:
    backwards = body("money-lines", start="2027-12-31", end="2027-01-01")
    answer = api_with_two.post("/v1/money-lines", json=backwards)

    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/end"]
