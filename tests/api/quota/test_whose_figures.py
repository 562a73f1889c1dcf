"""Everybody sees its own line of the ledger and its own row of the money, and the region's sums."""

import httpx
import pytest

from services.api.access.actor import Role
from services.api.database import reading
from services.api.quota_ledger.service import task_of
from services.api.realisations.service import of_commitment
from tests.api.commitments.people import People, Somebody, people_of
from tests.api.conftest import RunningApi
from tests.api.quota.two_municipalities import balance, housed, inhabitants, ledger, quota
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER, Body, add, body

LEDGER = "/v1/quota-ledger?halfYear=2025-I"
MONEY = "/v1/money?allocationKey=by_population"


@pytest.fixture
def people(api: httpx.Client, running_api: RunningApi) -> People:
    """Two municipalities with a quota of 50 and 10, a region around them, and a corporation."""
    people = people_of(api, running_api.engine)
    add(api, "indicators")
    add(api, "allocation-keys")
    quota(api, 1_000)
    inhabitants(api, GM0363=50_000, GM0394=10_000)
    return people


def seen(somebody: Somebody, address: str) -> Body:
    answer = somebody.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def lines(found: Body) -> list[str]:
    return [row["municipality"] for row in found["lines"]]


def test_a_municipality_sees_its_own_line_and_the_sums_of_its_region(people: People) -> None:
    found = seen(people.of_amsterdam(Role.READER), f"{LEDGER}&region=mra")

    assert lines(found) == [AMSTERDAM]
    assert (found["totals"]["municipalities"], found["totals"]["task"]) == (2, 60)


def test_without_a_region_it_sees_its_own_line_only(people: People) -> None:
    found = seen(people.of_haarlemmermeer(Role.READER), LEDGER)

    assert (lines(found), found["totals"]) == ([HAARLEMMERMEER], None)


def test_the_line_of_another_looks_like_that_of_a_municipality_that_does_not_exist(
    people: People,
) -> None:
    reader = people.of_amsterdam(Role.READER)

    other = seen(reader, f"{LEDGER}&municipality={HAARLEMMERMEER}")
    nobody = seen(reader, f"{LEDGER}&municipality=GM9999")

    assert other == nobody
    assert other["lines"] == []


def test_the_region_sees_every_line(people: People) -> None:
    found = seen(people.of_region(Role.PLANNER), f"{LEDGER}&region=mra")

    assert lines(found) == [AMSTERDAM, HAARLEMMERMEER]


def test_a_corporation_has_no_line_and_no_region(people: People) -> None:
    corporation = people.of_corporation(Role.READER)

    assert lines(seen(corporation, LEDGER)) == []
    assert corporation.get(f"{LEDGER}&region=mra").status_code == 400


@pytest.mark.parametrize("address", [f"{LEDGER}&region=", f"{MONEY}&region="])
def test_a_foreign_region_looks_like_one_that_does_not_exist(people: People, address: str) -> None:
    corporation = people.of_corporation(Role.READER)
    foreign, missing = (corporation.get(f"{address}{region}") for region in ("mra", "xyz"))

    assert foreign.status_code == missing.status_code == 400
    assert foreign.text.replace("mra", "xyz") == missing.text


def test_leaving_out_what_is_unknown_does_not_tell_the_money_of_one_other(people: People) -> None:
    add(people.api, "money-lines", municipality=HAARLEMMERMEER, kind="cost", cents=7_001)
    add(people.api, "money-lines", municipality=HAARLEMMERMEER, kind="funding", cents=0)
    address = f"{MONEY}&region=mra&unknownFigures=leaveOut"

    of_another = seen(people.of_amsterdam(Role.READER), address)
    of_all = seen(people.of_region(Role.PLANNER), address)

    assert (of_another["totals"]["counted"], of_another["totals"]["cost"]) == (0, None)
    assert (of_all["totals"]["counted"], of_all["totals"]["cost"]) == (1, 7_001)


def test_a_municipality_sees_its_own_money_and_the_sums_of_its_region(people: People) -> None:
    for code, cents in ((AMSTERDAM, 600), (HAARLEMMERMEER, 0)):
        add(people.api, "money-lines", municipality=code, kind="cost", cents=cents)
        add(people.api, "money-lines", municipality=code, kind="funding", cents=0)

    found = seen(people.of_haarlemmermeer(Role.READER), f"{MONEY}&region=mra")

    assert [(row["municipality"], row["settle"]) for row in found["rows"]] == [
        (HAARLEMMERMEER, 100)
    ]
    assert (found["totals"]["net"], found["totals"]["settle"]) == (600, 0)


def test_a_realisation_is_seen_by_all_three_municipalities_and_by_nobody_else(
    people: People,
) -> None:
    row = housed(people.api, 40, host=HAARLEMMERMEER)
    address = f"/v1/realisations/{row['id']}"

    assert people.of_amsterdam(Role.READER).get(address).json() == row
    assert people.of_haarlemmermeer(Role.READER).get(address).json() == row
    assert people.of_corporation(Role.READER).get(address).status_code == 404


def test_only_the_host_reports_and_changes_a_realisation(people: People) -> None:
    row = housed(people.api, 40, host=HAARLEMMERMEER)
    address, changed = f"/v1/realisations/{row['id']}", {**row, "persons": 41}

    assert people.of_amsterdam(Role.EDITOR).put(address, changed).status_code == 403
    assert people.of_haarlemmermeer(Role.EDITOR).put(address, changed).status_code == 200


@pytest.mark.parametrize(
    ("noun", "owner"), [("realisations", "host"), ("money-lines", "municipality")]
)
def test_the_commitment_of_another_is_an_unknown_id(people: People, noun: str, owner: str) -> None:
    commitment = add(people.api, "commitments")["id"]
    all_of_them = dict.fromkeys(("responsible", "credited"), HAARLEMMERMEER)
    given = body(noun, commitment=commitment, **{owner: HAARLEMMERMEER})
    row = {**given, **{name: code for name, code in all_of_them.items() if name in given}}

    answer = people.of_haarlemmermeer(Role.EDITOR).post(f"/v1/{noun}", row)

    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/commitment"]


def test_an_editor_tells_no_balance_but_the_planner_of_the_region_does(people: People) -> None:
    row = body("quota-balances")

    assert people.of_amsterdam(Role.EDITOR).post("/v1/quota-balances", row).status_code == 403
    assert people.of_region(Role.PLANNER).post("/v1/quota-balances", row).status_code == 201


def test_a_trade_moves_a_part_of_the_task_once_both_have_signed(people: People) -> None:
    before = ledger(people.api, region="mra")["totals"]
    trade = {
        "fromMunicipality": AMSTERDAM,
        "toMunicipality": HAARLEMMERMEER,
        "halfYear": "2025-I",
        "persons": 12,
        "reason": "Haarlemmermeer has a transit location.",
    }
    address = people.of_region().post("/v1/trades", trade).headers["Location"]
    people.of_amsterdam().does(f"{address}/signatures")
    with_one = corrected(people)
    people.of_haarlemmermeer().does(f"{address}/signatures")
    after = ledger(people.api, region="mra")["totals"]

    assert with_one == [50, 10]
    assert corrected(people) == [38, 22]
    assert after["correctedTask"] == before["correctedTask"] == 60
    assert (after["tradedIn"], after["tradedOut"]) == (12, 12)


def corrected(people: People) -> list[int]:
    return [row["correctedTask"] for row in ledger(people.api)["lines"]]


def test_nobody_gives_more_than_its_task(people: People) -> None:
    trade = {
        "fromMunicipality": HAARLEMMERMEER,
        "toMunicipality": AMSTERDAM,
        "halfYear": "2025-I",
        "persons": 11,
        "reason": "More than there is.",
    }
    address = people.of_region().post("/v1/trades", trade).headers["Location"]
    people.of_amsterdam().does(f"{address}/signatures")

    assert people.of_haarlemmermeer().is_refused(f"{address}/signatures") == (409, "more_than_task")


def test_a_task_is_told_to_the_program_as_far_as_it_is_known(people: People) -> None:
    with reading(people.engine) as session:
        assert task_of(session, AMSTERDAM, "2025-I") == 50
        assert task_of(session, "GM0034", "2025-I") is None
        assert task_of(session, AMSTERDAM, "2025-II") is None


def test_the_realisations_of_a_commitment_are_found_whosever_they_are(people: People) -> None:
    commitment = add(people.api, "commitments")["id"]
    row = housed(people.api, 40, commitment=commitment)
    housed(people.api, 3)

    with reading(people.engine) as session:
        assert [found.id for found in of_commitment(session, commitment)] == [row["id"]]


def test_what_is_reported_keeps_every_version(people: People) -> None:
    balance(people.api, -276)
    (row,) = people.api.get("/v1/quota-balances").json()["items"]

    changed = people.api.put(f"/v1/quota-balances/{row['id']}", json={**row, "persons": -200})

    assert changed.headers["ETag"] == '"2"'
