"""Freeze a planner's choice and the registry into one problem for the allocator. Pure.

How figures that reach beyond the choice are treated:

- A **need** counts in its own period; needs of periods that are not chosen are left out.
- A **commitment** is kept when it shares a group and a period with the choice, and its whole
  number is then asked of the chosen part: nothing outside is planned, and what does not fit
  shows as a shortfall, which a planner can see.
- A **ceiling** is kept in the same way; at most so many in the whole means at most so many in
  any part. One on a district without lots is left out, because nobody can be placed there.
- A **support** row is kept for the municipalities of the region that it lists.
- A **group** counts only in periods in which its rule is in force (`validFrom`, `validTo`).
- An **unknown** figure within the choice is a fault, or is left out when the choice says so: a
  need or a lot then counts for nothing, and support then limits nothing. It is never 0.
- Of an **earlier plan** the part counts that the choice plans again.
"""

from collections.abc import Iterable
from typing import Any

from services.api.proposals.choice import NO_PLAN, Choice, EarlierPlan, Scope, scope_of
from services.api.proposals.registry import Capacity, Group, Registry
from services.api.proposals.sharing import share_rows
from services.api.proposals.unknown import Unknown, unknown_faults, unknown_figures
from shared.contract.problem import Problem
from shared.contract.reading import problem_from
from shared.faults import Fault, InvalidDocument

Rows = list[dict[str, Any]]


def freeze(choice: Choice, registry: Registry, earlier: EarlierPlan = NO_PLAN) -> Problem:
    """Make the problem of a choice.

    Parameters
    ----------
    choice
        What the planner asks.
    registry
        What is known about the region; households and homes are whole numbers.
    earlier
        The plan to stay near to, or what is wrong with it.

    Returns
    -------
    The problem, its lists in a fixed order.

    Raises
    ------
    InvalidDocument
        With every fault: ids that the registry does not have, groups that are not in force,
        municipalities that do not exist throughout, a group without a usable allocation key,
        a housing form that fits nobody, an earlier plan that cannot be used, or figures that
        contradict each other.

    Source: services/allocator/model/FORMULATION.md, section 2.
    """
    scope, faults = scope_of(choice, registry)
    needs = _needs(scope, registry)
    needed = {row["group"] for row in needs if row["households"]}
    shares, share_faults = share_rows(scope, registry.keys, needed)
    supply, supply_faults = _supply(scope, registry)
    faults = [*earlier.faults, *faults, *share_faults, *supply_faults]
    if not choice.leave_out_unknown:
        faults += unknown_faults(unknown_figures(scope, registry))
    if faults:
        raise InvalidDocument(faults)
    tree: dict[str, Any] = {
        "schemaVersion": "1",
        "periods": [{"id": p.id, "start": p.start, "end": p.end} for p in scope.periods],
        "municipalities": [
            _filled({"id": m.code, "name": m.name, "subregion": m.subregion})
            for m in scope.municipalities
        ],
        "groups": [_group(g) for g in scope.groups],
        "supply": supply,
        "needs": needs,
        "support": _support(scope, registry),
        "commitments": _commitments(scope, registry),
        "ceilings": _ceilings(scope, registry, supply),
        "pins": _pins(choice),
        "shares": shares,
        "access": _access(scope, registry),
        "distances": _distances(scope, registry),
        "previous": _previous(scope, earlier),
        "minNeed": registry.region.min_need,
    }
    if registry.region.reach_km is not None:
        tree["reachKm"] = registry.region.reach_km
    if choice.stages is not None:
        tree["stages"] = [{"objective": s.objective, "slack": s.slack} for s in choice.stages]
    return _checked(tree)


def left_out(choice: Choice, registry: Registry) -> list[Unknown]:
    """List the unknown figures that the problem of a choice does without."""
    scope, _ = scope_of(choice, registry)
    return unknown_figures(scope, registry)


def _checked(tree: dict[str, Any]) -> Problem:
    try:
        return problem_from(tree)
    except InvalidDocument as refused:
        # These point into the snapshot, which the planner has not written: say so in words.
        raise InvalidDocument(
            [
                Fault("", fault.code, f"In the assembled problem, {fault.pointer}: {fault.message}")
                for fault in refused.faults
            ]
        ) from refused


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _group(group: Group) -> dict[str, Any]:
    return _filled(
        {
            "id": group.id,
            "tier": group.tier,
            "burden": group.burden,
            "spread": group.spread,
            "maxKm": group.max_km,
            "size": dict(group.size),
            "support": {
                name: {"slots": slots, "periods": periods}
                for name, (slots, periods) in group.support.items()
            },
        }
    )


def _supply(scope: Scope, registry: Registry) -> tuple[Rows, list[Fault]]:
    """Give the lots with at least one group of the choice, and the forms that fit nobody."""
    fits: dict[str, set[str]] = {}
    for form, group in registry.fits:
        fits.setdefault(form, set()).add(group)
    chosen = [
        lot
        for lot in registry.capacities
        if lot.municipality in scope.codes()
        and lot.period in scope.period_ids()
        and lot.reported is not None
    ]
    supply: Rows = []
    for lot in sorted(chosen, key=lambda lot: lot.id):
        suited = lot.groups if lot.groups is not None else fits.get(lot.form, set())
        groups = sorted(g for g in set(suited) if (g, lot.period) in scope.cells_in_force())
        if groups:
            supply.append(_lot(lot, groups))
    unfit = sorted({lot.form for lot in chosen if lot.groups is None and lot.form not in fits})
    faults = [
        Fault(
            "/region",
            "form_fits_nobody",
            f"No target group fits housing form {form!r}; add a fit, or give its lots groups.",
        )
        for form in unfit
    ]
    return supply, faults


def _lot(lot: Capacity, groups: list[str]) -> dict[str, Any]:
    return _filled(
        {
            "id": lot.id,
            "municipality": lot.municipality,
            "district": lot.district,
            "form": lot.form,
            "period": lot.period,
            "reported": lot.reported,
            "potential": lot.potential,
            "groups": groups,
        }
    )


def _needs(scope: Scope, registry: Registry) -> Rows:
    cells, codes = scope.cells_in_force(), scope.codes()
    return _sorted(
        {
            "municipality": n.municipality,
            "group": n.group,
            "period": n.period,
            "households": n.households,
        }
        for n in registry.needs
        if n.municipality in codes and (n.group, n.period) in cells and n.households is not None
    )


def _support(scope: Scope, registry: Registry) -> Rows:
    codes, periods = scope.codes(), scope.period_ids()
    return _sorted(
        {
            "id": s.id,
            "municipalities": sorted(codes & set(s.municipalities)),
            "type": s.type,
            "period": s.period,
            "slots": s.slots,
        }
        for s in registry.support
        if s.period in periods and codes & set(s.municipalities) and s.slots is not None
    )


def _commitments(scope: Scope, registry: Registry) -> Rows:
    return _sorted(
        {
            "id": c.id,
            "municipality": c.municipality,
            "groups": sorted(scope.group_ids() & set(c.groups)),
            "periods": sorted(scope.period_ids() & set(c.periods)),
            "households": c.households,
        }
        for c in registry.commitments
        if c.municipality in scope.codes() and _meets(scope, c.groups, c.periods)
    )


def _ceilings(scope: Scope, registry: Registry, supply: Rows) -> Rows:
    districts = {(lot["municipality"], lot.get("district")) for lot in supply}
    return _sorted(
        _filled(
            {
                "id": c.id,
                "municipality": c.municipality,
                "district": c.district,
                "groups": sorted(scope.group_ids() & set(c.groups)),
                "periods": sorted(scope.period_ids() & set(c.periods)),
                "households": c.households,
            }
        )
        for c in registry.ceilings
        if c.municipality in scope.codes()
        and _meets(scope, c.groups, c.periods)
        and (c.district is None or (c.municipality, c.district) in districts)
    )


def _meets(scope: Scope, groups: Iterable[str], periods: Iterable[str]) -> bool:
    return bool(scope.group_ids() & set(groups)) and bool(scope.period_ids() & set(periods))


def _pins(choice: Choice) -> Rows:
    return [
        {
            "id": f"pin-{place}",
            "municipality": pin.municipality,
            "group": pin.group,
            "period": pin.period,
            "households": pin.households,
            "reason": pin.reason,
        }
        for place, pin in enumerate(choice.pins, start=1)
    ]


def _access(scope: Scope, registry: Registry) -> Rows:
    return _sorted(
        {"municipality": a.municipality, "group": a.group, "rate": a.rate}
        for a in registry.access
        if a.municipality in scope.codes() and a.group in scope.group_ids()
    )


def _distances(scope: Scope, registry: Registry) -> Rows:
    codes = scope.codes()
    return _sorted(
        {"from": d.from_, "to": d.to, "km": d.km}
        for d in registry.distances
        if d.from_ in codes and d.to in codes
    )


def _previous(scope: Scope, earlier: EarlierPlan) -> Rows:
    cells, codes = scope.cells_in_force(), scope.codes()
    return _sorted(
        {"municipality": code, "group": group, "period": period, "households": households}
        for (code, group, period), households in earlier.hosted.items()
        if code in codes and (group, period) in cells
    )


def _sorted(rows: Iterable[dict[str, Any]]) -> Rows:
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])
