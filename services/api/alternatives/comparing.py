"""What changes when one number is forced: two answers side by side. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from services.api.explanations.book import Book
from services.api.proposals.outcome import placed_in
from shared.contract.problem import Pin, Problem
from shared.contract.result import Level, Result, StageOutcome
from shared.faults import Fault, InvalidDocument

PIN = "what-if"
_LEXIMIN = {"municipalFairness": False, "groupFairness": True}
# Optima are right to this much: parts of a household, and parts of a level or a chance.
_SAME_HOUSEHOLDS, _SAME_PART = 1e-4, 1e-5
_PARTS = frozenset({"shopping.max", "shopping.sum"})
Cell = tuple[str, str | None]


@dataclass(frozen=True)
class Forced:
    """A number that must be: of one group or of all, in one period or over all."""

    municipality: str
    group: str | None
    period: str | None
    households: int


@dataclass(frozen=True)
class Asked:
    """A proposed plan, and the same question with one number forced."""

    forced: Forced
    book: Book
    proposed: Result


@dataclass(frozen=True)
class StageChange:
    """One objective in both answers.

    `before` and `after` are the best values that it can have, `plan_before` and `plan_after`
    those of the plans in whole households. Of fairness, `before` and `after` are the lowest
    level that differs, and `cell` has it afterwards. `worse_by` is 0 where it is not worse.
    """

    objective: str
    tier: int | None
    before: float | None
    after: float | None
    plan_before: float | None
    plan_after: float | None
    worse_by: float
    cell: Cell | None = None


@dataclass(frozen=True)
class Difference:
    """Households of a group in a municipality, in both answers."""

    municipality: str
    group: str
    before: int
    after: int


def with_number(problem: Problem, forced: Forced) -> Problem:
    """Add the forced number to a question, as a decision of the planner.

    Raises
    ------
    InvalidDocument
        With every id that the question does not have.
    """
    known = {
        "municipality": [m.id for m in problem.municipalities],
        "group": [g.id for g in problem.groups],
        "period": [p.id for p in problem.periods],
    }
    faults = [
        Fault(f"/{name}", "unknown_id", f"The {name} {value!r} is not part of this proposal.")
        for name, ids in known.items()
        if (value := getattr(forced, name)) is not None and value not in ids
    ]
    if faults:
        raise InvalidDocument(faults)
    pin = Pin(
        id=PIN,
        municipality=forced.municipality,
        group=forced.group,
        period=forced.period,
        households=forced.households,
        reason="What if?",
    )
    return problem.model_copy(update={"pins": (*problem.pins, pin)})


def number_before(asked: Asked) -> int:
    """Add up what the proposed plan houses where the number is forced [households]."""
    forced, placed = asked.forced, placed_in(asked.book.problem, asked.proposed)
    return sum(
        households
        for (municipality, group, period), households in placed.items()
        if municipality == forced.municipality
        and forced.group in (None, group)
        and forced.period in (None, period)
    )


def stage_changes(before: Result, after: Result) -> tuple[StageChange, ...]:
    """Put the objectives of two answers side by side, in the planner's order."""
    others = {(stage.objective, stage.tier): stage for stage in after.stages}
    return tuple(
        _stage_change(stage, others[stage.objective, stage.tier], before, after)
        for stage in before.stages
    )


def first_worse(changes: Sequence[StageChange]) -> StageChange | None:
    """Find the first objective that gets worse; after it, the others may go either way."""
    return next((change for change in changes if change.worse_by > 0), None)


def hosting_differences(problem: Problem, before: Result, after: Result) -> tuple[Difference, ...]:
    """List who takes and who gives, the largest differences first."""
    return _differences(_hosted(problem, before), _hosted(problem, after))


def waiting_differences(problem: Problem, before: Result, after: Result) -> tuple[Difference, ...]:
    """List where more or fewer wait at the end, by responsible municipality."""
    last = problem.periods[-1].id
    return _differences(_waiting(before, last), _waiting(after, last))


def binding_there(result: Result, forced: Forced) -> tuple[tuple[str, str], ...]:
    """List the rules that stop one household more there, but for the forced number itself."""
    rules = {
        (rule.tag, rule.id)
        for row in result.explanations
        if row.municipality == forced.municipality and forced.group in (None, row.group)
        for rule in row.rules
    }
    return tuple(sorted(rules - {("C6", PIN)}))


def nearest_possible(result: Result) -> int | None:
    """Find the number nearest to a forced one that no rule forbids, where only that changes."""
    for repair in result.repairs:
        (first, *others) = repair.changes
        if not others and (first.tag, first.id) == ("C6", PIN):
            return int(first.to)
    return None


def _stage_change(
    was: StageOutcome, becomes: StageOutcome, before: Result, after: Result
) -> StageChange:
    levels = _LEXIMIN.get(was.objective)
    low, high, cell = was.reference, becomes.reference, None
    if levels is not None:
        low, high, cell = _lowest_that_differs(_sorted(before, levels), _sorted(after, levels))
    larger_is_better = levels is not None or was.objective == "suitability"
    lost = 0.0 if low is None or high is None else high - low
    lost = -lost if larger_is_better else lost
    part = levels is not None or was.objective in _PARTS
    return StageChange(
        objective=was.objective,
        tier=was.tier,
        before=low,
        after=high,
        plan_before=was.value,
        plan_after=becomes.value,
        worse_by=lost if lost > (_SAME_PART if part else _SAME_HOUSEHOLDS) else 0.0,
        cell=cell,
    )


def _sorted(result: Result, of_groups: bool) -> list[Level]:
    rows = [row for row in result.levels if (row.group is not None) == of_groups]
    return sorted(rows, key=lambda row: (row.level, row.municipality, row.group or ""))


def _lowest_that_differs(
    before: list[Level], after: list[Level]
) -> tuple[float | None, float | None, Cell | None]:
    """Compare from the lowest level up, as fairness does."""
    for was, becomes in zip_longest(before, after):
        if was is None or becomes is None:
            break  # one of them ran out of time
        if abs(was.level - becomes.level) > _SAME_PART:
            return was.level, becomes.level, (becomes.municipality, becomes.group)
    lowest = [rows[0].level if rows else None for rows in (before, after)]
    return lowest[0], lowest[1], None


def _hosted(problem: Problem, result: Result) -> Mapping[tuple[str, str], int]:
    hosted: Counter[tuple[str, str]] = Counter()
    for (municipality, group, _), households in placed_in(problem, result).items():
        hosted[municipality, group] += households
    return hosted


def _waiting(result: Result, last: str) -> Mapping[tuple[str, str], int]:
    return {
        (row.municipality, row.group): row.households
        for row in result.waiting
        if row.period == last
    }


def _differences(
    before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]
) -> tuple[Difference, ...]:
    changed = (
        Difference(*key, before.get(key, 0), after.get(key, 0))
        for key in before.keys() | after.keys()
        if before.get(key, 0) != after.get(key, 0)
    )
    return tuple(sorted(changed, key=lambda d: (-abs(d.after - d.before), d.municipality, d.group)))
