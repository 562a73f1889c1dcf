"""All nouns of the registry, each after those that it refers to."""

from collections.abc import Mapping
from typing import Any

from services.api.access_rates.service import access_rates
from services.api.allocation_keys.service import allocation_keys
from services.api.capacities.service import capacities
from services.api.ceilings.service import ceilings
from services.api.commitments.service import commitments
from services.api.crud.service import Registry
from services.api.distances.service import distances
from services.api.fits.service import fits
from services.api.housing_forms.service import housing_forms
from services.api.indicator_values.service import indicator_values
from services.api.indicators.service import indicators
from services.api.money_lines.service import money_lines
from services.api.municipalities.service import municipalities
from services.api.needs.service import needs
from services.api.periods.service import periods
from services.api.quota_balances.service import quota_balances
from services.api.quota_totals.service import quota_totals
from services.api.realisations.service import realisations
from services.api.regions.service import regions
from services.api.support_capacities.service import support_capacities
from services.api.target_groups.service import target_groups

REGISTRIES: tuple[Registry[Any], ...] = (
    municipalities,
    regions,
    housing_forms,
    target_groups,
    fits,
    periods,
    indicators,
    indicator_values,
    allocation_keys,
    needs,
    capacities,
    support_capacities,
    commitments,
    ceilings,
    access_rates,
    distances,
    quota_totals,
    quota_balances,
    realisations,
    money_lines,
)
BY_PATH: Mapping[str, Registry[Any]] = {one.noun.path: one for one in REGISTRIES}
