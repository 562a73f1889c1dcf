"""Questions about whole households, asked of the integer programs in SciPy."""

from math import floor
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tests.differential.oracle.objectives import Part, parts, unsuitability
from tests.differential.oracle.program import Sum
from tests.differential.oracle.region import Region
from tests.differential.oracle.rules import Plan

COUNTED = ("commitments", "waiting")
"""Stages whose value is a whole number of households in every whole plan."""
OPTIMAL, INFEASIBLE = 0, 2


def best_in_whole(region: Region) -> list[dict[str, Any]] | None:
    """Find the optimum in whole households of the stages that come first and count households.

    Returns
    -------
    None when no plan in whole households keeps the hard rules; otherwise one entry per stage,
    up to the first that counts something else or may be given up in part. Suitability has an
    entry when it is the only stage.
    """
    plan = Plan(region)
    _round_access_down(plan)
    if _minimum(plan, {}) is None:
        return None
    if region.stages == [("suitability", 0)]:
        return [_best(plan, ("suitability", None), unsuitability(plan)) | {"slack": 0.0}]
    answer = []
    for objective, slack in region.stages:
        if objective not in COUNTED:
            break
        for part, terms in parts(plan, objective):
            answer.append(_best(plan, part, terms) | {"slack": float(slack)})
            plan.program.row(terms, upper=answer[-1]["value"])
        if slack:
            break
    return answer


def _best(plan: Plan, part: Part, terms: Sum) -> dict[str, Any]:
    best = _minimum(plan, terms)
    if best is None:
        raise ArithmeticError(f"no whole plan under what was just found, in {part}")
    value = -best if part[0] == "suitability" else float(round(best))
    return {"objective": part[0], "tier": part[1], "value": value}


def _round_access_down(plan: Plan) -> None:
    """C9: of 2.9 households that are admitted, two can come."""
    region = plan.region
    for row, (o, g, t) in plan.admitted_rows.items():
        years = region.years[: region.years.index(t) + 1]
        come = sum(region.need.get((o, g, year), 0) for year in years)
        terms, lower, _ = plan.program.rows[row]
        plan.program.rows[row] = (terms, lower, float(floor(region.rate[o, g] * come)))


def _minimum(plan: Plan, objective: Sum) -> float | None:
    program = plan.program
    costs = np.zeros(len(program.lower))
    costs[list(objective)] = list(objective.values())
    whole = np.zeros(len(costs))
    whole[[*plan.x.values(), *plan.f.values()]] = 1
    entries = [(r, c, v) for r, (terms, _, _) in enumerate(program.rows) for c, v in terms.items()]
    at, columns, factors = zip(*entries, strict=True)
    matrix = csr_array((factors, (at, columns)), shape=(len(program.rows), len(costs)))
    found = milp(
        costs,
        integrality=whole,
        bounds=Bounds(program.lower, program.upper),
        constraints=LinearConstraint(
            matrix, [low for _, low, _ in program.rows], [high for _, _, high in program.rows]
        ),
        # With presolve this version of HiGHS calls some problems infeasible that are not.
        options={"mip_rel_gap": 0.0, "presolve": False},
    )
    if found.status == INFEASIBLE:
        return None
    if found.status != OPTIMAL:
        raise ArithmeticError(found.message)
    return float(found.fun)
