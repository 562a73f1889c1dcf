"""Two layouts are known: a table of CBS, and a list of projects in the way of DIWI."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.imports.columns import Cell, Labels, Turned
from services.api.imports.numbers import NumberFormat
from services.api.imports.profiles.cbs_85980ned import CBS_85980NED
from services.api.imports.profiles.diwi import DIWI, weighted
from services.api.imports.profiles.places import Place, Places, is_other_area
from services.api.imports.profiles.profile import Known, Profile

PLACES = Places(
    [
        Place("GM0344", "Utrecht", date(2001, 1, 1), None),
        Place("GM1979", "Eemsdelta", date(2021, 1, 1), None),
        Place("GM0010", "Delfzijl", date(1990, 1, 1), date(2020, 12, 31)),
    ]
)
CBS_ROW: Mapping[str, Cell] = {
    "Aandachtsgroep volkshuisvesting": "Student",
    "Kenmerken": "Totaal",
    "Regio's": "GM0344",
    "Perioden": "2023 januari",
    "Totaal personen": "2.645",
    "Totaal huishoudens": "2.235",
}
DIWI_ROW: Mapping[str, Cell] = {
    "project": "De Werf",
    "gemeente": "GM0344",
    "huisvorm": "social_rent",
    "jaar van oplevering": "2028",
    "aantal": "50",
    "aandachtsgroepen": "",
    "realisatiekans": "60 %",
}


def known(profile: Profile, row: Mapping[str, Cell], labels: Labels) -> Known:
    """What a profile knows of a file with the headings of this row."""
    headings = list(row)
    at = profile.positions(headings)
    told = {name: headings[place] for name, place in at.items()}
    return Known(at, told, dict.fromkeys(at, NumberFormat.NL), labels, PLACES)


def read(profile: Profile, row: Mapping[str, Cell], labels: Labels | None = None) -> Turned:
    """Read one row."""
    return profile.turned(list(row.values()), known(profile, row, labels or {}))


def cbs(**changes: Cell) -> Turned:
    """Read the row of CBS with some cells changed, by the first word of their heading."""
    return read(CBS_85980NED, _changed(CBS_ROW, changes))


def diwi(**changes: Cell) -> dict[str, Any]:
    """Read the row of DIWI with some cells changed; it has no faults."""
    row = read(DIWI, _changed(DIWI_ROW, changes))
    assert row.faults == []
    return row.values


def _changed(row: Mapping[str, Cell], changes: Mapping[str, Cell]) -> Mapping[str, Cell]:
    assert changes.keys() <= row.keys()
    return {**row, **changes}


def test_a_total_of_a_municipality_becomes_a_need_in_persons_and_households() -> None:
    assert cbs().values == {
        "municipality": "GM0344",
        "group": "Student",
        "period": None,
        "referenceDate": "2023-01-01",
        "persons": 2645,
        "likely": 2235,
        "quality": "published",
    }


def test_figures_of_december_describe_the_last_day_of_the_year() -> None:
    assert cbs(Perioden="2023 december").values["referenceDate"] == "2023-12-31"
    assert cbs(Perioden="2023MM12").values["referenceDate"] == "2023-12-31"


def test_another_period_is_a_fault_because_its_day_is_not_told() -> None:
    assert [fault.code for fault in cbs(Perioden="2023").faults] == ["not_a_date"]


def test_a_suppressed_figure_is_unknown_and_so_is_an_empty_one() -> None:
    told = cbs(**{"Totaal huishoudens": ".", "Totaal personen": ""}).values

    assert (told["likely"], told["persons"], told["quality"]) == (None, None, "suppressed")


def test_suppressed_persons_beside_known_households_leave_those_published() -> None:
    told = cbs(**{"Totaal personen": "."}).values

    assert (told["likely"], told["persons"], told["quality"]) == (2235, None, "published")


@pytest.mark.parametrize(
    ("kind", "region", "kept"),
    [
        ("Totaal", "GM0344", True),
        ("Totaal", "Utrecht (gemeente)", True),
        ("Geslacht: mannen", "GM0344", False),
        ("Leeftijd: 65 jaar of ouder", "GM0344", False),
        ("Totaal", "Utrecht (PV)", False),
        ("Totaal", "NL01", False),
        ("", "", False),
    ],
)
def test_only_totals_of_municipalities_are_kept(kind: str, region: str, kept: bool) -> None:
    row = {**CBS_ROW, "Kenmerken": kind, "Regio's": region}

    assert CBS_85980NED.keeps(list(row.values()), known(CBS_85980NED, row, {})) is kept


def test_a_municipality_is_found_by_the_name_that_it_had_on_that_day() -> None:
    assert cbs(**{"Regio's": "Utrecht (gemeente)"}).values["municipality"] == "GM0344"
    assert PLACES.code_of("Delfzijl", date(2020, 1, 1)) == "GM0010"
    assert PLACES.code_of("Delfzijl", date(2023, 1, 1)) is None
    assert PLACES.code_of("Eemsdelta", None) == "GM1979"
    assert is_other_area("Nederland")


def test_a_name_that_no_municipality_has_is_a_fault() -> None:
    assert [fault.code for fault in cbs(**{"Regio's": "Delfzijl"}).faults] == ["unknown_id"]


def test_a_group_may_be_left_out() -> None:
    assert read(CBS_85980NED, CBS_ROW, {"group": {"Student": None}}).left_out


def test_headings_of_open_data_are_known_too() -> None:
    headings = ["AandachtsgroepVolkshuisvesting", "Kenmerken", "RegioS", "Perioden"]
    totals = ["TotaalPersonen_1", "TotaalHuishoudens_2"]

    assert CBS_85980NED.missing(CBS_85980NED.positions([*headings, *totals])) == []
    assert CBS_85980NED.missing(CBS_85980NED.positions(headings)) == [
        "Totaal personen",
        "Totaal huishoudens",
    ]


def test_homes_are_weighted_by_the_chance_that_they_are_built() -> None:
    told = diwi()

    assert (told["likely"], told["potential"], told["high"]) == (30, 50, 50)
    assert told["note"] == "Project De Werf: realisatiekans 60 % van 50."
    assert told["period"] == "2028"


@pytest.mark.parametrize("cell", ["60 %", "60%", "60", "0,6", "0.6", 0.6, 60])
def test_a_chance_may_be_written_in_several_ways(cell: Cell) -> None:
    assert diwi(realisatiekans=cell)["likely"] == 30


@pytest.mark.parametrize("cell", ["100 %", "1", 1])
def test_a_chance_of_one_is_certain(cell: Cell) -> None:
    assert diwi(realisatiekans=cell)["likely"] == 50


@pytest.mark.parametrize("cell", ["0", "5 %", "110 %", "1 %"])
def test_a_chance_outside_the_scale_is_a_fault(cell: Cell) -> None:
    faults = read(DIWI, _changed(DIWI_ROW, {"realisatiekans": cell})).faults

    assert [fault.code for fault in faults] == ["out_of_range"]


@given(homes=st.integers(0, 10**6), chance=st.integers(10, 100))
def test_weighted_homes_are_never_more_than_there_are(homes: int, chance: int) -> None:
    assert 0 <= weighted(homes, Decimal(chance)) <= homes
    assert weighted(homes, Decimal(chance)) * 100 <= homes * chance


def test_a_project_for_several_groups_names_them_all() -> None:
    row = _changed(DIWI_ROW, {"aandachtsgroepen": "Studenten; Ouderen"})
    labels = {"group": {"Studenten": "students", "Ouderen": None}}

    assert read(DIWI, row, labels).values["groups"] == ["students"]


def test_a_newer_list_replaces_the_older_one_because_a_project_keeps_its_id() -> None:
    assert diwi()["id"] == diwi(aantal="60", realisatiekans="100 %")["id"]
    assert diwi()["id"] != diwi(**{"jaar van oplevering": "2029"})["id"]


def test_every_cell_that_cannot_be_read_is_told() -> None:
    wrong = {"gemeente": "Atlantis", "aantal": "veel", "jaar van oplevering": "ooit"}
    faults = read(DIWI, _changed(DIWI_ROW, {**wrong, "realisatiekans": "vast"})).faults

    assert {(fault.heading, fault.code) for fault in faults} == {
        ("gemeente", "unknown_id"),
        ("aantal", "not_a_number"),
        ("jaar van oplevering", "not_a_year"),
        ("realisatiekans", "not_a_number"),
    }
