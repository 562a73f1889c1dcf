"""An API of two processes on each database."""

from collections.abc import Iterator

import pytest

from tests.api.conftest import RunningApi, Start, serving
from tests.api.races.sizes import PROCESSES

# Each process loads the program anew, on a machine that may be busy.
SECONDS_TO_START = 240.0


@pytest.fixture(scope="session")
def running_api(
    start_api: Start, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningApi]:
    """Two processes beside the one of other tests, on the same database.

    Within one process writers wait for each other in memory, so that a race there would say
    nothing of the database.
    """
    alone = start_api(database)
    log = tmp_path_factory.mktemp("races") / "api.log"
    several = {"EVENWICHT_PROCESSES": str(PROCESSES)}
    with serving(alone.database_url, log, several, SECONDS_TO_START) as api:
        yield api
