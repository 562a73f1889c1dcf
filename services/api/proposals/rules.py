"""In which order a proposal may change state, and what a municipality reads from the answer.

A proposal ends exactly once. Every change of state is one conditional update of its row, and
the table below is that condition. Each time a worker takes a proposal up, its attempt number
rises; a worker may only write while it holds the newest number, so that one that was given up
for dead cannot overwrite its successor (a fencing token).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """Where a proposal is on its way to an answer."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.READY, State.INFEASIBLE, State.FAILED, State.CANCELLED})
UNDER_WAY = frozenset({State.QUEUED, State.RUNNING})
REACHED_FROM: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset(),
    State.RUNNING: UNDER_WAY,
    State.READY: frozenset({State.RUNNING}),
    State.INFEASIBLE: frozenset({State.RUNNING}),
    State.FAILED: UNDER_WAY,
    State.CANCELLED: UNDER_WAY,
}
SHARE_ROUNDING = Fraction(1, 10**6)


@dataclass(frozen=True)
class Claim:
    """A worker's right to work on a proposal, until a newer attempt exists."""

    proposal_id: str
    attempt: int
    problem: bytes
    time_limit_seconds: float


@dataclass(frozen=True)
class Wording:
    """A reason in the two languages of the product."""

    nl: str
    en: str


WORDING: Mapping[str, Wording] = {
    "C1": Wording("woningen op", "no homes left"),
    "C3": Wording("groep al gehuisvest", "group already housed"),
    "C4": Wording("begeleiding vol", "support is full"),
    "C5": Wording("plafond tegen stapeling", "ceiling against accumulation"),
    "C6": Wording("vastgezet door planner", "fixed by the planner"),
    "C7": Wording("afspraak", "commitment"),
    "C9": Wording("eigen toelatingsregels", "own rules of admission"),
}


# A commitment that is just kept holds a number up: it keeps nobody out.
HOLDS_UP = frozenset({"C7"})


@dataclass(frozen=True)
class Limit:
    """A rule that limits a municipality: its tag, its wording and the rows it stands for.

    `held_back` is what the groups that it limits lack of their fair share [households]. A
    household that two rules hold back counts for both.
    """

    tag: str
    ids: tuple[str, ...]
    wording: Wording
    held_back: int


@dataclass(frozen=True)
class Hosting:
    """What one municipality hosts of one group [households, over all periods]."""

    municipality: str
    group: str
    proposed: int
    fair_share: Fraction | None
    binding: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Standing:
    """One line of the table: how a municipality stands [households, over all periods].

    `proposed` counts the groups that are shared out over the region, as `fair_share` does;
    `proposed_other` the groups with a place of their own (housed at home, or on sites).
    """

    municipality: str
    name: str
    fair_share: Fraction
    committed: int
    shortfall: int
    proposed: int
    proposed_other: int
    limits: tuple[Limit, ...]
    extra_homes_needed: int


def standings(
    names: Mapping[str, str],
    hosting: Sequence[Hosting],
    committed: Mapping[str, int],
    shortfalls: Mapping[str, int],
) -> tuple[Standing, ...]:
    """Make the table per municipality.

    Parameters
    ----------
    names
        Name per municipality code.
    hosting
        What each municipality hosts of each group.
    committed
        Households promised, per municipality [households].
    shortfalls
        Households promised and not housed, per municipality [households].

    Returns
    -------
    One line per municipality, in order of code.
    """
    per_code: dict[str, list[Hosting]] = {code: [] for code in sorted(names)}
    for row in hosting:
        per_code[row.municipality].append(row)
    return tuple(
        _standing(code, names[code], rows, committed.get(code, 0), shortfalls.get(code, 0))
        for code, rows in per_code.items()
    )


def extra_homes_needed(fair_share: Fraction, proposed: int) -> int:
    """Homes that a municipality lacks to house its whole fair share.

    Parameters
    ----------
    fair_share
        What the allocation keys give it [households].
    proposed
        What the plan gives it, of the same groups [households].

    Returns
    -------
    Whole homes, one per household, rounded up; 0 when it reaches its share. A share comes from
    a decimal in the snapshot, so a millionth of a household is not counted as a home.
    """
    return _whole(fair_share - proposed)


def _standing(
    code: str, name: str, rows: Iterable[Hosting], committed: int, shortfall: int
) -> Standing:
    shared = [row for row in rows if row.fair_share is not None]
    other = [row for row in rows if row.fair_share is None]
    fair_share = sum((row.fair_share or Fraction(0) for row in shared), Fraction(0))
    proposed = sum(row.proposed for row in shared)
    missing = extra_homes_needed(fair_share, proposed)
    return Standing(
        municipality=code,
        name=name,
        fair_share=fair_share,
        committed=committed,
        shortfall=shortfall,
        proposed=proposed,
        proposed_other=sum(row.proposed for row in other),
        limits=_limits(shared or other),
        extra_homes_needed=missing,
    )


def _limits(rows: Iterable[Hosting]) -> tuple[Limit, ...]:
    """Collect the binding rules, those that hold back most households first."""
    ids: dict[str, set[str]] = {}
    held_back: dict[str, Fraction] = {}
    for row in rows:
        for tag, rule in row.binding:
            ids.setdefault(tag, set()).add(rule)
        for tag in {tag for tag, _ in row.binding}:
            lacking = Fraction(0) if tag in HOLDS_UP else _missing(row)
            held_back[tag] = held_back.get(tag, Fraction(0)) + lacking
    limits = (
        Limit(
            tag=tag,
            ids=tuple(sorted(ids[tag])),
            wording=WORDING.get(tag, Wording(tag, tag)),
            held_back=_whole(households),
        )
        for tag, households in held_back.items()
    )
    return tuple(sorted(limits, key=lambda limit: (-limit.held_back, limit.tag)))


def _missing(row: Hosting) -> Fraction:
    return max(Fraction(0), (row.fair_share or Fraction(0)) - row.proposed)


def _whole(households: Fraction) -> int:
    return max(0, math.ceil(households - SHARE_ROUNDING))
