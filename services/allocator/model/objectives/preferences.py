"""O6-O9: what is nice to have once the plan is fair."""

from services.allocator.model.constraints.flow import follow_routes
from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance


def unsuitability(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O6, as a cost: - sum value[g,i] X[i,g]."""
    return {
        column: -instance.suitability[i, g]
        for (i, g, _), column in x.hosted.items()
        if instance.suitability.get((i, g))
    }


def extra_capacity(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O7: sum of e[lot], capacity used beyond what is reported [units]."""
    return dict.fromkeys(x.extra.values(), 1.0)


def distance(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O8: sum of km(o,i) f[o,i,g,t] for o other than i [household-km]."""
    for group in instance.groups:
        if group.spread in ("region", "sites"):
            _open_routes(model, x, instance, group.id)
    return {
        column: instance.km.get((o, i), instance.largest_km)
        for (o, i, _, _), column in x.routed.items()
        if o != i
    }


def _open_routes(model: LinearModel, x: Variables, instance: Instance, group: str) -> None:
    hosts = [key for key in x.hosted if key[1] == group]
    for o, _, t in [key for key in x.served if key[1] == group]:
        for i, _, when in hosts:
            if when == t:
                key = (o, i, group, t)
                x.routed[key] = model.add_column(f"routed[{','.join(key)}]", whole=True)
    follow_routes(model, x, group)


def changes(model: LinearModel, x: Variables, instance: Instance) -> dict[Column, float]:
    """O9: sum of |X[i,g,t] - previous[i,g,t]|, when there is a previous plan [households]."""
    if not instance.previous:
        return {}
    objective: dict[Column, float] = {}
    for key in sorted(instance.previous.keys() - x.hosted.keys()):
        # A place that a previous plan had and that no lot offers any more is a certain change.
        lost = instance.previous[key]
        objective[model.add_column(f"change[{','.join(key)}]", lost, lost)] = 1.0
    for key, column in x.hosted.items():
        before = instance.previous.get(key, 0)
        name = ",".join(key)
        change = model.add_column(f"change[{name}]")
        model.add_row(f"O9.more[{name}]", [(change, 1), (column, -1)], lower=-before)
        model.add_row(f"O9.less[{name}]", [(change, 1), (column, 1)], lower=before)
        objective[change] = 1.0
    return objective
