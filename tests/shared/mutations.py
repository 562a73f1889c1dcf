"""Damage an accepted result in every way that matters: each of these must be refused.

`mutations(problem, result)` works on any accepted result with a plan. Where the rules alone
must notice, the hash of the plan is made right again; where an equally good plan could come
out (two lots of one municipality that both have room), the hash is left as it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from shared.contract.canonical import plan_hash
from shared.contract.problem import Problem
from shared.contract.repairs import ConflictingRule
from shared.contract.result import Binding, Result, StageOutcome, Stop

OTHER = "nobody-knows-this"


@dataclass(frozen=True)
class Mutation:
    """A damaged result, and what was done to it."""

    name: str
    result: Result


def mutations(problem: Problem, result: Result, per_kind: int = 25) -> Iterator[Mutation]:
    """Give damaged results.

    Parameters
    ----------
    problem
        What was asked.
    result
        An accepted answer with a plan.
    per_kind
        At most so many rows are damaged in each way, spread evenly over the list.
    """
    kinds = (
        _plan_numbers,
        _moves,
        _whole_changes,
        _told_numbers,
        _told_rules,
        _rows,
        _whole_result,
    )
    for damage in kinds:
        for name, damaged in damage(problem, result, per_kind):
            yield Mutation(name, damaged)


Damaged = Iterator[tuple[str, Result]]


def _plan_numbers(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """One household more or fewer, in one list only."""
    for rows in ("placements", "trades", "shortfalls", "waiting", "extra_capacity"):
        for number in _some(result, rows, per_kind):
            households = getattr(result, rows)[number].households
            for more in (1, -1):
                if households + more >= 0:
                    change = {"households": households + more}
                    name = f"{rows}[{number}] {more:+d} household"
                    yield name, _sealed(_changed(result, rows, number, change))


def _moves(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Households in another home, at another host, in another year, of another municipality."""
    yield from _other_homes(problem, result, per_kind)
    ids = [municipality.id for municipality in problem.municipalities]
    for number in _some(result, "trades", per_kind):
        trade = result.trades[number]
        for field in ("host", "responsible"):
            other = _next(ids, getattr(trade, field))
            if other == getattr(trade, field):
                continue
            moved = _changed(result, "trades", number, {field: other})
            yield f"trades[{number}] {field} becomes {other}", _sealed(moved)
        periods = [period.id for period in problem.periods]
        if len(periods) > 1:
            other = _next(periods, trade.period)
            moved = _changed(result, "trades", number, {"period": other})
            yield f"trades[{number}] period becomes {other}", _sealed(moved)
    yield from _whole_moves(problem, result, per_kind)


def _other_homes(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Households in another home that would suit them, without a word to the rest."""
    where = {lot.id: lot for lot in problem.supply}
    for number in _some(result, "placements", per_kind):
        row = result.placements[number]
        home = where[row.lot]
        free = [lot for lot in problem.supply if lot.id != home.id and row.group in lot.groups]
        for lot in _spread(free, 3):
            moved = _changed(result, "placements", number, {"lot": lot.id})
            same = (lot.municipality, lot.period) == (home.municipality, home.period)
            name = f"placements[{number}] to {lot.id}"
            yield name, moved if same else _sealed(moved)


def _whole_moves(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """One household to another host with its home, its trade: only the report gives it away."""
    where = {lot.id: lot for lot in problem.supply}
    for number in _some(result, "trades", per_kind):
        trade = result.trades[number]
        here = (trade.host, trade.period)
        homes = [
            position
            for position, row in enumerate(result.placements)
            if row.group == trade.group
            and row.households
            and (where[row.lot].municipality, where[row.lot].period) == here
        ]
        others = [
            lot
            for lot in problem.supply
            if lot.period == trade.period
            and lot.municipality != trade.host
            and trade.group in lot.groups
        ]
        for lot in _spread(others, 2):
            left = _more(_more(result, "trades", number, -1), "placements", homes[0], -1)
            home = {"lot": lot.id, "group": trade.group, "households": 1}
            change = {"host": lot.municipality, "households": 1}
            moved = left.model_copy(
                update={
                    "placements": _merged(left.placements, home, ("lot", "group")),
                    "trades": _merged(
                        left.trades,
                        {**trade.model_dump(), **change},
                        ("responsible", "host", "group", "period"),
                    ),
                }
            )
            yield f"trades[{number}] one household with its home to {lot.id}", _sealed(moved)


def _whole_changes(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """One household more or fewer in home, trade and waiting: full lots and agreements break."""
    where = {lot.id: lot for lot in problem.supply}
    order = {period.id: number for number, period in enumerate(problem.periods)}
    for number in _some(result, "placements", per_kind):
        row = result.placements[number]
        lot = where[row.lot]
        here = (lot.municipality, row.group, lot.period)
        trade = next(
            position
            for position, t in enumerate(result.trades)
            if (t.host, t.group, t.period) == here and t.households
        )
        who = (result.trades[trade].responsible, row.group)
        for more in (1, -1):
            changed = _more(_more(result, "placements", number, more), "trades", trade, more)
            for position, wait in enumerate(result.waiting):
                later = order[wait.period] >= order[lot.period]
                if (wait.municipality, wait.group) == who and later and wait.households >= more:
                    changed = _more(changed, "waiting", position, -more)
            yield f"placements[{number}] {more:+d} household, with its trade", _sealed(changed)


def _told_numbers(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Another number in what is told of the plan."""
    fields: dict[str, tuple[str, ...]] = {
        "stages": ("value", "gap"),
        "levels": ("households",),
        "pulls": ("chance", "pull"),
        "explanations": ("share", "fair_share", "proposed", "level"),
    }
    for rows, names in fields.items():
        for number in _some(result, rows, per_kind):
            for field in names:
                told = getattr(getattr(result, rows)[number], field)
                if told is not None:
                    more = 1 + abs(told) / 100 + _room(getattr(result, rows)[number])
                    change = {field: told + more}
                    yield f"{rows}[{number}] {field} more", _changed(result, rows, number, change)
    first = result.stages[0]
    if first.reference is not None and first.value is not None:
        better = 1 + abs(first.value) / 100
        sign = -1 if first.objective == "suitability" else 1
        change = {"reference": first.value + sign * better, "gap": -better}
        yield "stages[0] better than its bound", _changed(result, "stages", 0, change)


def _told_rules(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Reasons kept silent, given twice, or made up."""
    for number in _some(result, "explanations", per_kind):
        row = result.explanations[number]
        others = [Binding(tag="C1", id=lot.id) for lot in problem.supply]
        others += [Binding(tag="C3", id=row.group or OTHER), Binding(tag="C8", id=OTHER)]
        known = {(rule.tag, rule.id) for rule in row.rules}
        invented = next(rule for rule in others if (rule.tag, rule.id) not in known)
        told: dict[str, dict[str, Any]] = {"invented": {"rules": (*row.rules, invented)}}
        told["stopped by nothing"] = {"stopped_by": (Stop(tag="C1", id=OTHER, value=1.0),)}
        if row.rules:
            told |= {"silent": {"rules": ()}, "twice": {"rules": (*row.rules, row.rules[0])}}
        for name, change in told.items():
            yield f"explanations[{number}] {name}", _changed(result, "explanations", number, change)


def _room(row: Any) -> float:
    """How far a stage is from its reference: a gap may be anything up to that."""
    if not isinstance(row, StageOutcome) or row.value is None or row.reference is None:
        return 0.0
    return abs(row.value - row.reference)


def _rows(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Rows removed, given twice, or about something that does not exist."""
    ids = {
        "placements": "lot",
        "trades": "host",
        "shortfalls": "commitment",
        "waiting": "municipality",
        "extra_capacity": "lot",
        "pulls": "municipality",
        "explanations": "group",
        "stages": None,
    }
    if result.status == "optimal":
        ids["levels"] = "municipality"
    for rows, field in ids.items():
        for number in _some(result, rows, per_kind):
            listed = getattr(result, rows)
            fewer = (*listed[:number], *listed[number + 1 :])
            if not (rows == "pulls" and problem.reach_km is None):
                yield f"{rows}[{number}] removed", _sealed(_with(result, rows, fewer))
            yield f"{rows}[{number}] twice", _with(result, rows, (*listed, listed[number]))
            if field is not None:
                lost = _changed(result, rows, number, {field: OTHER})
                yield f"{rows}[{number}] {field} unknown", _sealed(lost)


def _whole_result(problem: Problem, result: Result, per_kind: int) -> Damaged:
    """Hashes, status and conflict of the result as a whole."""
    for field in ("problem_hash", "plan_hash"):
        seal = result.provenance.model_copy(update={field: "sha256:0"})
        yield f"{field} changed", result.model_copy(update={"provenance": seal})
    yield "called infeasible", _sealed(result.model_copy(update={"status": "infeasible"}))
    conflict = (ConflictingRule(tag="C1", id=problem.supply[0].id),)
    given_up = Result(status="infeasible", conflict=conflict, provenance=result.provenance)
    yield "given up without a pin", _sealed(given_up)
    yield "conflict added", result.model_copy(update={"conflict": conflict})
    if len(result.stages) > 1:
        yield "stages reversed", _with(result, "stages", result.stages[::-1])


def _some(result: Result, rows: str, most: int) -> list[int]:
    """Positions of rows that say something, spread evenly."""
    listed = getattr(result, rows)
    real = [n for n, row in enumerate(listed) if getattr(row, "households", 1) or rows == "levels"]
    return _spread(real, most)


def _spread(items: list[Any], most: int) -> list[Any]:
    step = max(1, -(-len(items) // most))
    return items[::step]


def _next(ids: list[str], current: str) -> str:
    return ids[(ids.index(current) + 1) % len(ids)]


def _with(result: Result, rows: str, listed: tuple[BaseModel, ...]) -> Result:
    return result.model_copy(update={rows: listed})


def _changed(result: Result, rows: str, number: int, change: dict[str, Any]) -> Result:
    listed = list(getattr(result, rows))
    listed[number] = listed[number].model_copy(update=change)
    return _with(result, rows, tuple(listed))


def _more(result: Result, rows: str, number: int, more: int) -> Result:
    households = getattr(result, rows)[number].households
    return _changed(result, rows, number, {"households": households + more})


def _merged(listed: tuple[Any, ...], row: dict[str, Any], key: tuple[str, ...]) -> tuple[Any, ...]:
    """Add a row to the one about the same subject, or to the end."""
    same: Callable[[Any], bool] = lambda other: all(getattr(other, k) == row[k] for k in key)  # noqa: E731
    more = row["households"]
    if any(same(other) for other in listed):
        return tuple(
            other.model_copy(update={"households": other.households + more})
            if same(other)
            else other
            for other in listed
        )
    return (*listed, type(listed[0])(**row))


def _sealed(result: Result) -> Result:
    seal = result.provenance.model_copy(update={"plan_hash": plan_hash(result)})
    return result.model_copy(update={"provenance": seal})
