"""How many times as long others take: like compared with like, and with all that we do."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.measured import Measured

FAIRNESS = "municipalFairness"


@dataclass(frozen=True)
class Comparison:
    """One program beside the engine.

    Parameters
    ----------
    what
        What is compared with what.
    theirs, ours
        Seconds of both [s].
    at_least
        Whether the other was stopped before it was done, so that it takes longer than this.
    goal
        How many times as long it should take at least.
    """

    what: str
    theirs: float
    ours: float
    at_least: bool
    goal: float | None = None

    @property
    def times(self) -> float:
        """How many times as long the other takes."""
        return self.theirs / self.ours


def comparisons(measured: dict[str, Measured]) -> Iterator[Comparison]:
    """All comparisons of which both sides were measured."""
    region, plain = measured.get("mra-1"), measured.get("straightforward")
    if region and plain and not region.stopped:
        theirs = plain.seconds.middle if plain.stopped else plain.all_stages()
        yield Comparison(
            "mra-1: straightforward stages / our stages",
            theirs,
            region.all_stages(),
            plain.stopped,
            goal=20.0,
        )
        yield Comparison(
            "mra-1: straightforward stages / our whole command",
            theirs,
            region.seconds.middle,
            plain.stopped,
            goal=20.0,
        )
    for size, ours in (("mini", measured.get("mini")), ("region", region)):
        for name, peer in measured.items():
            if ours and not ours.stopped and name.startswith(f"peer-{size}"):
                yield Comparison(
                    f"{peer.what} / our O4",
                    peer.seconds.middle if peer.stopped else peer.one_stage(FAIRNESS),
                    ours.one_stage(FAIRNESS),
                    peer.stopped,
                )
