"""Files of CBS and DIWI become rows without choosing columns."""

from pathlib import Path

import httpx

from tests.api.imports.sending import SOURCED, apply, choose, needs, send, sent
from tests.api.rows import add

DATA = Path("tests/data")
HEAD = "gemeente;doelgroep;periode;aantal\n"


def test_the_table_of_cbs_becomes_needs_in_persons_and_households(registry: httpx.Client) -> None:
    add(registry, "municipalities", code="GM0074", name="Heerenveen", validFrom="1990-01-01")
    content = (DATA / "cbs_85980ned_heerenveen.csv").read_bytes()
    made = sent(registry, content, profile="cbs-85980ned")
    address = choose(
        registry,
        made,
        columns={},
        constants={},
        groups={"Voltijdsstudent: totaal": "students"},
        periods={"2023 januari": "2027", "2023 december": None},
        numberFormat="nl",
    )
    done = apply(registry, address).json()
    (row,) = needs(registry)

    assert (made["rows"], made["leftOut"]) == (2, 7)
    assert (done["added"], done["leftOut"]) == (1, 1)
    assert (row["likely"], row["persons"], row["municipality"]) == (2235, 2645, "GM0074")
    assert (row["source"], row["referenceDate"]) == ("CBS StatLine 85980NED", "2023-01-01")


def test_a_file_without_the_headings_of_its_profile_is_refused(registry: httpx.Client) -> None:
    answer = send(registry, HEAD + "GM0363;students;2027;1\n", profile="cbs-85980ned")

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_file")
    assert "Kenmerken" in answer.json()["detail"]


def test_projects_become_capacities_weighted_by_their_chance(registry: httpx.Client) -> None:
    made = sent(
        registry, (DATA / "diwi_projects.csv").read_bytes(), noun="capacities", profile="diwi"
    )
    address = choose(
        registry,
        made,
        columns={},
        constants={"referenceDate": "2026-01-01"},
        numberFormat="nl",
        forms={"Sociale huur": "social_rent", "Koop": None},
        groups={"Studenten": "students", "Ouderen": None},
    )
    done = apply(registry, address).json()
    lots = registry.get("/v1/capacities").json()["items"]

    assert (done["added"], done["leftOut"]) == (3, 1)
    assert sorted((lot["likely"], lot["potential"], lot["high"]) for lot in lots) == [
        (1, 15, 15),
        (30, 50, 50),
        (1200, 1200, 1200),
    ]
    assert {lot["source"] for lot in lots} == {"DIWI"}
    assert SOURCED["referenceDate"] == lots[0]["referenceDate"]
