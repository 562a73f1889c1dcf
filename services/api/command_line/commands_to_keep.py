"""The commands that look after an installation: its audit log and its keys."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from services.api.command_line.ending import told
from services.api.command_line.options import LOCAL, ApiUrl, AsJson, Key, Lang

audit = typer.Typer(no_args_is_help=True, help="Recompute the audit log.")
keys = typer.Typer(no_args_is_help=True, help="Make, list and end API keys.")


@audit.command("verify")
def verify(
    head: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="What `audit head --json` told before."),
    ] = None,
    database: Annotated[
        bool,
        typer.Option("--database", help="In the database of DATABASE_URL, with every row."),
    ] = False,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Recompute every link of the log, and tell what is not as it was."""
    from services.api.command_line.auditing import verify as recompute
    from services.api.command_line.auditing import verify_database
    from services.api.command_line.terminal import Terminal
    from services.api.settings import Settings

    terminal = Terminal(api_url, key, lang, as_json)
    if database:
        told(lang, lambda: verify_database(terminal, Settings(), head))
    else:
        told(lang, lambda: recompute(terminal, head))


@audit.command("head")
def head(
    api_url: ApiUrl = LOCAL, key: Key = "", lang: Lang = "nl", as_json: AsJson = False
) -> None:
    """Show the last link per organisation; kept elsewhere, it shows that none was cut off."""
    from services.api.command_line.auditing import show_heads
    from services.api.command_line.terminal import Terminal

    told(lang, lambda: show_heads(Terminal(api_url, key, lang, as_json)))


@keys.command("new")
def new(
    member: Annotated[str, typer.Option(help="Id of the member.")],
    label: Annotated[str, typer.Option(help="Name of the key, for people.")],
    expires_at: Annotated[datetime | None, typer.Option(help="Until when it works [UTC].")] = None,
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """Make a key for a member; it is shown this once."""
    from services.api.command_line.keys import new_key
    from services.api.command_line.terminal import Terminal

    terminal = Terminal(api_url, key, lang, as_json)
    told(lang, lambda: new_key(terminal, member, label, expires_at))


@keys.command("list")
def list_(
    api_url: ApiUrl = LOCAL, key: Key = "", lang: Lang = "nl", as_json: AsJson = False
) -> None:
    """Show all keys; what they open stays hidden."""
    from services.api.command_line.keys import list_keys
    from services.api.command_line.terminal import Terminal

    told(lang, lambda: list_keys(Terminal(api_url, key, lang, as_json)))


@keys.command("revoke")
def revoke(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of the key.")],
    api_url: ApiUrl = LOCAL,
    key: Key = "",
    lang: Lang = "nl",
    as_json: AsJson = False,
) -> None:
    """End a key."""
    from services.api.command_line.keys import revoke_key
    from services.api.command_line.terminal import Terminal

    told(lang, lambda: revoke_key(Terminal(api_url, key, lang, as_json), id_))


@keys.command("first")
def first(lang: Lang = "nl", as_json: AsJson = False) -> None:
    """Make an administrator and its key in the database, while there is no key at all."""
    from services.api.command_line.keys import make_first_key
    from services.api.command_line.terminal import Terminal
    from services.api.settings import Settings

    told(lang, lambda: make_first_key(Terminal(LOCAL, "", lang, as_json), Settings()))
