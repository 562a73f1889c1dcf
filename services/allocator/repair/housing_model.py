"""A linear model of what must be housed: the hard rules, with every flow in the open.

Homes, support and agreements are those of the engine's own model, so a new rule there is a rule
here. Who comes from where (C2, C3, C8, C9) is written out, because here it must be known which
of these rules stops somebody, and by how many households.
"""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from services.allocator.model.build import build
from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables
from services.allocator.problem.instance import Code, Instance
from services.allocator.repair.question import enough, let_go_anywhere

Admissions = dict[tuple[Code, Code], Column]
"""Households admitted beyond what the rate admits, per (responsible, group)."""

_Leaving = dict[tuple[Code, Code], dict[Code, list[Column]]]
"""Flows per (responsible, group) and period."""


def housing_model(
    instance: Instance, *, admit_more: bool = False
) -> tuple[LinearModel, Variables, Admissions]:
    """Build the model in which every commitment of the instance must be kept in full.

    Every column has a bound. With `admit_more`, municipalities may admit more households than
    their rate does, and the columns that count these are given as well.
    """
    somewhere, soon = instance.municipalities[0], instance.periods[0]
    homes = replace(
        instance,
        groups=tuple(map(let_go_anywhere, instance.groups)),
        need={(somewhere, g, soon): enough(instance) for g in instance.group},
        access={},
    )
    model, x = build(homes)
    for row in instance.commitments:
        model.column_upper[x.short[row.id]] = 0.0
    gone = _flows(model, x, instance)
    admissions = _served(model, instance, gone, admit_more=admit_more)
    # Nobody need house more than is asked, and with every column bounded a proof is exact.
    most = float(enough(instance))
    model.column_upper = [min(upper, most) for upper in model.column_upper]
    return model, x, admissions


def _flows(model: LinearModel, x: Variables, instance: Instance) -> _Leaving:
    """C2, C8: who lives in a host's homes came over a route; give who leaves from where, when."""
    gone: _Leaving = defaultdict(lambda: defaultdict(list))
    for (hosts, g, t), columns in sorted(_homes(x, instance).items()):
        arriving = []
        for o in instance.municipalities:
            may = instance.may_house(instance.group[g], o, hosts)
            if instance.total_need[o, g] and may:
                arriving.append(model.add_column(f"R.routed[{o},{hosts},{g},{t}]", whole=True))
                gone[o, g][t].append(arriving[-1])
        terms = [(c, 1.0) for c in columns] + [(c, -1.0) for c in arriving]
        model.add_row(f"R.balance[{hosts},{g},{t}]", terms, 0, 0)
    return gone


def _homes(x: Variables, instance: Instance) -> dict[tuple[Code, Code, Code], list[Column]]:
    """Gather placements per host, group and period; of a group that may go anywhere, together."""
    homes: dict[tuple[Code, Code, Code], list[Column]] = defaultdict(list)
    for lot in instance.lots:
        for g in lot.groups:
            anywhere = instance.group[g].spread in ("region", "sites")
            hosts = "everywhere" if anywhere else lot.municipality
            homes[hosts, g, lot.period].append(x.placed[lot.id, g])
    return homes


def _served(
    model: LinearModel, instance: Instance, gone: _Leaving, *, admit_more: bool
) -> Admissions:
    """C3, C9: no more are housed by the end of a period than came and were admitted by then."""
    admissions: Admissions = {}
    for (o, g), leaving in gone.items():
        rate, total = instance.access.get((o, g), Fraction(1)), instance.total_need[o, g]
        if admit_more and rate < 1:
            most = float(ceil(total * (1 - rate)))
            admissions[o, g] = model.add_column(f"R.admitted[{o},{g}]", 0, most, whole=True)
        served: list[Column] = []
        come = 0
        for t in instance.periods:
            come += instance.need.get((o, g, t), 0)
            served += leaving.get(t, ())
            name = f"R.served[{o},{g},{t}]"
            if (o, g) in admissions:
                # One more admitted over the whole plan is the part come / total of one by now.
                # Multiplied by the total, all numbers are whole and can be rounded down.
                terms = [(c, float(total)) for c in served] + [(admissions[o, g], -float(come))]
                model.add_row(name, terms, upper=float(floor(total * rate * come)))
            else:
                model.add_row(name, [(c, 1.0) for c in served], upper=float(floor(rate * come)))
    return admissions
