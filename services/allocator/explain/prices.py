"""What one unit more of a rule would be worth, from the prices that prove every stage.

The price of a row is what one unit more of its right-hand side does to the optimum of a stage.
Once a row has a price it stays an equation, so its price in a later stage says what one unit
more does there while the earlier stages move to their own new optimum. What is kept of earlier
stages moves as well: a level that was fixed, a value that a slack holds. Their rows have prices
too, so

    change[stage, rule] = price[rule] + sum over kept k of price[k] * change[k, rule]

Source: FORMULATION.md, section 9.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from services.allocator.problem.demand import Rule
from services.allocator.problem.instance import Instance
from services.allocator.problem.outcome import Cell, Reference, Solved, StageKey, Step
from shared.contract.result import MOST_STOPS, MOST_TOGETHER

Change = dict[Rule, float]
"""What one unit more of each rule does to one number."""

# C2 only adds up, and a row of C8 combines several rules. A lot (C1) is one row for all that it
# can hold, and another in O7 for what it reports: a home more is a home more in both.
_RULE_ROW = re.compile(r"(C(?![28]\b)\d+|O7)\.\w+\[(.*)\]")
# One household more in need waits as well, so what these do to the waiting says nothing.
_NO_LIMIT = frozenset({"C3", "C8"})
_NOTHING = 1e-7
"""Changes smaller than this are rounding of the simplex method."""


@dataclass(frozen=True)
class Stopped:
    """Why a level does not rise any further.

    `rules` are those that would let it rise, with what one unit more does to the level;
    `together_with` are cells at most as high that would have to give what this one gains.
    """

    level: float
    rules: Change
    together_with: tuple[Cell, ...]


@dataclass
class Worth:
    """What one unit more of a rule does to each stage, and why each level stopped.

    A stage that is maximised counts what it gains. In `stages` a leximin stage has what its
    first floor with a price gains.
    """

    stages: dict[Rule, dict[StageKey, float]] = field(default_factory=lambda: defaultdict(dict))
    levels: dict[Cell, Stopped] = field(default_factory=dict)


def worth_of_rules(instance: Instance, reference: Reference) -> Worth:
    """Put the prices of all stages together, in the order in which they were solved."""
    worth, kept = Worth(), _Kept(instance, reference.rules)
    for stage in reference.stages:
        if stage.distinct is not None:
            _add_levels(worth, kept, stage)
            continue
        for step in stage.steps:
            change = kept.change(step)
            kept.hold(f"{stage.name}.slack[{stage.tier}]", change)
            _add(worth, stage, change, -1.0 if stage.name == "suitability" else 1.0)
    return worth


def _add(worth: Worth, stage: Solved, change: Change, sign: float) -> None:
    for rule, value in change.items():
        if rule[0] not in _NO_LIMIT:
            worth.stages[rule].setdefault((stage.name, stage.tier), sign * value)


def _add_levels(worth: Worth, kept: "_Kept", stage: Solved) -> None:
    stuck: dict[tuple[int, float], list[Cell]] = defaultdict(list)
    for cell, number in stage.stopped_at.items():
        stuck[number, stage.levels[cell]].append(cell)
    for (number, level), cells in sorted(stuck.items(), key=lambda row: (row[0][1], row[0][0])):
        step = stage.steps[number]
        weight = kept.weight(step, cells)
        # The inequality is tight: what a rule adds to its bound, these levels share.
        raised = {rule: -value / weight for rule, value in kept.change(step).items()}
        _add(worth, stage, raised, 1.0)
        lower = kept.takers(step, stage.levels)
        for cell in cells:
            others = [other for other in cells if other != cell]
            rules = {r: v for r, v in raised.items() if _lets_rise(r, v) and _is_here(r, cell)}
            worth.levels[cell] = Stopped(
                level=level,
                rules=dict(_strongest(rules)),
                together_with=tuple([*others, *lower][:MOST_TOGETHER]),
            )
        for cell in cells:
            kept.hold_level(cell, raised)


def _is_here(rule: Rule, cell: Cell) -> bool:
    """Whether a rule about who may live where (C8) is about this municipality."""
    return rule[0] != "C8" or rule[1].startswith(f"{cell[0]},")


def _lets_rise(rule: Rule, value: float) -> bool:
    """Whether giving way on a rule raises the level: more of a limit, less of an agreement."""
    return rule[0] == "C6" or (value < 0) == (rule[0] == "C7")


def _strongest(rules: Change) -> list[tuple[Rule, float]]:
    return sorted(rules.items(), key=lambda row: (-round(abs(row[1]), 9), row[0]))[:MOST_STOPS]


class _Kept:
    """Rows that keep what earlier stages reached, and how that moves with each rule."""

    def __init__(self, instance: Instance, several: Mapping[str, list[Rule]]) -> None:
        self._rules = _RulesOfRows(several)
        self._fair: dict[Cell, float] = {(i, g): f for (i, g), f in instance.group_shares.items()}
        self._fair |= {(i, None): f for i, f in instance.municipal_shares.items()}
        self._moves: dict[str, Change] = {}
        self._cells: dict[str, Cell] = {}

    def hold(self, row: str, change: Change) -> None:
        """Keep the right-hand side of a row moving with a change."""
        self._moves[row] = change

    def hold_level(self, cell: Cell, change: Change) -> None:
        """Keep a level in its row: households >= fair share * level."""
        row = _level_row(cell)
        self._cells[row] = cell
        self._moves[row] = {rule: self._fair[cell] * value for rule, value in change.items()}

    def change(self, step: Step) -> Change:
        """Give what one unit more of each rule does to the optimum of a step."""
        change: Change = defaultdict(float)
        for row, price in step.prices.items():
            for rule in self._rules[row]:
                change[rule] += price
            if row in self._moves:
                for moved, value in self._moves[row].items():
                    change[moved] += price * value
        return {rule: value for rule, value in change.items() if abs(value) > _NOTHING}

    def takers(self, step: Step, among: Collection[Cell]) -> list[Cell]:
        """List the fixed cells whose gain would be the loss of this floor, the strongest first."""
        held = ((self._cells[row], p) for row, p in step.prices.items() if row in self._cells)
        losses = {cell: price * self._fair[cell] for cell, price in held if cell in among}
        ordered = sorted(losses.items(), key=lambda row: (-round(row[1], 9), *map(str, row[0])))
        return [cell for cell, loss in ordered if loss > _NOTHING]

    def weight(self, step: Step, cells: Collection[Cell]) -> float:
        """Give what the levels of these cells count for in the inequality of a step."""
        return sum(step.prices.get(_level_row(c), 0.0) * self._fair[c] for c in cells)


class _RulesOfRows(dict[str, list[Rule]]):
    """The rules behind each row; a name is taken apart once, for it comes back in many steps."""

    def __init__(self, several: Mapping[str, list[Rule]]) -> None:
        super().__init__()
        self._several = several

    def __missing__(self, row: str) -> list[Rule]:
        match = _RULE_ROW.fullmatch(row)
        rules = [(match[1].replace("O7", "C1"), match[2])] if match else []
        self[row] = rules + self._several.get(row, [])
        return self[row]


def _level_row(cell: Cell) -> str:
    tag = "O4" if cell[1] is None else "O5"
    return f"{tag}.floor[{','.join(part for part in cell if part is not None)}]"
