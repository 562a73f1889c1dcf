"""O1, O2: keep agreements, and let nobody wait longer than needed."""

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


def shortfall(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O1: sum_k u[k], what commitments lack [households]."""
    return {x.short[row.id]: 1.0 for row in instance.commitments}


def waiting(model: LinearModel, x: Variables, instance: Instance, tier: int) -> dict[Column, float]:
    """O2: sum of w[o,g,t] over the groups of one tier [household-periods].

    Who is housed in t waits in none of the periods from t on, so the sum is that of all who
    have come by the end of each period, less the placements times the periods that they save.
    """
    saved = {t: len(instance.periods) - k for k, t in enumerate(instance.periods)}
    groups = {g.id for g in instance.groups if g.tier == tier}
    come = sum(n * saved[t] for (_, g, t), n in instance.need.items() if g in groups)
    prices = {model.add_column(f"O2.come[{tier}]", come, come): 1.0}
    for (_, g, t), terms in x.hosted.items():
        if g in groups:
            prices.update((column, -float(saved[t])) for column, _ in terms)
    return prices
