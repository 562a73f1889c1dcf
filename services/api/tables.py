"""Gathers the tables of every feature, for migrations."""

from services.api.access import tables as access
from services.api.access_rates import tables as access_rates
from services.api.adoptions import tables as adoptions
from services.api.allocation_keys import tables as allocation_keys
from services.api.answers_once import tables as answers_once
from services.api.capacities import tables as capacities
from services.api.ceilings import tables as ceilings
from services.api.commitments import tables as commitments
from services.api.database import metadata
from services.api.distances import tables as distances
from services.api.fits import tables as fits
from services.api.history import tables as history
from services.api.housing_forms import tables as housing_forms
from services.api.imports import tables as imports
from services.api.indicator_values import tables as indicator_values
from services.api.indicators import tables as indicators
from services.api.money_lines import tables as money_lines
from services.api.municipalities import tables as municipalities
from services.api.needs import tables as needs
from services.api.periods import tables as periods
from services.api.proposals import tables as proposals
from services.api.quota_balances import tables as quota_balances
from services.api.quota_totals import tables as quota_totals
from services.api.realisations import tables as realisations
from services.api.regions import tables as regions
from services.api.support_capacities import tables as support_capacities
from services.api.target_groups import tables as target_groups
from services.api.trades import tables as trades
from services.api.webhooks import tables as webhooks

__all__ = [
    "access",
    "access_rates",
    "adoptions",
    "allocation_keys",
    "answers_once",
    "capacities",
    "ceilings",
    "commitments",
    "distances",
    "fits",
    "history",
    "housing_forms",
    "imports",
    "indicator_values",
    "indicators",
    "metadata",
    "money_lines",
    "municipalities",
    "needs",
    "periods",
    "proposals",
    "quota_balances",
    "quota_totals",
    "realisations",
    "regions",
    "support_capacities",
    "target_groups",
    "trades",
    "webhooks",
]
