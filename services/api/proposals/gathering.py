"""Read what the registry says about one region, through the other nouns."""

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy.orm import Session

from services.api.access_rates.service import access_rates
from services.api.allocation_keys.errors import FiguresMissing, NothingToShareBy
from services.api.allocation_keys.schemas import AllocationKey
from services.api.allocation_keys.service import allocation_keys, shares_from
from services.api.capacities.service import capacities
from services.api.ceilings.service import ceilings
from services.api.commitments.service import in_force
from services.api.crud.errors import NotFound
from services.api.distances.service import distances
from services.api.fits.service import fits
from services.api.indicator_values.schemas import IndicatorValue
from services.api.indicator_values.service import indicator_values
from services.api.municipalities.service import municipalities
from services.api.needs.service import needs
from services.api.periods.service import periods
from services.api.proposals import registry as known
from services.api.regions.schemas import Region
from services.api.regions.service import regions
from services.api.support_capacities.service import support_capacities
from services.api.target_groups.schemas import TargetGroup
from services.api.target_groups.service import target_groups
from shared.faults import Fault, InvalidDocument


def gather(session: Session, region_id: str) -> known.Registry:
    """Read everything that a snapshot of this region can draw on, in one transaction.

    Raises
    ------
    InvalidDocument
        When there is no such region.
    """
    region = _region(session, region_id)
    return known.Registry(
        region=_as_region(region),
        municipalities=[
            known.Municipality(m.code, m.name, m.valid_from, m.valid_to, m.subregion)
            for m in municipalities.every(session)
        ],
        periods=[known.Period(p.id, p.start, p.end) for p in periods.every(session)],
        groups=[_group(g) for g in target_groups.every(session)],
        fits=[(f.form, f.group) for f in fits.every(session)],
        needs=[
            known.Need(n.municipality, n.group, n.period, n.likely) for n in needs.every(session)
        ],
        capacities=_capacities(session),
        support=_support(session),
        commitments=[
            known.Commitment(c.id, c.municipality, c.groups, c.periods, c.households)
            for c in in_force(session)
        ],
        ceilings=[
            known.Ceiling(c.id, c.municipality, c.groups, c.periods, c.households, c.district)
            for c in ceilings.every(session)
        ],
        access=[
            known.AccessRate(a.municipality, a.group, float(a.rate))
            for a in access_rates.every(session)
        ],
        distances=[known.Distance(d.from_, d.to, float(d.km)) for d in distances.every(session)],
        keys=_keys(session, region.municipalities),
    )


def _region(session: Session, region_id: str) -> Region:
    try:
        return regions.find(session, region_id)
    except NotFound as unknown:
        message = f"The registry has no region {region_id!r}."
        raise InvalidDocument([Fault("/region", "unknown_id", message)]) from unknown


def _as_region(region: Region) -> known.Region:
    reach = None if region.reach_km is None else float(region.reach_km)
    return known.Region(region.id, region.municipalities, reach, region.min_need)


def _group(group: TargetGroup) -> known.Group:
    return known.Group(
        id=group.id,
        tier=group.tier,
        burden=float(group.burden),
        spread=group.spread,
        max_km=None if group.max_km is None else float(group.max_km),
        size={form: float(units) for form, units in group.size.items()},
        support={name: (s.slots, s.periods) for name, s in group.support.items()},
        valid_from=group.valid_from,
        valid_to=group.valid_to,
    )


def _capacities(session: Session) -> list[known.Capacity]:
    return [
        known.Capacity(
            id=lot.id,
            municipality=lot.municipality,
            form=lot.form,
            period=lot.period,
            reported=lot.likely,
            potential=lot.potential,
            groups=lot.groups,
            district=lot.district,
        )
        for lot in capacities.every(session)
    ]


def _support(session: Session) -> list[known.SupportCapacity]:
    return [
        known.SupportCapacity(s.id, s.municipalities, s.type, s.period, s.likely)
        for s in support_capacities.every(session)
    ]


def _keys(session: Session, codes: Sequence[str]) -> list[known.SharingKey]:
    values = indicator_values.every(session)
    return [_key(key, values, codes) for key in allocation_keys.every(session)]


def _key(
    key: AllocationKey, values: Sequence[IndicatorValue], codes: Sequence[str]
) -> known.SharingKey:
    try:
        shares: dict[str, Fraction] = shares_from(values, key, codes)
    except (FiguresMissing, NothingToShareBy) as obstacle:
        return known.SharingKey(key.id, key.groups, obstacles=(str(obstacle),))
    return known.SharingKey(key.id, key.groups, shares)
