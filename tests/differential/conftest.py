"""One running oracle for all tests of a process."""

from collections.abc import Iterator

import pytest

from tests.differential.asking import Oracle, running_oracle


@pytest.fixture(scope="session")
def oracle() -> Iterator[Oracle]:
    """The second program, ready to answer."""
    with running_oracle() as running:
        yield running
