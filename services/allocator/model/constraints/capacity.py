"""C1, C4: homes and support are limited."""

from services.allocator.model.linear_model import LinearModel, Term
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Instance
from shared.contract.problem import Lot


def within_lots(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C1: sum_g size[g,form] x[lot,g] <= reported[lot] + e[lot] <= potential[lot]."""
    for lot in instance.lots:
        model.add_row(f"C1.lot[{lot.id}]", taken(x, instance, lot), upper=lot.potential)


def taken(x: Variables, instance: Instance, lot: Lot) -> list[Term]:
    """Sum what a lot holds [units]."""
    return [
        (x.placed[lot.id, g], instance.group[g].size.get(lot.form, 1))
        for g in sorted(set(lot.groups))
    ]


def within_support(model: LinearModel, x: Variables, instance: Instance) -> None:
    """C4: slots in use by households placed in this and earlier periods <= slots[row]."""
    order = {t: position for position, t in enumerate(instance.periods)}
    for row in instance.support:
        now = order[row.period]
        used: list[Term] = []
        for group in instance.groups:
            need = group.support.get(row.type)
            if need is None:
                continue
            window = instance.periods[max(0, now - need.periods + 1) : now + 1]
            used += [
                (column, need.slots)
                for i in row.municipalities
                for column, _ in x.hosts(i, group.id, window)
            ]
        if used:
            model.add_row(f"C4.support[{row.id}]", used, upper=row.slots)
