"""Which hard rules cannot hold together.

Without pins, housing nobody keeps every rule, so a conflict always holds a pin. The pins are
first made soft: the prices of the rules at the smallest total violation are a Farkas proof, and
the rules with a price are already contradictory. From these few, one after the other is left
out for as long as the rest stays contradictory; what remains is minimal.
Source: Chinneck and Dravnieks 1991, ORSA Journal on Computing 3 (elastic and deletion filter).
"""

import re
from dataclasses import replace

from services.allocator.model.build import build
from services.allocator.model.linear_model import INFINITY, LinearModel, Row
from services.allocator.model.whole import round_access
from services.allocator.problem.instance import Instance
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists, OutOfTime
from services.allocator.solve.linear_program import LinearProgram
from services.allocator.solve.whole_plan import find_any_plan

_RULE = re.compile(r"(C[14569])\.\w+\[(.*)\]")
_PRICE = 1e-7

Rule = tuple[str, str]
"""A tag of FORMULATION.md and the id of the row."""


def conflicting_rules(instance: Instance, clock: Clock) -> list[Rule]:
    """Find a minimal set of rules that no plan keeps together, even without whole households.

    Returns
    -------
    The rules, sorted; none when nothing clashes unless households are whole. Every set also
    contains what always holds: the balance of households (C2), the need (C3), the routes (C8).
    """
    model, _ = build(instance)
    round_access(model, instance)
    suspects = _priced_rows(model, clock)
    for row in list(suspects):
        rest = [other for other in suspects if other != row]
        if _contradictory(model, rest, clock):
            suspects = rest
    return sorted(rule for row in suspects if (rule := _rule(model.row_names[row])))


def clashing_pins(instance: Instance, clock: Clock) -> list[Rule]:
    """Find pins that cannot hold together in whole households, and none of them to spare.

    A pin is left out of the set when the others clash without it; where the clock runs out
    first, it stays.
    """
    pins = list(instance.pins)
    for pin in instance.pins:
        rest = [other for other in pins if other is not pin]
        try:
            find_any_plan(replace(instance, pins=tuple(rest)), clock)
        except NoPlanExists:
            pins = rest
        except OutOfTime:
            break
    return [("C6", pin.id) for pin in pins]


def _rule(name: str) -> Rule | None:
    match = _RULE.fullmatch(name)
    return (match[1], match[2]) if match else None


def _rules(model: LinearModel) -> list[Row]:
    return [row for row, name in enumerate(model.row_names) if _rule(name)]


def _priced_rows(model: LinearModel, clock: Clock) -> list[Row]:
    violation = {}
    pins = [row for row in _rules(model) if model.row_names[row].startswith("C6.")]
    for row in pins:
        for sign in (1.0, -1.0):
            column = model.add_column(f"violation[{model.row_names[row]}]")
            model.row_columns[row].append(column)
            model.row_values[row].append(sign)
            violation[column] = 1.0
    vertex, _ = LinearProgram(model, violation, clock).minimise()
    for column in violation:
        model.column_upper[column] = 0.0
    return [row for row in _rules(model) if abs(vertex.duals.get(row, 0.0)) > _PRICE]


def _contradictory(model: LinearModel, rules: list[Row], clock: Clock) -> bool:
    left_out = set(_rules(model)) - set(rules)
    before = model.bounds()
    for row in left_out:
        model.row_lower[row], model.row_upper[row] = -INFINITY, INFINITY
    try:
        LinearProgram(model, {}, clock).minimise()
    except NoPlanExists:
        return True
    finally:
        model.restore(before)
    return False
