"""How many what-if questions are computed at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.api.alternatives.errors import TooManyAlternatives


class Places:
    """Counts the questions of this process; only its event loop takes and gives back."""

    def __init__(self, places: int) -> None:
        self._places = self._free = places

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place while the block lasts.

        Raises
        ------
        TooManyAlternatives
            When all are taken.
        """
        if self._free == 0:
            raise TooManyAlternatives(self._places)
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1
