"""O6, O7, O9: what is nice to have once the plan is fair."""

from services.allocator.model.constraints.capacity import taken
from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


def unsuitability(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O6, as a cost: - sum value[g,i] X[i,g]."""
    return {
        column: -instance.suitability[i, g]
        for (i, g, _), terms in x.hosted.items()
        if instance.suitability.get((i, g))
        for column, _ in terms
    }


def extra_capacity(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O7: sum of e[lot], capacity used beyond what is reported [units]."""
    for lot in instance.lots:
        if lot.id not in x.extra and lot.potential > lot.reported:
            column = model.add_column(f"extra[{lot.id}]", 0, lot.potential - lot.reported)
            terms = [*taken(x, instance, lot), (column, -1.0)]
            model.add_row(f"O7.extra[{lot.id}]", terms, upper=lot.reported)
            x.extra[lot.id] = column
    return dict.fromkeys(x.extra.values(), 1.0)


def changes(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O9: sum of |X[i,g,t] - previous[i,g,t]|, when there is a previous plan [households]."""
    if not instance.previous:
        return {}
    objective: dict[Column, float] = {}
    for key in sorted(instance.previous.keys() - x.hosted.keys()):
        # A place that a previous plan had and that no lot offers any more is a certain change.
        lost = instance.previous[key]
        objective[model.add_column(f"change[{','.join(key)}]", lost, lost)] = 1.0
    for key, terms in x.hosted.items():
        before = instance.previous.get(key, 0)
        name = ",".join(key)
        change = model.add_column(f"change[{name}]")
        less = [(column, -value) for column, value in terms]
        model.add_row(f"O9.more[{name}]", [(change, 1), *less], lower=-before)
        model.add_row(f"O9.less[{name}]", [(change, 1), *terms], lower=before)
        objective[change] = 1.0
    return objective
