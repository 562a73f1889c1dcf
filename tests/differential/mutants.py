"""Plans that are nearly right: one or two numbers of a plan moved by one household."""

from itertools import product
from random import Random

from tests.differential.brute_force import Amounts, Plan
from tests.differential.oracle.region import Key, Region, Row


def mutants(region: Region, plans: list[Plan], draw: Random, amount: int) -> list[Plan]:
    """Change some of these plans; what comes out may keep the rules or break them."""
    return [_changed(region, draw.choice(plans), draw) for _ in range(amount)] if plans else []


def _changed(region: Region, plan: Plan, draw: Random) -> Plan:
    """Change a lot, a move, or both together so that who arrives still has a home."""
    step = draw.choice((-1, 1))
    lot = draw.choice(region.lots)
    g = draw.choice(lot["groups"])
    host, year = lot["municipality"], lot["period"]
    moves = list(product(region.towns, [host], [g], [year]))
    what = draw.choice(("lot", "move", "both", "both", "route"))
    placed, moved = plan.placed, plan.moved
    if what in ("lot", "both"):
        placed = _moved_by(placed, (lot["id"], g), step)
    if what in ("move", "both"):
        moved = _moved_by(moved, draw.choice(moves), step)
    if what == "route":
        moved = _moved_by(_moved_by(moved, draw.choice(moves), -1), draw.choice(moves), 1)
    return Plan(placed, moved)


def _moved_by(amounts: Amounts, key: Key, step: int) -> Amounts:
    households = max(0, amounts.get(key, 0) + step)
    rest = {other: n for other, n in amounts.items() if other != key}
    return {**rest, key: households} if households else rest


def result_document(region: Region, plan: Plan) -> Row:
    """Write a plan as a result that tells what follows from it, and claims nothing else."""
    used = plan.units(region)
    extra = {lot["id"]: float(used[lot["id"]] - lot["reported"]) for lot in region.lots}
    return {
        "status": "feasible",
        "placements": [
            {"lot": lot, "group": g, "households": n} for (lot, g), n in plan.placed.items()
        ],
        "trades": [
            {"responsible": o, "host": i, "group": g, "period": t, "households": n}
            for (o, i, g, t), n in plan.moved.items()
        ],
        "shortfalls": [
            {"commitment": row, "households": n} for row, n in plan.shortfall(region).items() if n
        ],
        "waiting": [
            {"municipality": o, "group": g, "period": t, "households": n}
            for (o, g, t), n in plan.waiting(region).items()
            if n > 0
        ],
        "extraCapacity": [{"lot": lot, "households": n} for lot, n in extra.items() if n > 0],
        "provenance": {
            "problemHash": "not looked at",
            "solver": "brute force",
            "solverVersion": "1",
            "seed": 0,
            "threads": 1,
            "limits": {},
            "wallSeconds": 0.0,
        },
    }
