"""Gathers the tables of every feature, for migrations."""

from services.api.access_rates.tables import access_rates
from services.api.allocation_keys.tables import (
    allocation_key_groups,
    allocation_key_weights,
    allocation_keys,
)
from services.api.capacities.tables import capacities, capacity_groups
from services.api.ceilings.tables import ceiling_groups, ceiling_periods, ceilings
from services.api.commitments.tables import commitment_groups, commitment_periods, commitments
from services.api.database import metadata
from services.api.distances.tables import distances
from services.api.fits.tables import fits
from services.api.housing_forms.tables import housing_forms
from services.api.indicator_values.tables import indicator_values
from services.api.indicators.tables import indicators
from services.api.municipalities.tables import municipalities
from services.api.needs.tables import needs
from services.api.periods.tables import periods
from services.api.proposals.tables import proposals
from services.api.regions.tables import region_municipalities, regions
from services.api.support_capacities.tables import (
    support_capacities,
    support_capacity_municipalities,
)
from services.api.target_groups.tables import (
    target_group_sizes,
    target_group_support,
    target_groups,
)

__all__ = [
    "access_rates",
    "allocation_key_groups",
    "allocation_key_weights",
    "allocation_keys",
    "capacities",
    "capacity_groups",
    "ceiling_groups",
    "ceiling_periods",
    "ceilings",
    "commitment_groups",
    "commitment_periods",
    "commitments",
    "distances",
    "fits",
    "housing_forms",
    "indicator_values",
    "indicators",
    "metadata",
    "municipalities",
    "needs",
    "periods",
    "proposals",
    "region_municipalities",
    "regions",
    "support_capacities",
    "support_capacity_municipalities",
    "target_group_sizes",
    "target_group_support",
    "target_groups",
]
