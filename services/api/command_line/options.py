"""The options that every command over the API has."""

from typing import Annotated

import typer

from services.api.language import Language

LOCAL = "http://127.0.0.1:8000"

ApiUrl = Annotated[
    str,
    typer.Option("--api-url", envvar="EVENWICHT_API_URL", help="Base address of the API."),
]
Key = Annotated[
    str,
    typer.Option(
        "--key",
        envvar="EVENWICHT_API_KEY",
        show_default=False,
        help="API key or token; the variable keeps it out of the list of processes.",
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is shown.")]
AsJson = Annotated[bool, typer.Option("--json", help="Show the API's own JSON, for programs.")]


def pairs(option: str, given: list[str] | None) -> dict[str, str]:
    """Read an option that is given as NAME=VALUE, any number of times.

    Raises
    ------
    typer.BadParameter
        When there is no `=` in it, or a name is given twice.
    """
    read: dict[str, str] = {}
    for pair in given or ():
        name, is_, value = pair.partition("=")
        if not is_ or not name or name in read:
            raise typer.BadParameter(
                f"{pair!r} is not NAME=VALUE, or given twice", param_hint=option
            )
        read[name] = value
    return read
