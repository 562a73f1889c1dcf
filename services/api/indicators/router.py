"""Indicators over HTTP."""

from services.api.crud.router import registry_router
from services.api.indicators.service import indicators

router = registry_router(indicators)
