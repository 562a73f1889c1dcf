"""How large the races are: in full with `make races`, and small in every test run."""

import os

IN_FULL = os.environ.get("EVENWICHT_LONG") == "1"
PROCESSES = 2

ADOPTIONS = 1_000 if IN_FULL else 20
FEWEST_CLIENTS, MOST_CLIENTS = 2, 50

DUPLICATES = 10_000 if IN_FULL else 1_000
PUTS = 10_000 if IN_FULL else 1_000


def crowds(races: int) -> list[int]:
    """Give the clients of each race: from few to many, so that a short run has both."""
    more = MOST_CLIENTS - FEWEST_CLIENTS
    return [FEWEST_CLIENTS + race * more // (races - 1) for race in range(races)]
