"""The commands over the API: import, export, propose, show, audit and keys.

Nothing heavy is imported before a command runs, so that `evenwicht --help` answers at once.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from services.api.command_line import commands_to_keep, commands_to_show
from services.api.command_line.ending import told
from services.api.command_line.options import LOCAL, ApiUrl, AsJson, Key, Lang, pairs
from services.api.language import Language

app = typer.Typer()
app.add_typer(commands_to_show.app, name="show")
app.add_typer(commands_to_keep.audit, name="audit")
app.add_typer(commands_to_keep.keys, name="keys")

OnExisting = Literal["replace", "skip", "refuse"]
FileFormat = Literal["csv", "xlsx", "json"]
NOUN = "Noun as in addresses, such as needs or money-lines."


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or JSON file.")
    ],
    noun: Annotated[str, typer.Option("--noun", help=NOUN)],
    profile: Annotated[str | None, typer.Option(help="Known layout: cbs-85980ned or diwi.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Column choice HEADING=FIELD; empty: do not read it.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="FIELD=VALUE that holds for every row.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="NAME=ID: what the file calls a target group.")
    ] = None,
    period: Annotated[
        list[str] | None, typer.Option(help="NAME=ID: what the file calls a period.")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option(help="NAME=ID: what the file calls a housing form.")
    ] = None,
    number_format: Annotated[
        Language | None, typer.Option(help="Numbers as 1.234,5 (nl) or 1,234.5 (en).")
    ] = None,
    on_existing: Annotated[
        OnExisting, typer.Option(help="What to do with rows that are there already.")
    ] = "replace",
    reason: Annotated[str | None, typer.Option(help="Why, for the history.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only; store nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Read a file into the registry: see what changes, then store all of it or nothing."""
    from services.api.command_line.importing import Wish, import_file
    from services.api.command_line.terminal import Terminal

    columns = {heading: field or None for heading, field in pairs("--column", column).items()}
    choices = {
        "groups": pairs("--group", group),
        "periods": pairs("--period", period),
        "forms": pairs("--form", form),
        "numberFormat": number_format,
        "onExisting": on_existing,
    }
    wish = Wish(file, noun, profile, columns, pairs("--set", set_), choices, reason, dry_run, yes)
    told(lang, lambda: import_file(Terminal(api_url, key, lang, as_json), wish))


@app.command("export")
def export(
    noun: Annotated[str, typer.Argument(help=NOUN)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File; without it, the screen.")
    ] = None,
    format_: Annotated[
        FileFormat | None, typer.Option("--format", help="Kind of file, if its name does not tell.")
    ] = None,
    numbers: Annotated[
        Language | None, typer.Option(help="How a CSV file writes numbers: 0.5 (en) or 0,5 (nl).")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The registry as it was: 2026-11-24T10:00:00Z.")
    ] = None,
    filter_: Annotated[
        list[str] | None, typer.Option("--filter", help="FIELD=VALUE, as lists of the noun have.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="An empty form to fill in and import.")
    ] = False,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Take rows out as CSV, XLSX or JSON, in a file that can be imported again."""
    from services.api.command_line.exporting import export_rows
    from services.api.command_line.terminal import Terminal

    wanted: dict[str, str | None] = {"format": format_, "numbers": numbers, "asOf": as_of}
    wanted.update(pairs("--filter", filter_))
    terminal = Terminal(api_url, key, lang, as_json)
    told(lang, lambda: export_rows(terminal, noun, output, wanted, template=template))


@app.command("propose")
def propose(
    region: Annotated[str, typer.Option(help="Region to plan.")],
    name: Annotated[str | None, typer.Option(help="Name for people.")] = None,
    period: Annotated[list[str] | None, typer.Option(help="Only these periods.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Only these target groups.")] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=1, help="How long it may be computed [s].")
    ] = None,
    leave_out_unknown: Annotated[
        bool, typer.Option("--leave-out-unknown", help="Plan without figures that are not known.")
    ] = False,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Ask for a proposal, follow it, and show what each municipality gets and why not more."""
    from services.api.command_line.proposing import propose as ask_and_follow
    from services.api.command_line.terminal import Terminal

    question = {
        "region": region,
        "name": name,
        "periods": period or None,
        "groups": group or None,
        "timeLimitSeconds": time_limit,
        "unknownFigures": "leaveOut" if leave_out_unknown else None,
    }
    asked = {field: value for field, value in question.items() if value is not None}
    told(lang, lambda: ask_and_follow(Terminal(api_url, key, lang, as_json), asked))
