"""The one command `evenwicht`: the commands of every service that is installed here."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import typer


class Service(NamedTuple):
    """A service that may be installed: where its commands are and what they need."""

    name: str
    commands: str
    needs: str


SERVICES = (
    Service("api", "services.api.commands", "sqlalchemy"),
    Service("allocator", "services.allocator.commands", "ortools"),
)


def is_installed(service: Service) -> bool:
    """Whether this machine has the service's code and the package its extra brings."""
    return find_spec(service.needs) is not None and find_spec(service.commands) is not None


def build_app() -> typer.Typer:
    """Gather the commands; for a service that is left out, say how to install it."""
    left_out = [service.name for service in SERVICES if not is_installed(service)]
    advice = [f"Not installed: {name} (pip install 'evenwicht[{name}]')." for name in left_out]
    app = typer.Typer(
        name="evenwicht",
        help="Share out housing for priority groups over the municipalities of a region.",
        epilog=" ".join(advice) or None,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for service in SERVICES:
        if is_installed(service):
            app.add_typer(import_module(service.commands).app)
    return app


def main() -> None:
    """Run the command that was asked for."""
    app = build_app()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
