"""A result must be about this problem, and must not contradict itself: R1, R2, R8 and R9."""

from collections import Counter
from collections.abc import Iterator

from shared.contract.canonical import plan_hash, problem_hash
from shared.contract.result import Result
from shared.verify.facts import Facts, Id
from shared.verify.plan import Plan
from shared.verify.violations import Violation, about

_Known = dict[str, frozenset[Id]]


def rows_refer_to_the_problem(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R1: every id in the plan is one of the problem, and a lot only houses groups that fit."""
    known = _known(facts)
    for name, fields, key in _plan_rows(result):
        for field, value in zip(fields, key, strict=True):
            if value not in known[field]:
                message = f"There is no {field} {value!r} in the problem."
                yield Violation("R1", f"{name}: {about(*key)}", message)
    for row in result.placements:
        if row.lot in facts.lots and row.group not in facts.lots[row.lot].groups:
            message = f"The lot does not admit group {row.group!r}."
            yield Violation("R1", f"placements: {about(row.lot, row.group)}", message)


def rows_are_given_once(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R2: no two rows of the plan are about the same thing."""
    times = Counter((name, key) for name, _, key in _plan_rows(result))
    for (name, key), count in times.items():
        if count > 1:
            message = f"The row is given {count} times."
            yield Violation("R2", f"{name}: {about(*key)}", message)


def hashes_are_right(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R8: the result names this problem and this plan by their hashes."""
    asked, given = problem_hash(facts.problem), result.provenance.problem_hash
    if given != asked:
        yield Violation("R8", "problemHash", f"The problem is {asked}, not {given}.")
    made, told = plan_hash(result), result.provenance.plan_hash
    if told != made and not (told is None and result.status == "infeasible"):
        yield Violation("R8", "planHash", f"The plan is {made}, not {told}.")


def plan_comes_without_conflict(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R9: where there is a plan, no rules are said to conflict, and nothing is repaired."""
    if result.conflict:
        yield Violation("R9", "conflict", "Rules are said to conflict, and there is a plan.")
    if result.repairs:
        yield Violation("R9", "repairs", "Repairs are given, and there is a plan.")


def conflict_comes_without_plan(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R9: an infeasible result has no plan, and names hard rules that conflict."""
    for name in _PLAN_LISTS:
        if getattr(result, name):
            yield Violation("R9", name, "There is no plan, and there are rows here.")


_PLAN_LISTS = (
    "levels",
    "placements",
    "trades",
    "shortfalls",
    "waiting",
    "extra_capacity",
    "pulls",
    "explanations",
    "integrality_cost",
)


def _plan_rows(result: Result) -> Iterator[tuple[str, tuple[str, ...], tuple[Id, ...]]]:
    """Give every row of the plan: its list, the kinds of its ids, and its ids."""
    for p in result.placements:
        yield "placements", ("lot", "group"), (p.lot, p.group)
    for t in result.trades:
        key = (t.responsible, t.host, t.group, t.period)
        yield "trades", ("municipality", "municipality", "group", "period"), key
    for s in result.shortfalls:
        yield "shortfalls", ("commitment",), (s.commitment,)
    for w in result.waiting:
        key3 = (w.municipality, w.group, w.period)
        yield "waiting", ("municipality", "group", "period"), key3
    for e in result.extra_capacity:
        yield "extraCapacity", ("lot",), (e.lot,)


def _known(facts: Facts) -> _Known:
    return {
        "lot": frozenset(facts.lots),
        "group": frozenset(facts.groups),
        "municipality": frozenset(facts.municipalities),
        "period": frozenset(facts.periods),
        "commitment": frozenset(row.id for row in facts.problem.commitments),
    }
