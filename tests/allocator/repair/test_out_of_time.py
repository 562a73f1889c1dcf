"""A search that is broken off says no more than it knows; the region is too large for no time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.allocator.repair.changes import smallest_change
from services.allocator.repair.conflict import conflict_in, holds, is_wrong
from services.allocator.repair.question import demands_of, limits_of, narrowed
from services.allocator.solve.clock import Clock
from services.allocator.translate import instance_of
from tests.allocator.solving import case

# Two of the agreements of this region ask for more than a ceiling allows.
ASKED = narrowed(instance_of(case("mra-1")))
EVERYTHING = demands_of(ASKED) + limits_of(ASKED)


@dataclass(frozen=True)
class Interrupted(Clock):
    """A clock with all the time of the world for some solves, and none for the others."""

    solves: Iterator[int] = field(default_factory=lambda: iter(range(1)))

    def seconds_left(self) -> float | None:
        return 0.0 if next(self.solves, None) is None else None


def test_without_any_time_nothing_is_said_to_clash() -> None:
    assert conflict_in(ASKED, Interrupted(solves=iter(()))) is None


def test_rules_that_no_time_was_left_for_stay_in_the_conflict() -> None:
    found = conflict_in(ASKED, Interrupted(solves=iter(range(4))))

    assert found is not None
    assert not found.minimal
    assert 3 < len(found.rules) < len(EVERYTHING)
    assert not holds(ASKED, found.rules, Clock())


def test_a_conflict_that_no_time_was_left_to_check_is_not_called_wrong() -> None:
    assert not is_wrong(ASKED, EVERYTHING, Interrupted(solves=iter(())))


def test_a_change_that_no_time_was_left_to_prove_is_not_given() -> None:
    assert smallest_change(ASKED, "commitments", Interrupted(solves=iter(()))) is None
    assert smallest_change(ASKED, "commitments", Interrupted(solves=iter(range(1)))) is None
