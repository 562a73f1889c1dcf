"""The stages in the planner's order, each under a limit on every stage before it."""

from typing import Any

from tests.differential.oracle.objectives import Cell, levels, parts
from tests.differential.oracle.program import NothingFits, Program, Sum
from tests.differential.oracle.region import Region
from tests.differential.oracle.rules import Plan

STUCK = 1e-7
"""A cell that rises by less than this above the others' level does not rise."""
LEXIMIN = ("municipalFairness", "groupFairness")

Answer = list[dict[str, Any]]


def references(region: Region) -> Answer | None:
    """Give the optimum of every stage when households may be split; None when nothing fits."""
    plan = Plan(region)
    try:
        plan.program.minimum({})
    except NothingFits:
        return None
    answer: Answer = []
    for objective, slack in region.stages:
        if objective in LEXIMIN:
            found = raised(plan.program, levels(plan, objective), float(slack))
            rows = [{"municipality": i, "group": g, "level": z} for (i, g), z in found.items()]
            answer.append({"objective": objective, "tier": None, "levels": rows})
        else:
            answer += _minimised(plan, objective, float(slack))
    return answer


def _minimised(plan: Plan, objective: str, slack: float) -> Answer:
    answer: Answer = []
    sign = -1.0 if objective == "suitability" else 1.0
    for (name, tier), terms in parts(plan, objective):
        best = plan.program.minimum(terms)
        plan.program.row(terms, upper=best + slack)
        answer.append({"objective": name, "tier": tier, "reference": sign * best})
    return answer


def raised(program: Program, cells: dict[Cell, Sum], slack: float) -> dict[Cell, float]:
    """Raise the lowest cell as far as it goes, then the next, and keep every cell at its level.

    After each floor every cell is asked by itself how far it can rise while no other cell drops
    below the floor. Since no other levels are as good, keeping each cell from falling below its
    own is enough to keep them all where they are.
    """
    level_of: dict[Cell, float] = {}
    floor = program.column()
    height = {cell: program.column() for cell in cells}
    above = {}
    for cell, terms in cells.items():
        program.row({**terms, height[cell]: -1.0}, 0.0, 0.0)
        above[cell] = program.row({height[cell]: 1.0, floor: -1.0}, lower=0.0)
    while above:
        level = -program.minimum({floor: -1.0})
        for cell in above:
            program.at_least(height[cell], max(0.0, level))
        for cell in _stuck(program, {cell: height[cell] for cell in above}, level):
            level_of[cell] = level
            program.drop(above.pop(cell))
    for cell, level in level_of.items():
        program.at_least(height[cell], max(0.0, level - slack))
    return level_of


def _stuck(program: Program, height: dict[Cell, int], level: float) -> list[Cell]:
    """Ask of each cell how far it can rise while the others stay at this level or above."""
    rising: set[Cell] = set()
    for cell, column in height.items():
        if cell not in rising:
            program.minimum({column: -1.0})
            # Whoever stands higher in this answer needs no question of its own.
            rising |= {c for c, k in height.items() if program.values[k] > level + STUCK}
    stuck = [cell for cell in height if cell not in rising]
    if not stuck:
        raise ArithmeticError(f"every cell seems to rise above the highest floor {level}")
    return stuck
