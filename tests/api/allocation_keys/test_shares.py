"""A planner asks which share each municipality has under a key."""

import httpx

from tests.api.rows import add

SHARES = "/v1/allocation-keys/by_population/shares"


def two_municipalities(api: httpx.Client) -> None:
    """Add a region of two municipalities, with a key by population, but without figures."""
    add(api, "municipalities")
    add(api, "municipalities", code="GM0394")
    add(api, "regions", municipalities=["GM0363", "GM0394"])
    add(api, "target-groups", size={})
    add(api, "indicators")
    add(api, "allocation-keys")


def add_population(api: httpx.Client, code: str, people: int, day: str = "2026-01-01") -> None:
    """Add a published population."""
    figure = {"low": None, "likely": people, "high": None, "referenceDate": day}
    add(api, "indicator-values", municipality=code, **figure)


def test_shares_are_exact_and_also_given_as_decimals(api: httpx.Client) -> None:
    two_municipalities(api)
    add_population(api, "GM0363", 100)
    add_population(api, "GM0394", 200)

    answer = api.get(SHARES, params={"region": "mra"})

    assert answer.status_code == 200
    assert answer.json() == {
        "key": "by_population",
        "region": "mra",
        "shares": [
            {"municipality": "GM0363", "numerator": "1", "denominator": "3", "share": 1 / 3},
            {"municipality": "GM0394", "numerator": "2", "denominator": "3", "share": 2 / 3},
        ],
    }


def test_missing_figures_are_named_all_at_once_and_are_not_zero(api: httpx.Client) -> None:
    two_municipalities(api)

    answer = api.get(SHARES, params={"region": "mra"})

    assert answer.status_code == 409
    assert answer.json()["title"] == "Figures missing"
    assert answer.json()["missing"] == [
        {"indicator": "population", "municipality": "GM0363"},
        {"indicator": "population", "municipality": "GM0394"},
    ]


def test_figures_that_are_all_zero_share_out_nothing(api: httpx.Client) -> None:
    two_municipalities(api)
    add_population(api, "GM0363", 0)
    add_population(api, "GM0394", 0)

    answer = api.get(SHARES, params={"region": "mra"})

    assert answer.status_code == 409
    assert answer.json()["title"] == "Nothing to share by"


def test_the_newest_figures_count_unless_an_earlier_day_is_asked_for(api: httpx.Client) -> None:
    two_municipalities(api)
    add_population(api, "GM0363", 100, "2025-01-01")
    add_population(api, "GM0363", 300, "2026-01-01")
    add_population(api, "GM0394", 100, "2025-01-01")

    newest = api.get(SHARES, params={"region": "mra"}).json()["shares"]
    earlier = api.get(SHARES, params={"region": "mra", "on": "2025-12-31"}).json()["shares"]

    assert [row["share"] for row in newest] == [0.75, 0.25]
    assert [row["share"] for row in earlier] == [0.5, 0.5]


def test_shares_are_asked_for_a_region_that_exists(api: httpx.Client) -> None:
    two_municipalities(api)

    without = api.get(SHARES)
    unknown = api.get(SHARES, params={"region": "nowhere"})
    no_key = api.get("/v1/allocation-keys/none/shares", params={"region": "mra"})

    assert [without.status_code, unknown.status_code, no_key.status_code] == [400, 400, 404]
    assert without.json()["errors"][0]["pointer"] == "?region"
    assert unknown.json()["errors"][0]["pointer"] == "?region"
