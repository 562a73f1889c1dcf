"""How a command ends: with what was asked for, or with one message that says why not."""

from collections.abc import Callable
from typing import NoReturn

import typer

from services.api.language import Language

REFUSED = 1


def told(lang: Language, work: Callable[[], None]) -> None:
    """Do the work of a command; what stands in its way is one message and exit code 1."""
    import httpx
    from sqlalchemy.exc import SQLAlchemyError

    from services.api.command_line.terminal import Failed
    from services.api.demo.children import CannotRun
    from services.api.demo.conversation import RefusedByApi
    from services.api.demo.story import NoProposal

    try:
        work()
    except RefusedByApi as refusal:
        in_dutch = refusal.problem.get("nl")
        stop("\n".join([*([in_dutch] if in_dutch and lang == "nl" else []), str(refusal)]))
    except (CannotRun, Failed, NoProposal) as obstacle:
        stop(str(obstacle))
    except httpx.TransportError as unreachable:
        stop(f"The API cannot be reached: {unreachable}")
    except SQLAlchemyError as error:
        stop(f"The database cannot be used: {error}")
    except OSError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    """End with a message, and an exit code that says that it was not done."""
    typer.echo(message, err=True)
    raise typer.Exit(REFUSED)
