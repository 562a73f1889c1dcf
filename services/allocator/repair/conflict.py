"""Which rules cannot hold together: a set that clashes, and none of it to spare.

The search keeps halves of the rules for as long as they clash, so that it asks for few more
plans than the set has members times the logarithm of the number of rules. It needs nothing from
a solver but whether a plan exists. Afterwards the set is checked anew, rule by rule.
Source: Junker 2004, QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained
Problems, AAAI-04.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.allocator.model.linear_model import LinearModel
from services.allocator.problem.instance import Instance
from services.allocator.repair.certain import keeps_every_row, nothing_keeps_every_row
from services.allocator.repair.housing_model import housing_model
from services.allocator.repair.question import Rule, demands_of, limits_of, narrowed, only
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime, SolverFailed
from services.allocator.solve.integer_program import minimise_whole

UNDECIDED = (OutOfTime, SolverFailed)
"""Ends of a solve that say nothing about the rules."""


@dataclass(frozen=True)
class Conflict:
    """Rules that no plan in whole households keeps together; `minimal` when none is to spare."""

    rules: tuple[Rule, ...]
    minimal: bool


def conflict_in(instance: Instance, clock: Clock) -> Conflict | None:
    """Find rules that cannot hold together.

    Parameters
    ----------
    instance
        Narrowed to what must be housed; all its commitments must be kept.
    clock
        When it runs out, rules that were not yet found to be superfluous stay in the set.

    Returns
    -------
    The rules, sorted; None when all can hold together, or when that could not be found out.
    """
    limits, demands = limits_of(instance), demands_of(instance)
    try:
        if holds(instance, demands + limits, clock):
            return None
    except UNDECIDED:
        return None
    # Every limit stands while the demands are sorted out, and every one of those demands while
    # the limits are: so none of either can be missed in the end.
    search = _Search(instance, clock)
    demands = search.needed(limits, [], demands)
    limits = search.needed(demands, demands, limits)
    return Conflict(tuple(sorted(demands + limits)), minimal=not search.broken_off)


def holds(instance: Instance, rules: Sequence[Rule], clock: Clock) -> bool:
    """Whether some plan keeps these rules.

    Raises
    ------
    OutOfTime, SolverFailed
        When that is not clear.
    """
    model = _model(instance, rules)
    try:
        minimise_whole(model, {}, clock)
    except NoPlanExists:
        return False
    return True


def is_wrong(instance: Instance, rules: Sequence[Rule], clock: Clock) -> bool:
    """Check a minimal conflict anew: the rules alone clash, and none of them is to spare.

    No solver is believed: a plan without one of the rules is added up row by row, and that
    there is none with all of them is proven in exact arithmetic. What stays undecided is not
    called wrong.
    """
    try:
        return nothing_keeps_every_row(_model(instance, rules), clock) is False or any(
            not _keeps(instance, [other for other in rules if other != rule], clock)
            for rule in rules
        )
    except UNDECIDED:
        return False


def _keeps(instance: Instance, rules: Sequence[Rule], clock: Clock) -> bool:
    """Whether a plan is found that keeps these rules, added up row by row."""
    model = _model(instance, rules)
    try:
        return keeps_every_row(model, minimise_whole(model, {}, clock).values)
    except NoPlanExists:
        return False


def _model(instance: Instance, rules: Sequence[Rule]) -> LinearModel:
    return housing_model(narrowed(only(instance, rules)))[0]


@dataclass
class _Search:
    """A search for rules that are needed for a clash."""

    instance: Instance
    clock: Clock
    broken_off: bool = False

    def needed(self, kept: list[Rule], added: list[Rule], rules: list[Rule]) -> list[Rule]:
        """Give those of the rules without which the ones that are kept would not clash.

        `added` are the last to be kept; without any, it is known that more is needed.
        """
        try:
            if added and not holds(self.instance, kept, self.clock):
                return []
        except UNDECIDED:
            self.broken_off = True
            return rules
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        first, second = rules[:half], rules[half:]
        late = self.needed(kept + first, first, second)
        early = self.needed(kept + late, late, first)
        return early + late
