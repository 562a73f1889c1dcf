"""`make load`: measure list pages of a hundred commitments beside a bare route, and judge it."""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from rich.console import Console

from tests.load.client import Target, ask_again_and_again
from tests.load.report import LEAST_PER_SECOND, MOST_P99_MS, Figures, figures, table
from tests.load.server import COMMITMENTS, Served, api_on

CLIENTS = 50
PAGE = 100
LIST = "/v1/commitments"
PAGES = [f"{LIST}?limit={PAGE}&offset={start}" for start in range(0, COMMITMENTS, PAGE)]
BARE = "/v1/health"


def main() -> None:
    """Measure; exit with 1 when PostgreSQL is not fast enough."""
    parser = ArgumentParser(prog="make load")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each is measured")
    parser.add_argument("--warm-up", type=float, default=3.0, help="seconds before counting")
    parser.add_argument("--sqlite", action="store_true", help="measure SQLite too")
    asked = parser.parse_args()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    console.print(f"{os.cpu_count()} cores; load before we began {load}")
    measured: list[Figures] = []
    for database in ("postgresql", "sqlite") if asked.sqlite else ("postgresql",):
        with console.status(f"measuring {database}"), api_on(database) as served:
            measured.append(_measure(f"{database}  {LIST}, {PAGE} at a time", served, PAGES, asked))
            measured.append(_measure(f"{database}  {BARE}", served, [BARE], asked))
    console.print(table(measured))
    wanted = f"at least {LEAST_PER_SECOND} requests/s with p99 at most {MOST_P99_MS} ms"
    enough = measured[0].is_enough
    console.print(f"{'Enough' if enough else 'Not enough'}: {wanted}.")
    sys.exit(0 if enough else 1)


def _measure(what: str, served: Served, paths: Sequence[str], asked: Namespace) -> Figures:
    headers = (("Authorization", f"Bearer {served.key}"),)
    target = Target(served.host, served.port, paths, headers)
    tally = asyncio.run(ask_again_and_again(target, CLIENTS, asked.warm_up, asked.seconds))
    return figures(what, tally, asked.seconds)


if __name__ == "__main__":
    main()
