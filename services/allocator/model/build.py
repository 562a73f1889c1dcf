"""The hard rules, in the order of FORMULATION.md."""

from services.allocator.model.constraints.agreements import (
    as_committed,
    as_pinned,
    under_ceilings,
)
from services.allocator.model.constraints.capacity import within_lots, within_support
from services.allocator.model.constraints.demand import within_demand
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.variables import Variables, decide
from services.allocator.problem.instance import Instance


def build(instance: Instance, *, whole: bool = False) -> tuple[LinearModel, Variables]:
    """Build the model of one instance with every hard rule and no objective yet.

    Parameters
    ----------
    whole
        Whether the rules count in whole households: C9 then rounds down.
    """
    model = LinearModel()
    x = decide(model, instance, whole=whole)
    within_lots(model, x, instance)
    within_demand(model, x, instance)
    within_support(model, x, instance)
    under_ceilings(model, x, instance)
    as_pinned(model, x, instance)
    as_committed(model, x, instance)
    return model, x
