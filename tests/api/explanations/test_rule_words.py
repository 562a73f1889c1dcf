"""Every rule of the four municipalities as a planner reads it, in Dutch and in English."""

import pytest

from services.api.explanations.book import Book
from services.api.explanations.rule_words import rule_in_words
from services.api.proposals.rules import Wording
from shared.contract.problem import Pin
from tests.api.explanations.the_book import BOOK, NAMES
from tests.shared.four_municipalities import PROBLEM, with_more, with_row

SENTENCES = [
    (
        ("C1", "A-home"),
        "Akkerdam heeft in 2027 niet meer dan 4 woningen (sociale huur).",
        "Akkerdam has no more than 4 homes in 2027 (social rent).",
    ),
    (
        ("C1", "B-flex"),
        "Beekdorp heeft in 2028 niet meer dan 1 woning (flex).",
        "Beekdorp has no more than 1 home in 2028 (flex).",
    ),
    (
        ("C1", "A,urgent"),
        "Akkerdam heeft geen woningen voor urgent woningzoekenden.",
        "Akkerdam has no homes for urgent house seekers.",
    ),
    (
        ("C1", "A,2027"),
        "Akkerdam heeft in 2027 geen geschikte woningen.",
        "Akkerdam has no suitable homes in 2027.",
    ),
    (
        ("C3", "status"),
        "Er zijn niet meer huishoudens van de groep statushouders.",
        "There are no more households in the group status holders.",
    ),
    (
        ("C3", "status,2027"),
        "Tot en met 2027 zijn er niet meer huishoudens van de groep statushouders.",
        "Up to and including 2027 there are no more households in the group status holders.",
    ),
    (
        ("C3", "C,urgent,2027"),
        "Cleefstad heeft tot en met 2027 niet meer huishoudens van de groep"
        " urgent woningzoekenden.",
        "Up to and including 2027, Cleefstad has no more households in the group"
        " urgent house seekers.",
    ),
    (
        ("C4", "coach-AB"),
        "Voor begeleiding (coach) zijn er in 2028 niet meer dan 8 plekken in Akkerdam en Beekdorp.",
        "For support (coach) there are no more than 8 places in Akkerdam and Beekdorp in 2028.",
    ),
    (
        ("C5", "most-C"),
        "In Cleefstad mogen niet meer dan 9 huishoudens komen (alle groepen, 2027–2028).",
        "No more than 9 households (all groups, 2027–2028) may come to Cleefstad.",
    ),
    (
        ("C5", "most-A-centre"),
        "In Akkerdam, wijk centre, mogen niet meer dan 5 huishoudens komen (youth, 2027).",
        "No more than 5 households (youth, 2027) may come to Akkerdam, district centre.",
    ),
    (
        ("C6", "pin-B"),
        "De planner heeft voor Beekdorp 4 huishoudens vastgezet (statushouders, 2027).",
        "The planner has fixed 4 households for Beekdorp (status holders, 2027).",
    ),
    (
        ("C7", "agreed-A"),
        "De afspraak met Akkerdam is 8 huishoudens (statushouders en youth, 2027–2028).",
        "The agreement with Akkerdam is for 8 households (status holders and youth, 2027–2028).",
    ),
    (
        ("C8", "C,youth"),
        "Wie van de groep youth nog wacht, mag niet zo ver weg wonen als Cleefstad.",
        "Those of the group youth who still wait may not live as far away as Cleefstad.",
    ),
    (
        ("C8", "youth"),
        "Huishoudens van de groep youth mogen niet ver van hun gemeente wonen.",
        "Households in the group youth may not live far from their municipality.",
    ),
    (
        ("C9", "C,urgent,2027"),
        "De eigen regels van Cleefstad laten tot en met 2027 niet meer huishoudens van de groep"
        " urgent woningzoekenden toe.",
        "The own rules of Cleefstad admit no more households in the group urgent house seekers"
        " up to and including 2027.",
    ),
    (
        ("C9", "C,urgent"),
        "De eigen regels van Cleefstad laten niet meer huishoudens van de groep"
        " urgent woningzoekenden toe.",
        "The own rules of Cleefstad admit no more households in the group urgent house seekers.",
    ),
]


@pytest.mark.parametrize(
    ("rule", "dutch", "english"), SENTENCES, ids=[" ".join(row[0]) for row in SENTENCES]
)
def test_a_rule_is_a_sentence_in_both_languages(
    rule: tuple[str, str], dutch: str, english: str
) -> None:
    assert rule_in_words(BOOK, *rule) == Wording(nl=dutch, en=english)


@pytest.mark.parametrize("tag", ["C1", "C2", "C4", "C5", "C6", "C7", "C8"])
def test_a_rule_that_the_question_does_not_have_is_shown_as_it_is(tag: str) -> None:
    told = rule_in_words(BOOK, tag, "nobody-knows")
    assert told == Wording(nl=f"Regel {tag} (nobody-knows).", en=f"Rule {tag} (nobody-knows).")


def test_a_number_fixed_in_total_names_all_groups_and_all_years() -> None:
    total = Pin(id="total", municipality="D", households=1, reason="Agreed.")
    told = rule_in_words(Book(with_more(PROBLEM, "pins", total), NAMES), "C6", "total")
    assert (
        told.nl
        == "De planner heeft voor Duinwijk 1 huishouden vastgezet (alle groepen, 2027–2028)."
    )
    assert told.en == "The planner has fixed 1 household for Duinwijk (all groups, 2027–2028)."


def test_many_municipalities_are_counted_and_large_numbers_are_written_as_readers_do() -> None:
    wide = with_row(PROBLEM, "support", 0, municipalities=("A", "B", "C", "D"), slots=12_000)
    told = rule_in_words(Book(wide, NAMES), "C4", "coach-AB")
    assert told.nl.endswith("niet meer dan 12.000 plekken in 4 gemeenten.")
    assert told.en.endswith("no more than 12,000 places in 4 municipalities in 2028.")
