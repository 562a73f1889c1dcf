"""Ask for a proposal, follow it, and show what came of it."""

from collections.abc import Mapping
from typing import Any

import httpx
from rich.console import RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from services.api.command_line import wording
from services.api.command_line.tables_for_people import Heading, number, table, with_legend
from services.api.command_line.terminal import Failed, Row, Terminal
from services.api.demo import conversation
from services.api.demo.screen import progress
from services.api.language import Language, listed

_HEADINGS = (
    Heading(wording.MUNICIPALITY, whole=True),
    Heading(wording.FAIR_SHARE, numeric=True),
    Heading(wording.COMMITTED, numeric=True),
    Heading(wording.PROPOSED, numeric=True),
    Heading(wording.LIMITS),
)
_SHOWN_LIMITS = 2


def propose(terminal: Terminal, question: Mapping[str, Any]) -> None:
    """Ask for a proposal, tell how far it is, and show its table.

    Raises
    ------
    Failed
        When there is no plan in the end.
    RefusedByApi
        When the API refuses the question.
    """
    with terminal.client() as client:
        address = conversation.ask(client, dict(question))
        proposal = _followed(terminal, client, address)
        _show(terminal, client, proposal)


def show_proposal(terminal: Terminal, id_: str) -> None:
    """Show a proposal that was asked for before.

    Raises
    ------
    Failed
        When it has no plan.
    RefusedByApi
        When there is no such proposal.
    """
    with terminal.client() as client:
        _show(terminal, client, conversation.read(client, f"/v1/proposals/{id_}"))


def _followed(terminal: Terminal, client: httpx.Client, address: str) -> Row:
    lang = terminal.lang
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=terminal.news(), transient=True) as bar:
        task = bar.add_task(wording.COMPUTING.to(lang), total=None)

        def told(proposal: Row) -> None:
            far = progress(lang, proposal)
            bar.update(task, description=f"{wording.COMPUTING.to(lang)}: {far}")

        return conversation.follow(client, address, told)


def _show(terminal: Terminal, client: httpx.Client, proposal: Row) -> None:
    lang, links = terminal.lang, proposal["links"]
    if proposal["state"] != "ready":
        terminal.show(proposal, lambda: "")
        raise Failed(_not_ready(lang, proposal))
    standings = conversation.read(client, links["municipalities"])["items"]
    terminal.show(
        {**proposal, "municipalities": standings}, lambda: table_of(lang, proposal, standings)
    )
    terminal.say(
        wording.READY,
        id=proposal["id"],
        municipalities=len(standings),
        households=number(lang, sum(_households(line) for line in standings)),
    )


def _not_ready(lang: Language, proposal: Row) -> str:
    state = wording.PROPOSAL_STATES[proposal["state"]].to(lang)
    told = wording.NOT_READY.to(lang)
    return told.format(id=proposal["id"], state=state, reason=proposal["reason"] or "").strip()


def table_of(lang: Language, proposal: Row, standings: list[Row]) -> RenderableType:
    """Make the table of a proposal: what each municipality gets, and what limits it."""
    state = wording.PROPOSAL_STATES[proposal["state"]].to(lang)
    title = wording.PROPOSAL.to(lang).format(name=proposal["name"] or proposal["id"], state=state)
    lines = sorted(standings, key=lambda line: str(line["name"]))
    totals = [sum(line[name] for line in lines) for name in ("fairShare", "committed")]
    housed = sum(map(_households, lines))
    total = (wording.TOTAL.to(lang), *(number(lang, value) for value in (*totals, housed)), "")
    made = table(lang, title, _HEADINGS, [_line(lang, line) for line in lines], total)
    return with_legend(made, *_remarks(lang, proposal))


def _line(lang: Language, line: Row) -> tuple[str, ...]:
    return (
        line["name"],
        number(lang, line["fairShare"]),
        number(lang, line["committed"]),
        number(lang, _households(line)),
        _limits(lang, line),
    )


def _households(line: Row) -> int:
    return int(line["proposed"] + line["proposedOther"])


def _limits(lang: Language, line: Row) -> str:
    if line["extraHomesNeeded"] == 0:
        return wording.REACHED.to(lang)
    told = [
        f"{limit[lang]} ({number(lang, limit['heldBack'])})"
        for limit in line["limits"]
        if limit["heldBack"]
    ]
    return ", ".join(told[:_SHOWN_LIMITS]) or wording.NO_LIMIT.to(lang)


def _remarks(lang: Language, proposal: Row) -> list[str]:
    changed = proposal.get("figuresChanged")
    if not changed or not changed["count"]:
        return []
    told = wording.FIGURES_CHANGED.to(lang)
    nouns = listed(lang, changed["nouns"])
    return [told.format(count=number(lang, changed["count"]), nouns=nouns)]
