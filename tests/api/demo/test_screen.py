"""What the demo prints."""

import io
from typing import Any

from rich.console import Console

from services.api.demo import screen
from services.api.demo.screen import Answer
from services.api.demo.wording import WORDS
from services.api.language import Language

PROVENANCE = {"wallSeconds": 1.25, "problemHash": "sha256:q", "planHash": "sha256:p"}
RESULT = {
    "status": "optimal",
    "waiting": [{"period": "2027", "households": 9}, {"period": "2028", "households": 4}],
    "placements": [{"households": 30}, {"households": 2}],
    "shortfalls": [{"households": 1}],
    "pulls": [
        {"municipality": "A", "towards": "B", "group": "homeless", "pull": 0.25},
        {"municipality": "B", "towards": "A", "group": "homeless", "pull": 0.5},
        {"municipality": "B", "towards": None, "group": "others", "pull": 0.0},
    ],
    "provenance": PROVENANCE,
}
PROBLEM = {
    "periods": [{"id": "2027"}, {"id": "2028"}],
    "municipalities": [{"id": "A", "name": "Aalburg"}, {"id": "B", "name": "Beek"}],
}


GROUPS = [
    {"id": "homeless", "nameNl": "Dak- en thuislozen", "nameEn": "Homeless people"},
    {"id": "others", "nameNl": "Anderen", "nameEn": "Others"},
]


def limit(tag: str, held_back: int) -> dict[str, Any]:
    words = {"nl": f"reden {tag}", "en": f"reason {tag}"}
    return {"tag": tag, "ids": ["x"], **words, "heldBack": held_back}


def line(name: str, extra: int, **held_back: int) -> dict[str, Any]:
    return {
        "name": name,
        "fairShare": 12.5,
        "committed": 2,
        "proposed": 11,
        "proposedOther": 3,
        "limits": [limit(tag, households) for tag, households in held_back.items()],
        "extraHomesNeeded": extra,
    }


def shown(lang: Language, *standings: dict[str, Any], **changes: Any) -> str:
    output = io.StringIO()
    answer = Answer(PROBLEM, {**RESULT, **changes}, list(standings), GROUPS)
    screen.show(Console(file=output, width=80), WORDS[lang], lang, answer)
    return output.getvalue()


def test_a_line_tells_share_promise_proposal_limit_and_homes_needed() -> None:
    text = shown("nl", line("Beek", 2, C4=1214, C1=3, C9=1))
    (row,) = [row for row in text.splitlines() if row.strip().startswith("Beek")]
    assert " ".join(row.split()) == "Beek 12,5 2 11 3 reden C4 (1.214), reden C1 (3) 2"


def test_english_is_spoken_when_asked_for() -> None:
    text = shown("en", line("Beek", 2, C1=1214))
    assert "fair share" in text
    assert "reason C1 (1,214)" in text
    assert "Beek → Aalburg, Homeless people: 50.0% more chance" in text


def test_a_municipality_that_reaches_its_share_has_no_limit() -> None:
    assert "eerlijk deel gehaald" in shown("nl", line("Beek", 0, C1=1))


def test_a_rule_that_holds_nobody_back_is_not_told() -> None:
    assert "verdeling over de regio" in shown("nl", line("Beek", 2, C3=0))


def test_the_widest_table_fits_120_columns_with_its_headings_whole() -> None:
    widest = line("Haarlemmermeer-Noord", 12_061, C5=12_061, C9=12_061)
    for field in ("fairShare", "committed", "proposed", "proposedOther"):
        widest[field] = 12_061
    widest["limits"][0]["nl"] = "plafond tegen stapeling"
    widest["limits"][1]["nl"] = "eigen toelatingsregels"
    text = shown("nl", widest)
    assert max(map(len, text.splitlines())) <= 120
    assert "…" not in text
    assert {"afgesproken", "voorgesteld", "12.061,0"} <= set(text.split())


def test_municipalities_are_in_order_of_name_and_added_up() -> None:
    text = shown("nl", line("Beek", 2), line("Aalburg", 1))
    assert text.index("Aalburg") < text.index("Beek")
    (total,) = [row for row in text.splitlines() if row.strip().startswith("regio")]
    assert total.split() == ["regio", "25,0", "4", "22", "6", "3"]


def test_the_summary_tells_who_waits_and_where_a_chance_is_better() -> None:
    text = shown("nl", line("Beek", 2))
    assert "beste plan gevonden" in text
    assert "Beek → Aalburg, Dak- en thuislozen: 50,0% meer kans" in text
    assert "32" in text
    assert "sha256:p" in text


def test_no_pull_at_all_is_told_as_none() -> None:
    assert "geen" in shown("nl", line("Beek", 2), pulls=[])


def test_progress_is_told_in_the_language_asked_for() -> None:
    proposal = {"state": "running", "progress": {"nl": "wachten", "en": "waiting"}}
    assert screen.progress("nl", proposal) == "wachten"


def test_a_proposal_without_progress_is_told_by_its_state() -> None:
    assert screen.progress("en", {"state": "queued", "progress": None}) == "queued"


def test_a_contradiction_is_told_by_its_rules() -> None:
    text = screen.conflict(WORDS["en"], {"conflict": [{"tag": "C6", "id": "pin-1"}]})
    assert text.endswith("C6 pin-1")


def test_addresses_are_told() -> None:
    output = io.StringIO()
    screen.show_addresses(Console(file=output), WORDS["en"], "http://here", None)
    assert "http://here/v1/docs" in output.getvalue()
    assert "Authorization" not in output.getvalue()


def test_a_new_key_is_told_on_one_line_however_narrow_the_screen() -> None:
    output = io.StringIO()
    key = f"evw_12345678_{'x' * 43}"

    screen.show_addresses(Console(file=output, width=40), WORDS["en"], "http://here", key)

    assert f"Authorization: Bearer {key}\n" in output.getvalue()
