"""Every change and every repair as a planner reads it, in Dutch and in English."""

from typing import Any

import pytest

from services.api.proposals.rules import Wording
from services.api.repairs.repair_words import change_in_words, outcome_in_words, repair_in_words
from shared.contract.repairs import Change, Repair
from tests.api.explanations.the_book import BOOK

SENTENCES = [
    (
        ("C6", "pin-B", 40, 25),
        "Beekdorp: vastgezet op 40 (statushouders, 2027), maar er passen er 25.",
        "Beekdorp: fixed at 40 (status holders, 2027), but 25 fit.",
    ),
    (
        ("C6", "pin-B", 4, 6),
        "Beekdorp: vastgezet op 4 (statushouders, 2027), maar er moeten er 6 komen.",
        "Beekdorp: fixed at 4 (status holders, 2027), but 6 must come.",
    ),
    (
        ("C7", "agreed-D", 5, 4),
        "Duinwijk: afgesproken is 5 (statushouders, 2027–2028), maar er passen er 4.",
        "Duinwijk: 5 agreed (status holders, 2027–2028), but 4 fit.",
    ),
    (
        ("C5", "most-A-centre", 5, 7),
        "Akkerdam, wijk centre: het plafond gaat van 5 naar 7 (youth, 2027).",
        "Akkerdam, district centre: the ceiling goes from 5 to 7 (youth, 2027).",
    ),
    (
        ("C5", "most-C", 9, 1200),
        "Cleefstad: het plafond gaat van 9 naar 1.200 (alle groepen, 2027–2028).",
        "Cleefstad: the ceiling goes from 9 to 1,200 (all groups, 2027–2028).",
    ),
    (
        ("C1", "A-home", 4, 5),
        "Akkerdam: in 2027 1 woning erbij (sociale huur), van 4 naar 5.",
        "Akkerdam: 1 home more in 2027 (social rent), from 4 to 5.",
    ),
    (
        ("C1", "D,2028", 0, 1),
        "Duinwijk: in 2028 komt er 1 woning bij die past.",
        "Duinwijk: 1 home that suits is added in 2028.",
    ),
    (
        ("C1", "D,2028", 0, 3),
        "Duinwijk: in 2028 komen er 3 woningen bij die passen.",
        "Duinwijk: 3 homes that suit are added in 2028.",
    ),
    (
        ("C4", "coach-AB", 8, 10),
        "Begeleiding (coach) in Akkerdam en Beekdorp: in 2028 2 plekken erbij, van 8 naar 10.",
        "Support (coach) in Akkerdam and Beekdorp: 2 places more in 2028, from 8 to 10.",
    ),
    (
        ("C9", "C,urgent", 0.5, 0.84),
        "Cleefstad: laat 84,0% van de groep urgent woningzoekenden toe in plaats van 50,0%.",
        "Cleefstad: admit 84.0% of the group urgent house seekers instead of 50.0%.",
    ),
]
FAMILIES = [
    ("pins", "households", "Andere aantallen vastzetten: 2 huishoudens.", "Fix other numbers: 2"),
    ("commitments", "households", "Minder afspreken: 2 huishoudens.", "Agree on less: 2"),
    ("ceilings", "households", "Plafonds verhogen: 2 huishoudens.", "Raise ceilings: 2"),
    ("homes", "homes", "Woningen toevoegen: 2 woningen.", "Add homes: 2 homes"),
    ("support", "slots", "Begeleiding uitbreiden: 2 plekken.", "Extend support: 2 places"),
    ("access", "households", "Meer toelaten: 2 huishoudens.", "Admit more: 2 households"),
]


def change(tag: str, name: str, was: float, becomes: float) -> Change:
    return Change.model_validate({"tag": tag, "id": name, "from_": was, "to": becomes})


@pytest.mark.parametrize(("changed", "nl", "en"), SENTENCES, ids=lambda row: str(row)[:20])
def test_a_change_says_what_the_figure_is_and_becomes(changed: Any, nl: str, en: str) -> None:
    assert change_in_words(BOOK, change(*changed)) == Wording(nl=nl, en=en)


@pytest.mark.parametrize(("family", "unit", "nl", "en"), FAMILIES)
def test_a_repair_says_what_is_changed_and_how_much(
    family: Any, unit: Any, nl: str, en: str
) -> None:
    changes = (change("C6", "pin-B", 4, 2),)
    said = repair_in_words(Repair(family=family, unit=unit, total=2, changes=changes))
    assert said.nl == nl
    assert said.en.startswith(en)


def test_the_outcome_tells_a_missing_plan_from_a_commitment_that_is_not_kept() -> None:
    assert outcome_in_words(plan=False, clash=True).nl.startswith("Er is geen plan mogelijk")
    assert outcome_in_words(plan=True, clash=True).en.startswith("Not every commitment")
    assert outcome_in_words(plan=True, clash=False).nl == "Alle afspraken kunnen worden gehouden."
