"""How commitments end: fulfilled, withdrawn or expired; and how far they are before."""

from datetime import date

import pytest

from services.api.access.actor import Role
from services.api.commitments.service import expire
from services.api.database import writing
from tests.api.commitments.people import People, agreed, counting, draft
from tests.api.rows import Body, body

REASON: Body = {"reason": "The homes are not built."}
AMENDMENT: Body = {"households": 60, "basis": "Amendment, art. 1", "reason": "Late."}


def reported(people: People, address: str, households: int | None, persons: int | None) -> None:
    """Report who were housed for a commitment, in the first quarter of its period."""
    row = body(
        "realisations",
        commitment=address[-36:],
        start="2027-01-01",
        end="2027-03-31",
        households=households,
        persons=persons,
    )
    answer = people.api.post("/v1/realisations", json=row)
    assert answer.status_code == 201, answer.text


def days_pass(people: People, until: date) -> int:
    """Let the worker end what is over; gives how many it ended."""
    with writing(people.engine) as session:
        return expire(session, until)


def test_what_is_withdrawn_counts_no_more(people: People) -> None:
    address = agreed(people)
    assert counting(people) == [80]
    assert people.of_amsterdam().does(f"{address}/withdrawal", REASON)["state"] == "withdrawn"
    assert counting(people) == []


def test_the_region_withdraws_what_is_in_force(people: People) -> None:
    address = agreed(people)
    assert people.of_region().does(f"{address}/withdrawal", REASON)["state"] == "withdrawn"


def test_a_corporation_withdraws_from_an_offer_but_not_from_an_agreement(people: People) -> None:
    planner, corporation = people.of_region(), people.of_corporation()
    address = draft(people, planner, ("corporation", people.corporation))
    planner.does(f"{address}/offer")
    people.of_amsterdam().does(f"{address}/signatures")
    other = draft(people, planner, ("corporation", people.corporation))
    planner.does(f"{other}/offer")
    people.of_corporation().does(f"{address}/signatures")

    assert corporation.is_refused(f"{address}/withdrawal", REASON) == (403, "not_a_party")
    assert corporation.does(f"{other}/withdrawal", REASON)["state"] == "withdrawn"


def test_a_withdrawal_needs_a_reason_and_the_history_keeps_it(people: People) -> None:
    address = agreed(people)
    writer = people.of_amsterdam()
    assert writer.post(f"{address}/withdrawal", {}).status_code == 400
    writer.does(f"{address}/withdrawal", REASON)
    versions = writer.get(f"{address}/versions").json()["items"]
    reasons = {version["action"]: version["reason"] for version in versions}
    assert reasons["withdrawn"] == REASON["reason"]


def test_an_amendment_that_waits_ends_with_its_commitment(people: People) -> None:
    address = agreed(people)
    writer = people.of_amsterdam()
    writer.does(f"{address}/amendments", AMENDMENT)
    writer.does(f"{address}/withdrawal", REASON)
    amendments = writer.get(f"{address}/amendments").json()["items"]
    assert [row["state"] for row in amendments] == ["withdrawn"]


def test_too_little_is_fulfilled_only_with_a_reason(people: People) -> None:
    address = agreed(people)
    reported(people, address, households=79, persons=150)
    party = people.of_amsterdam()
    refused = party.post(f"{address}/fulfilment").json()
    assert (refused["code"], refused["realised"], refused["households"]) == (
        "not_fulfilled",
        79,
        80,
    )
    assert party.does(f"{address}/fulfilment", REASON)["state"] == "fulfilled"


def test_enough_is_fulfilled_without_a_reason(people: People) -> None:
    address = agreed(people)
    reported(people, address, households=80, persons=None)
    assert people.of_amsterdam().does(f"{address}/fulfilment")["state"] == "fulfilled"


def test_the_municipality_says_that_what_was_signed_elsewhere_is_fulfilled(people: People) -> None:
    row = body("commitments", state="agreed")
    address = people.api.post("/v1/commitments", json=row).headers["Location"]
    assert people.of_amsterdam().does(f"{address}/fulfilment", REASON)["state"] == "fulfilled"


def test_who_is_no_party_does_not_say_that_it_is_fulfilled(people: People) -> None:
    address = agreed(people)
    refused = people.of_region().is_refused(f"{address}/fulfilment", REASON)
    assert refused == (403, "not_a_party")


def test_progress_adds_up_what_was_reported(people: People) -> None:
    address = agreed(people)
    reported(people, address, households=20, persons=35)
    reported(people, address, households=0, persons=5)
    assert people.of_amsterdam(Role.READER).get(f"{address}/progress").json() == {
        "committed": 80,
        "realised": 20,
        "persons": 40,
        "reports": 2,
        "withoutHouseholds": 0,
        "perPeriod": [{"period": "2027", "households": 20, "persons": 40}],
        "share": 0.25,
    }


def test_with_nothing_reported_progress_is_unknown_and_not_0(people: People) -> None:
    progress = people.of_amsterdam().get(f"{agreed(people)}/progress").json()
    assert (progress["realised"], progress["persons"], progress["share"]) == (None, None, None)


def test_the_day_after_its_last_period_it_has_expired(people: People) -> None:
    address = agreed(people)
    assert days_pass(people, date(2027, 12, 31)) == 0
    assert days_pass(people, date(2028, 1, 1)) == 1
    row = people.of_amsterdam().get(address).json()
    assert (row["state"], counting(people)) == ("expired", [])


def test_what_waits_for_signatures_expires_too(people: People) -> None:
    draft(people, people.of_region())
    address = agreed(people)
    people.of_amsterdam().does(f"{address}/amendments", AMENDMENT)
    assert days_pass(people, date(2028, 1, 1)) == 2
    amendments = people.of_amsterdam().get(f"{address}/amendments").json()["items"]
    assert [row["state"] for row in amendments] == ["withdrawn"]


@pytest.mark.parametrize("end", ["withdrawal", "fulfilment"])
def test_what_has_ended_does_not_expire(people: People, end: str) -> None:
    address = agreed(people)
    people.of_amsterdam().does(f"{address}/{end}", REASON)
    assert days_pass(people, date(2028, 1, 1)) == 0
