"""Make, list and end API keys."""

import sys
from datetime import UTC, datetime

from rich.console import RenderableType

from services.api.api_keys.issuing import first_key
from services.api.command_line import wording
from services.api.command_line.tables_for_people import Heading, table, text
from services.api.command_line.terminal import Failed, Row, Terminal, every
from services.api.database import open_database, writing
from services.api.demo.conversation import accepted
from services.api.language import Language
from services.api.settings import Settings

_DAY = len("2026-11-24")
_HEADINGS = (
    Heading(wording.KEY, whole=True),
    Heading(wording.LABEL),
    Heading(wording.MEMBER),
    Heading(wording.EXPIRES),
    Heading(wording.REVOKED),
)


def new_key(terminal: Terminal, member: str, label: str, expires_at: datetime | None) -> None:
    """Make a key for a member, and show it this once.

    Raises
    ------
    RefusedByApi
        When there is no such member, or the caller may not make keys.
    """
    body = {"member": member, "label": label}
    if expires_at is not None:
        body["expiresAt"] = expires_at.replace(tzinfo=UTC).isoformat()
    with terminal.client() as client:
        made: Row = accepted(client.post("/v1/api-keys", json=body)).json()
    _show_once(terminal, made)


def list_keys(terminal: Terminal) -> None:
    """Show all keys; what they open stays hidden."""
    with terminal.client() as client:
        rows = every(client, "/v1/api-keys")
    terminal.show(rows, lambda: keys_of(terminal.lang, rows))


def revoke_key(terminal: Terminal, id_: str) -> None:
    """End a key.

    Raises
    ------
    RefusedByApi
        When there is no such key, or the caller may not end keys.
    """
    with terminal.client() as client:
        answer = client.post(f"/v1/api-keys/{id_}/revocation", headers={"If-Match": "*"})
        ended = accepted(answer).json()
    terminal.done(ended, wording.KEY_REVOKED, id=id_)


def make_first_key(terminal: Terminal, settings: Settings) -> None:
    """Make an administrator and its key, straight in the database; only while there is no key.

    Raises
    ------
    Failed
        When there are keys already.
    """
    engine = open_database(settings.database_url)
    try:
        with writing(engine) as session:
            made = first_key(session, settings.key_secret.get_secret_value())
    finally:
        engine.dispose()
    if made is None:
        raise Failed(wording.KEYS_THERE.to(terminal.lang))
    _show_once(terminal, {"id": made.id, "label": "First key", "key": made.key})


def _show_once(terminal: Terminal, made: Row) -> None:
    if terminal.as_json:
        terminal.show(made, lambda: "")
        return
    terminal.say(wording.KEY_MADE, id=made["id"], label=made["label"])
    # By itself on standard output, so that a script can take it.
    sys.stdout.write(f"{made['key']}\n")


def keys_of(lang: Language, rows: list[Row]) -> RenderableType:
    """Make the table of keys."""
    lines = [
        (
            row["id"],
            row["label"],
            row["member"],
            text(row.get("expiresAt"))[:_DAY],
            text(row.get("revokedAt"))[:_DAY],
        )
        for row in rows
    ]
    return table(lang, wording.KEYS.to(lang), _HEADINGS, lines)
