"""O1, O2: keep agreements, and let nobody wait longer than needed."""

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


def shortfall(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O1: sum_k u[k], what commitments lack [households]."""
    return {x.short[row.id]: 1.0 for row in instance.commitments}


def waiting(model: LinearModel, x: Variables, instance: Instance, tier: int) -> dict[Column, float]:
    """O2: sum of w[o,g,t] over the groups of one tier [household-periods]."""
    return {
        column: 1.0 for (_, g, _), column in x.waiting.items() if instance.group[g].tier == tier
    }
