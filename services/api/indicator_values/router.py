"""Indicator values over HTTP."""

from services.api.crud.router import registry_router
from services.api.indicator_values.service import indicator_values

router = registry_router(indicator_values)
