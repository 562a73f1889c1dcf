"""What the demo prints: the table per municipality and a short summary."""

from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.api.demo.wording import Words
from services.api.language import Language, percentage, written

Row = dict[str, Any]
_NARROWEST = 120
_WIDEST_NUMBER = len("999.999,9")
_SHOWN_LIMITS = 2


@dataclass(frozen=True)
class Answer:
    """A frozen question, its answer, the table per municipality, and the target groups."""

    problem: Row
    result: Row
    standings: list[Row]
    groups: list[Row]


def progress(lang: Language, proposal: Row) -> str:
    """Tell in one line how far a proposal is."""
    now = proposal["progress"]
    return str(proposal["state"] if now is None else now[lang])


def conflict(words: Words, result: Row) -> str:
    """Tell which rules contradict each other."""
    rules = [f"  {rule['tag']} {rule['id']}" for rule in result["conflict"]]
    return "\n".join([words.status["infeasible"], words.conflict, *rules])


def show(console: Console, words: Words, lang: Language, answer: Answer) -> None:
    """Print the table and the summary."""
    if console.width < _NARROWEST:
        console.width = _NARROWEST
    console.print(_table(words, lang, answer))
    console.print(Text(words.legend, style="dim"))
    console.print(_summary(words, lang, answer))


def show_addresses(console: Console, words: Words, api_url: str, key: str | None) -> None:
    """Print where a running system can be reached, and once with which key."""
    console.print(words.serving)
    console.print(f"  API                {api_url}/v1/")
    console.print(f"  {words.documentation}: {api_url}/v1/docs")
    console.print(f"  OpenAPI            {api_url}/v1/openapi.json")
    if key is not None:
        console.print(words.key)
        console.print(f"  Authorization: Bearer {key}", soft_wrap=True, highlight=False)
    console.print(words.stop)


def _table(words: Words, lang: Language, answer: Answer) -> Table:
    periods = answer.problem["periods"]
    title = words.title.format(periods=_stretch(periods[0]["id"], periods[-1]["id"]))
    table = Table(title=title, title_justify="left", box=SIMPLE)
    table.add_column(words.municipality, no_wrap=True)
    for heading in (words.fair_share, words.committed, words.proposed, words.other):
        _add_numbers(table, heading)
    table.add_column(words.limits)
    _add_numbers(table, words.extra)
    for line in sorted(answer.standings, key=lambda line: str(line["name"])):
        limits = _limits(words, lang, line)
        table.add_row(line["name"], *_numbers(lang, line), limits, _extra(lang, line))
    table.add_section()
    total = {
        name: sum(line[name] for line in answer.standings)
        for name in ("fairShare", "committed", "proposed", "proposedOther", "extraHomesNeeded")
    }
    table.add_row(words.total, *_numbers(lang, total), "", _extra(lang, total), style="bold")
    return table


def _add_numbers(table: Table, heading: str) -> None:
    """Add a column as narrow as its words and numbers allow, and leave the rest to the reasons."""
    longest_word = max(map(len, heading.split()))
    widest = max(longest_word, _WIDEST_NUMBER)
    table.add_column(
        heading, justify="right", min_width=longest_word, max_width=widest, overflow="fold"
    )


def _stretch(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _numbers(lang: Language, line: Row) -> tuple[str, str, str, str]:
    return (
        written(lang, line["fairShare"], 1),
        _unless_zero(lang, line["committed"]),
        written(lang, line["proposed"]),
        _unless_zero(lang, line["proposedOther"]),
    )


def _extra(lang: Language, line: Row) -> str:
    return _unless_zero(lang, line["extraHomesNeeded"])


def _unless_zero(lang: Language, number: int) -> str:
    return written(lang, number) if number else ""


def _limits(words: Words, lang: Language, line: Row) -> str:
    """Name what keeps a municipality from its share, with the households that it holds back."""
    if line["extraHomesNeeded"] == 0:
        return words.reached
    told = [
        f"{limit[lang]} ({written(lang, limit['heldBack'])})"
        for limit in line["limits"]
        if limit["heldBack"]
    ]
    return ", ".join(told[:_SHOWN_LIMITS]) or words.no_limit


def _summary(words: Words, lang: Language, answer: Answer) -> Table:
    problem, result = answer.problem, answer.result
    last = problem["periods"][-1]["id"]
    waiting = sum(w["households"] for w in result["waiting"] if w["period"] == last)
    housed = sum(p["households"] for p in result["placements"])
    shortfall = sum(s["households"] for s in result["shortfalls"])
    provenance = result["provenance"]
    facts = (
        (words.summary, words.status[result["status"]]),
        (words.housed, written(lang, housed)),
        (words.waiting, written(lang, waiting)),
        (words.shortfall, written(lang, shortfall)),
        (words.pull, _largest_pull(words, lang, answer)),
        (words.seconds, f"{written(lang, provenance['wallSeconds'], 1)} s"),
        (words.question_hash, provenance["problemHash"]),
        (words.plan_hash, provenance["planHash"] or ""),
    )
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(name, value)
    return table


def _largest_pull(words: Words, lang: Language, answer: Answer) -> str:
    pulls = [pull for pull in answer.result["pulls"] if pull.get("towards")]
    if not pulls:
        return words.nobody
    names = {m["id"]: m["name"] for m in answer.problem["municipalities"]}
    groups = {group["id"]: group[f"name{lang.capitalize()}"] for group in answer.groups}
    largest = max(pulls, key=lambda pull: pull["pull"])
    return words.towards.format(
        municipality=names[largest["municipality"]],
        towards=names[largest["towards"]],
        group=groups[largest["group"]],
        pull=percentage(lang, largest["pull"]),
    )
