"""Tables fit in 80 columns, add up, and never show unknown as 0."""

import io
from typing import Any

import pytest
from rich.console import Console, RenderableType

from services.api.command_line.auditing import breaks_of, heads_of
from services.api.command_line.importing import preview_of
from services.api.command_line.keys import keys_of
from services.api.command_line.proposing import table_of
from services.api.command_line.showing import (
    commitments_of,
    ledger_of,
    money_of,
    versions_of,
)
from services.api.command_line.tables_for_people import WIDTH, euros, number, size
from services.api.language import Language

Row = dict[str, Any]
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
MEMBER = "5f0c1f1e-00b1-4000-8000-000000000001"
TOWNS = {"GM0363": "Amsterdam", "GM0394": "Haarlemmermeer", "GM0518": "'s-Gravenhage"}
GROUPS = {"status_holders": "Statushouders", "shelter": "Mensen uit de opvang"}
COMMITMENT = {
    "municipality": "GM0394",
    "groups": ["status_holders", "shelter"],
    "periods": ["2027", "2028"],
    "households": 1240,
    "state": "agreed",
}
NUMBERS = {
    "correctedTask": 1459,
    "realised": 849,
    "expectedPace": 729,
    "balance": -610,
    "balanceWithEarlier": -886,
}
UNKNOWN = dict.fromkeys(NUMBERS)
LEDGER = {
    "halfYear": "2022-I",
    "on": "2022-06-30",
    "lines": [{"municipality": "GM0363", **NUMBERS}, {"municipality": "GM0394", **UNKNOWN}],
    "totals": UNKNOWN,
}
CENTS = {
    "cost": 1_250_000_049,
    "received": 780_000_050,
    "net": 469_999_999,
    "equalBurden": 500_000_000,
    "settle": -30_000_001,
}
MONEY = {
    "region": "mra",
    "from": "2027-01-01",
    "to": "2027-12-31",
    "rows": [
        {"municipality": "GM0394", **CENTS},
        {"municipality": "GM0363", **dict.fromkeys(CENTS)},
    ],
    "totals": CENTS,
}
LIMIT = {"nl": "plafond tegen stapeling", "en": "ceiling", "heldBack": 218}
STANDING = {
    "name": "Haarlemmermeer",
    "fairShare": 12061.8,
    "committed": 7500,
    "proposed": 12134,
    "proposedOther": 1793,
    "limits": [LIMIT, {**LIMIT, "nl": "eigen toelatingsregels"}],
    "extraHomesNeeded": 489,
}
PROPOSAL = {
    "id": "7d0e5b5e-5b0c-4f3a-9f0a-3f6e8f6f2f51",
    "name": None,
    "state": "ready",
    "figuresChanged": {"count": 2, "latestAt": "2026-11-24T10:00:00Z", "nouns": ["needs"]},
}
NEED = {"id": MEMBER, "municipality": "GM0363", "likely": 100, "note": None}
VERSION = {
    "version": 1,
    "at": "2026-11-24T10:00:00.000250Z",
    "organisation": "gemeente-haarlemmermeer",
    "action": "created",
    "reason": None,
    "document": NEED,
}
COUNTS = {"added": 1, "changed": 1, "unchanged": 25, "leftOut": 0, "faulty": 0}
PREVIEW: Row = {
    "counts": COUNTS,
    "items": [
        {"row": 7, "before": NEED, "after": {**NEED, "likely": 120, "note": "Opnieuw geteld"}},
        {"row": 8, "before": None, "after": NEED},
    ],
    "total": 2,
    "faults": [],
}
FAULT = {
    "row": 9,
    "heading": "aantal",
    "field": "likely",
    "message": "'1.234' is not clear. " * 9,
    "nl": "'1.234' is niet duidelijk. " * 9,
}
FAULTY: Row = {**PREVIEW, "counts": {**COUNTS, "faulty": 31}, "faults": [FAULT] * 31}


def shown(table: RenderableType) -> str:
    output = io.StringIO()
    Console(file=output, width=WIDTH).print(table)
    return output.getvalue()


def line_of(text: str, beginning: str) -> str:
    (line,) = [line for line in text.splitlines() if line.strip().startswith(beginning)]
    return " ".join(line.split())


ALL: dict[str, RenderableType] = {
    "commitments": commitments_of("nl", [COMMITMENT], TOWNS, GROUPS),
    "ledger": ledger_of("nl", LEDGER, TOWNS),
    "money": money_of("nl", MONEY, TOWNS),
    "proposal": table_of("nl", PROPOSAL, [STANDING]),
    "versions": versions_of("nl", "needs", MEMBER, [VERSION, {**VERSION, "version": 2}]),
    "preview": preview_of("nl", "needs", PREVIEW),
    "faults": preview_of("nl", "needs", FAULTY),
    "keys": keys_of("nl", [{"id": "Ab3dE6gH", "label": "Sleutel 1", "member": MEMBER}]),
    "heads": heads_of(
        "nl", [{"organisation": "gemeente-haarlemmermeer", "number": 7, "hash": HASH}]
    ),
    "breaks": breaks_of(
        "nl", [{"where": f"needs {MEMBER}", "what": "anders dan in de geschiedenis"}]
    ),
}


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_every_table_fits_in_80_columns_with_its_words_whole(table: RenderableType) -> None:
    text = shown(table)

    assert max(map(len, text.splitlines())) <= WIDTH
    assert "…" not in text


def test_agreements_are_told_with_names_and_only_those_in_force_add_up() -> None:
    draft = {**COMMITMENT, "municipality": "GM0363", "state": "draft"}

    text = shown(commitments_of("nl", [COMMITMENT, draft], TOWNS, GROUPS))

    assert "Haarlemmermeer" in text
    assert "Statushouders" in text
    assert line_of(text, "van kracht") == "van kracht 1.240"


def test_the_ledger_tells_both_balances_and_a_dash_for_what_is_not_known() -> None:
    text = shown(ledger_of("nl", LEDGER, TOWNS))

    assert line_of(text, "Amsterdam") == "Amsterdam 1.459 849 729 -610 -886"
    assert line_of(text, "Haarlemmermeer") == "Haarlemmermeer – – – – –"


def test_money_is_told_in_whole_euros() -> None:
    text = shown(money_of("nl", MONEY, TOWNS))

    numbers = "12.500.000 7.800.001 4.700.000 5.000.000 -300.000"
    assert line_of(text, "Haarlemmermeer") == f"Haarlemmermeer {numbers}"


def test_money_of_all_years_says_so() -> None:
    assert "alle perioden" in shown(money_of("nl", {**MONEY, "from": None, "to": None}, TOWNS))


def test_a_proposal_tells_when_figures_have_changed_since() -> None:
    text = shown(table_of("nl", PROPOSAL, [STANDING]))

    assert "Sinds dit voorstel zijn 2 cijfers gewijzigd (needs)." in text


def test_a_municipality_with_its_share_and_one_that_nothing_limits_say_so() -> None:
    fair = {**STANDING, "name": "A", "extraHomesNeeded": 0}
    free = {**STANDING, "name": "B", "limits": []}

    text = shown(table_of("en", {**PROPOSAL, "figuresChanged": None}, [fair, free]))

    assert "fair share reached" in " ".join(text.split())
    assert "division over the region" in " ".join(text.split())
    assert "have changed" not in text


def test_a_version_tells_what_it_changed() -> None:
    after = {**VERSION, "version": 2, "document": {**NEED, "likely": 120}}
    gone = {**VERSION, "version": 3, "document": None, "action": "deleted"}

    text = shown(versions_of("en", "needs", MEMBER, [after, gone, VERSION]))

    assert "100" in text
    assert "120" in text
    assert text.index("created") < text.index("deleted")


def test_a_preview_tells_each_field_before_and_after() -> None:
    text = shown(preview_of("nl", "needs", PREVIEW))

    assert line_of(text, "7") == "7 likely 100 120"
    assert line_of(text, "note") == "note – Opnieuw geteld"
    assert "nieuwe regel" in text
    assert "1 nieuw, 1 gewijzigd, 25 ongewijzigd, 0 met fouten." in text


def test_of_many_faults_the_first_are_shown_and_the_others_counted() -> None:
    text = shown(preview_of("en", "needs", FAULTY))

    assert "and 11 more rows" in text
    assert "31 with faults." in text


@pytest.mark.parametrize(
    ("lang", "cents", "told"),
    [("nl", 50, "1"), ("nl", 49, "0"), ("en", -123_456_789, "-1,234,568"), ("en", None, "–")],
)
def test_cents_are_rounded_to_the_nearest_euro(
    lang: Language, cents: int | None, told: str
) -> None:
    assert euros(lang, cents) == told


@pytest.mark.parametrize(
    ("octets", "told"), [(0, "0 B"), (999, "999 B"), (34_200, "34 kB"), (5 * 10**9, "5.0 GB")]
)
def test_the_size_of_a_file_is_told_in_a_unit_that_fits(octets: int, told: str) -> None:
    assert size("en", octets) == told


def test_what_is_not_known_is_a_dash_and_nought_is_nought() -> None:
    assert number("nl", None) == "–"
    assert number("nl", 0) == "0"


def test_faults_are_told_in_the_language_of_the_reader() -> None:
    assert "is niet duidelijk" in shown(preview_of("nl", "needs", FAULTY))
    assert "is not clear" in shown(preview_of("en", "needs", FAULTY))
