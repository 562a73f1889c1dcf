"""What the demo prints: the table per municipality and a short summary."""

from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.api.demo.wording import Language, Words

Row = dict[str, Any]
_NARROWEST = 124
_SHOWN_LIMITS = 2
# What a planner can do something about, in the order in which it is told. The balances (C2, C3)
# and the objectives bind as well, but only as a consequence.
_TOLD = ("C6", "C5", "C1", "C4", "C9", "C8", "C7")


@dataclass(frozen=True)
class Answer:
    """A frozen question, its answer, and the table per municipality."""

    problem: Row
    result: Row
    standings: list[Row]


def progress(words: Words, proposal: Row) -> str:
    """Tell in one line how far a proposal is."""
    now = proposal["progress"]
    if now is None:
        return str(proposal["state"])
    stage = now["stage"].partition(".")[0]
    parts = [words.stages.get(stage, stage)]
    if now["tier"] is not None:
        parts.append(words.tier.format(tier=now["tier"]))
    if now["level"] is not None:
        parts.append(words.level.format(level=now["level"]))
    return ", ".join(parts)


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
    console.print(_summary(words, answer))


def show_addresses(console: Console, words: Words, api_url: str) -> None:
    """Print where a running system can be reached."""
    console.print(words.serving)
    console.print(f"  API                {api_url}/v1/")
    console.print(f"  {words.documentation}: {api_url}/v1/docs")
    console.print(f"  OpenAPI            {api_url}/v1/openapi.json")
    console.print(words.stop)


def _table(words: Words, lang: Language, answer: Answer) -> Table:
    periods = answer.problem["periods"]
    title = words.title.format(periods=_stretch(periods[0]["id"], periods[-1]["id"]))
    table = Table(title=title, title_justify="left", box=SIMPLE)
    table.add_column(words.municipality, no_wrap=True)
    for heading in (words.fair_share, words.committed, words.proposed, words.other):
        table.add_column(heading, justify="right", min_width=_longest_word(heading))
    table.add_column(words.limits, no_wrap=True)
    table.add_column(words.extra, justify="right", min_width=_longest_word(words.extra))
    for line in sorted(answer.standings, key=lambda line: str(line["name"])):
        table.add_row(line["name"], *_numbers(line), _limits(words, lang, line), _extra(line))
    table.add_section()
    total = {
        name: sum(line[name] for line in answer.standings)
        for name in ("fairShare", "committed", "proposed", "proposedOther", "extraHomesNeeded")
    }
    table.add_row(words.total, *_numbers(total), "", _extra(total), style="bold")
    return table


def _longest_word(heading: str) -> int:
    return max(map(len, heading.split()))


def _stretch(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _numbers(line: Row) -> tuple[str, str, str, str]:
    return (
        f"{line['fairShare']:.1f}",
        str(line["committed"] or ""),
        str(line["proposed"]),
        str(line["proposedOther"] or ""),
    )


def _extra(line: Row) -> str:
    return str(line["extraHomesNeeded"] or "")


def _limits(words: Words, lang: Language, line: Row) -> str:
    """Name what keeps a municipality from its share."""
    if line["extraHomesNeeded"] == 0:
        return words.reached
    by_tag = {limit["tag"].partition(".")[0]: limit for limit in line["limits"]}
    told = [by_tag[tag] for tag in _TOLD if tag in by_tag] or line["limits"]
    return ", ".join(f"{limit['tag']} {limit[lang]}" for limit in told[:_SHOWN_LIMITS])


def _summary(words: Words, answer: Answer) -> Table:
    problem, result = answer.problem, answer.result
    last = problem["periods"][-1]["id"]
    waiting = sum(w["households"] for w in result["waiting"] if w["period"] == last)
    housed = sum(p["households"] for p in result["placements"])
    shortfall = sum(s["households"] for s in result["shortfalls"])
    provenance = result["provenance"]
    facts = (
        (words.summary, words.status[result["status"]]),
        (words.housed, str(housed)),
        (words.waiting, str(waiting)),
        (words.shortfall, str(shortfall)),
        (words.pull, _largest_pull(words, answer)),
        (words.seconds, f"{provenance['wallSeconds']:.1f} s"),
        (words.question_hash, provenance["problemHash"]),
        (words.plan_hash, provenance["planHash"] or ""),
    )
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(name, value)
    return table


def _largest_pull(words: Words, answer: Answer) -> str:
    pulls = [pull for pull in answer.result["pulls"] if pull.get("towards")]
    if not pulls:
        return words.nobody
    names = {m["id"]: m["name"] for m in answer.problem["municipalities"]}
    largest = max(pulls, key=lambda pull: pull["pull"])
    return words.towards.format(
        municipality=names[largest["municipality"]],
        towards=names[largest["towards"]],
        group=largest["group"],
        pull=largest["pull"],
    )
