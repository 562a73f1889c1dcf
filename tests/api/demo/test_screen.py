"""What the demo prints."""

import io
from typing import Any

import pytest
from rich.console import Console

from services.api.demo import screen
from services.api.demo.screen import Answer
from services.api.demo.wording import WORDS, Language

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


def limit(tag: str) -> dict[str, Any]:
    return {"tag": tag, "ids": ["x"], "nl": f"reden {tag}", "en": f"reason {tag}"}


def line(name: str, extra: int, *tags: str) -> dict[str, Any]:
    return {
        "name": name,
        "fairShare": 12.5,
        "committed": 2,
        "proposed": 11,
        "proposedOther": 3,
        "limits": [limit(tag) for tag in tags],
        "extraHomesNeeded": extra,
    }


def shown(lang: Language, *standings: dict[str, Any], **changes: Any) -> str:
    output = io.StringIO()
    answer = Answer(PROBLEM, {**RESULT, **changes}, list(standings))
    screen.show(Console(file=output, width=80), WORDS[lang], lang, answer)
    return output.getvalue()


def test_a_line_tells_share_promise_proposal_limit_and_homes_needed() -> None:
    text = shown("nl", line("Beek", 2, "C3", "C4", "C1", "C9"))
    (row,) = [row for row in text.splitlines() if row.strip().startswith("Beek")]
    assert " ".join(row.split()) == "Beek 12.5 2 11 3 C1 reden C1, C4 reden C4 2"


def test_english_is_spoken_when_asked_for() -> None:
    text = shown("en", line("Beek", 2, "C1"))
    assert "fair share" in text
    assert "C1 reason C1" in text


def test_a_municipality_that_reaches_its_share_has_no_limit() -> None:
    assert "eerlijk deel gehaald" in shown("nl", line("Beek", 0, "C1"))


def test_what_follows_from_other_rules_is_told_only_when_nothing_else_limits() -> None:
    assert "C3 reden C3" in shown("nl", line("Beek", 2, "C3", "O4"))


def test_municipalities_are_in_order_of_name_and_added_up() -> None:
    text = shown("nl", line("Beek", 2), line("Aalburg", 1))
    assert text.index("Aalburg") < text.index("Beek")
    (total,) = [row for row in text.splitlines() if row.strip().startswith("regio")]
    assert total.split() == ["regio", "25.0", "4", "22", "6", "3"]


def test_the_summary_tells_who_waits_and_where_a_chance_is_better() -> None:
    text = shown("nl", line("Beek", 2))
    assert "beste plan gevonden" in text
    assert "Beek → Aalburg, homeless: 50.0% meer kans" in text
    assert "32" in text
    assert "sha256:p" in text


def test_no_pull_at_all_is_told_as_none() -> None:
    assert "geen" in shown("nl", line("Beek", 2), pulls=[])


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        (None, "queued"),
        ({"stage": "waiting", "tier": 2, "level": None}, "wachten verkorten, voorrang 2"),
        (
            {"stage": "municipalFairness", "tier": None, "level": 3},
            "eerlijk over gemeenten, stap 3",
        ),
        ({"stage": "shopping.max", "tier": None, "level": None}, "gelijke kansen"),
        ({"stage": "something", "tier": None, "level": None}, "something"),
    ],
)
def test_progress_is_told_in_words(progress: dict[str, Any] | None, told: str) -> None:
    proposal = {"state": "queued", "progress": progress}
    assert screen.progress(WORDS["nl"], proposal).startswith(told)


def test_a_contradiction_is_told_by_its_rules() -> None:
    text = screen.conflict(WORDS["en"], {"conflict": [{"tag": "C6", "id": "pin-1"}]})
    assert text.endswith("C6 pin-1")


def test_addresses_are_told() -> None:
    output = io.StringIO()
    screen.show_addresses(Console(file=output), WORDS["en"], "http://here")
    assert "http://here/v1/docs" in output.getvalue()
