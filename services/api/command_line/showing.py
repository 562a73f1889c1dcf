"""Show agreements, the quota ledger, money, and the versions of a row."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from services.api.command_line import wording
from services.api.command_line.tables_for_people import (
    Heading,
    euros,
    number,
    table,
    text,
    with_legend,
)
from services.api.command_line.terminal import Row, Terminal, every, names
from services.api.command_line.wording import Said
from services.api.demo.conversation import accepted
from services.api.language import Language

Names = Mapping[str, str]
_IN_FORCE = frozenset({"agreed", "amended"})
_COMMITMENTS = (
    Heading(wording.MUNICIPALITY, whole=True),
    Heading(wording.GROUPS),
    Heading(wording.PERIODS),
    Heading(wording.HOUSEHOLDS, numeric=True),
    Heading(wording.STATE),
)
_LEDGER: tuple[tuple[Said, str], ...] = (
    (wording.TASK, "correctedTask"),
    (wording.REALISED, "realised"),
    (wording.PACE, "expectedPace"),
    (wording.BALANCE, "balance"),
    (wording.EARLIER, "balanceWithEarlier"),
)
_MONEY: tuple[tuple[Said, str], ...] = (
    (wording.COST, "cost"),
    (wording.RECEIVED, "received"),
    (wording.NET, "net"),
    (wording.EQUAL_BURDEN, "equalBurden"),
    (wording.SETTLE, "settle"),
)
_VERSIONS = (
    Heading(wording.VERSION, numeric=True),
    Heading(wording.WHEN),
    Heading(wording.WHO),
    Heading(wording.WHAT),
    Heading(wording.CHANGES),
    Heading(wording.WHY),
)
_TO_THE_MINUTE = len("2026-11-24T10:00")


def show_commitments(terminal: Terminal, wanted: Mapping[str, str | None]) -> None:
    """Show the agreements that meet the filters."""
    with terminal.client() as client:
        rows = every(client, "/v1/commitments", wanted)
        of_municipalities = names(client, "/v1/municipalities", terminal.lang)
        of_groups = names(client, "/v1/target-groups", terminal.lang)
    lang = terminal.lang
    terminal.show(rows, lambda: commitments_of(lang, rows, of_municipalities, of_groups))


def show_ledger(terminal: Terminal, wanted: Mapping[str, str | None]) -> None:
    """Show where every municipality stands in a half-year."""
    ledger, of_municipalities = _report(terminal, "/v1/quota-ledger", wanted)
    terminal.show(ledger, lambda: ledger_of(terminal.lang, ledger, of_municipalities))


def show_money(terminal: Terminal, wanted: Mapping[str, str | None]) -> None:
    """Show what every municipality spends and receives, and would settle."""
    money, of_municipalities = _report(terminal, "/v1/money", wanted)
    terminal.show(money, lambda: money_of(terminal.lang, money, of_municipalities))


def show_versions(terminal: Terminal, noun: str, id_: str) -> None:
    """Show who changed a row when, and why."""
    with terminal.client() as client:
        rows = every(client, f"/v1/{noun}/{id_}/versions")
    terminal.show(rows, lambda: versions_of(terminal.lang, noun, id_, rows))


def _report(
    terminal: Terminal, path: str, wanted: Mapping[str, str | None]
) -> tuple[Row, dict[str, str]]:
    query = {name: value for name, value in wanted.items() if value is not None}
    with terminal.client() as client:
        report: Row = accepted(client.get(path, params=query)).json()
        return report, names(client, "/v1/municipalities", terminal.lang)


def commitments_of(
    lang: Language, rows: Sequence[Row], of_municipalities: Names, of_groups: Names
) -> RenderableType:
    """Make the table of agreements."""
    lines = [
        (
            of_municipalities.get(row["municipality"], row["municipality"]),
            ", ".join(of_groups.get(group, group) for group in row["groups"]),
            ", ".join(row["periods"]),
            number(lang, row["households"]),
            wording.STATES[row["state"]].to(lang),
        )
        for row in rows
    ]
    agreed = sum(row["households"] for row in rows if row["state"] in _IN_FORCE)
    total = (wording.IN_FORCE.to(lang), "", "", number(lang, agreed), "")
    return table(lang, wording.COMMITMENTS.to(lang), _COMMITMENTS, sorted(lines), total)


def ledger_of(lang: Language, ledger: Row, of_municipalities: Names) -> RenderableType:
    """Make the table of the quota ledger."""
    title = wording.LEDGER.to(lang).format(half_year=ledger["halfYear"], on=ledger["on"])
    headings = _named_numbers(_LEDGER)

    def line(row: Row) -> list[str]:
        return [number(lang, row[field]) for _, field in _LEDGER]

    lines = _per_municipality(ledger["lines"], of_municipalities, line)
    total = _total(lang, ledger["totals"], line)
    made = table(lang, title, headings, lines, total)
    return with_legend(made, wording.LEDGER_LEGEND.to(lang))


def money_of(lang: Language, money: Row, of_municipalities: Names) -> RenderableType:
    """Make the table of money."""
    days = [day for day in (money["from"], money["to"]) if day]
    stretch = " – ".join(days) or wording.ALL_PERIODS.to(lang)
    title = wording.MONEY.to(lang).format(region=money["region"], stretch=stretch)

    def line(row: Row) -> list[str]:
        return [euros(lang, row[field]) for _, field in _MONEY]

    lines = _per_municipality(money["rows"], of_municipalities, line)
    made = table(lang, title, _named_numbers(_MONEY), lines, _total(lang, money["totals"], line))
    return with_legend(made, wording.MONEY_LEGEND.to(lang))


def _named_numbers(columns: Sequence[tuple[Said, str]]) -> list[Heading]:
    name = Heading(wording.MUNICIPALITY, whole=True)
    return [name, *(Heading(said, numeric=True) for said, _ in columns)]


def _per_municipality(rows: Sequence[Row], of_municipalities: Names, line: Any) -> list[list[str]]:
    codes = [row["municipality"] for row in rows]
    called = [of_municipalities.get(code, code) for code in codes]
    return sorted([name, *line(row)] for name, row in zip(called, rows, strict=True))


def _total(lang: Language, totals: Row | None, line: Any) -> list[str] | None:
    return None if totals is None else [wording.TOTAL.to(lang), *line(totals)]


def versions_of(lang: Language, noun: str, id_: str, rows: Sequence[Row]) -> RenderableType:
    """Make the table of the versions of a row, each with what it changed."""
    title = wording.VERSIONS.to(lang).format(noun=noun, id=id_)
    lines = []
    before: Row = {}
    for row in sorted(rows, key=lambda row: int(row["version"])):
        after = _document(row)
        lines.append(
            (
                str(row["version"]),
                row["at"][:_TO_THE_MINUTE].replace("T", " "),
                row["organisation"],
                _action(lang, row["action"]),
                _difference(before, after) if before and after else "",
                row["reason"] or "",
            )
        )
        before = after
    return table(lang, title, _VERSIONS, lines)


def _action(lang: Language, action: str) -> str:
    said = wording.ACTIONS.get(action) or wording.STATES.get(action)
    return action if said is None else said.to(lang)


def _document(row: Row) -> Row:
    document = row["document"]
    return json.loads(document) if isinstance(document, str) else document or {}


def _difference(before: Row, after: Row) -> str:
    told = [
        f"{name}: {text(before.get(name))} → {text(value)}"
        for name, value in after.items()
        if before.get(name) != value
    ]
    return "\n".join(told)
