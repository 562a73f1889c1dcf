"""Take rows out of the registry, as a file."""

import sys
from collections.abc import Mapping
from pathlib import Path

from services.api.command_line.tables_for_people import size
from services.api.command_line.terminal import Failed, Terminal
from services.api.command_line.wording import EXPORTED, FORMAT_UNKNOWN
from services.api.demo.conversation import accepted

FORMATS = ("csv", "xlsx", "json")


def export_rows(
    terminal: Terminal,
    noun: str,
    file: Path | None,
    wanted: Mapping[str, str | None],
    *,
    template: bool,
) -> None:
    """Write rows of a noun, or a form to fill in, to a file or to standard output.

    Parameters
    ----------
    terminal
        Who asks.
    noun
        The noun in addresses, such as `needs`.
    file
        Where to; without it, standard output.
    wanted
        Query of the export; without `format`, the name of the file tells it.
    template
        Whether a form is asked for.

    Raises
    ------
    Failed
        When neither an option nor the name of the file tells a format.
    RefusedByApi
        When the API answers with an error.
    """
    query = {name: value for name, value in wanted.items() if value is not None}
    query.setdefault("format", file.suffix.removeprefix(".").lower() if file else "csv")
    if query["format"] not in FORMATS:
        raise Failed(FORMAT_UNKNOWN.to(terminal.lang).format(formats=", ".join(FORMATS)))
    with terminal.client() as client:
        address = f"/v1/{'templates' if template else 'exports'}/{noun}"
        content = accepted(client.get(address, params=query)).content
    if file is None:
        sys.stdout.buffer.write(content)
        return
    file.write_bytes(content)
    told = {"file": str(file), "bytes": len(content)}
    terminal.done(told, EXPORTED, file=file, size=size(terminal.lang, len(content)))
