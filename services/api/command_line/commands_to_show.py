"""The commands that show what the registry holds."""

from typing import Annotated

import typer

from services.api.command_line.ending import told
from services.api.command_line.options import LOCAL, ApiUrl, AsJson, Key, Lang

app = typer.Typer(no_args_is_help=True, help="Show agreements, ledger, money, plans and versions.")


@app.command("commitments")
def commitments(
    municipality: Annotated[str | None, typer.Option(help="Only of this municipality.")] = None,
    group: Annotated[str | None, typer.Option(help="Only on this target group.")] = None,
    period: Annotated[str | None, typer.Option(help="Only in this period.")] = None,
    state: Annotated[str | None, typer.Option(help="Only in this state, such as agreed.")] = None,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Show what was agreed, and how far each agreement is."""
    from services.api.command_line.showing import show_commitments
    from services.api.command_line.terminal import Terminal

    wanted = {"municipality": municipality, "group": group, "period": period, "state": state}
    told(lang, lambda: show_commitments(Terminal(api_url, key, lang, as_json), wanted))


@app.command("ledger")
def ledger(
    half_year: Annotated[str, typer.Argument(help="Half-year, such as 2025-I.")],
    region: Annotated[str | None, typer.Option(help="With the totals of this region.")] = None,
    municipality: Annotated[str | None, typer.Option(help="Only of this municipality.")] = None,
    on: Annotated[str | None, typer.Option(help="Reports up to this day: 2025-03-31.")] = None,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Show the quota ledger: task, housed, and the balance with and without earlier."""
    from services.api.command_line.showing import show_ledger
    from services.api.command_line.terminal import Terminal

    wanted = {"halfYear": half_year, "region": region, "municipality": municipality, "on": on}
    told(lang, lambda: show_ledger(Terminal(api_url, key, lang, as_json), wanted))


@app.command("money")
def money(
    region: Annotated[str, typer.Option(help="Region.")],
    allocation_key: Annotated[
        str | None, typer.Option(help="Key by which an equal burden would be shared.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day: 2027-01-01.")] = None,
    to: Annotated[str | None, typer.Option(help="Last day: 2027-12-31.")] = None,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Show cost, received, and what an equal burden would settle."""
    from services.api.command_line.showing import show_money
    from services.api.command_line.terminal import Terminal

    wanted = {"region": region, "allocationKey": allocation_key, "from": from_, "to": to}
    told(lang, lambda: show_money(Terminal(api_url, key, lang, as_json), wanted))


@app.command("proposal")
def proposal(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the proposal.")],
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Show what a proposal gives each municipality, and what limits it."""
    from services.api.command_line.proposing import show_proposal
    from services.api.command_line.terminal import Terminal

    told(lang, lambda: show_proposal(Terminal(api_url, key, lang, as_json), id_))


@app.command("versions")
def versions(
    noun: Annotated[str, typer.Argument(help="Noun as in addresses, such as needs.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the row.")],
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Show who changed a row, when, what and why."""
    from services.api.command_line.showing import show_versions
    from services.api.command_line.terminal import Terminal

    told(lang, lambda: show_versions(Terminal(api_url, key, lang, as_json), noun, id_))
