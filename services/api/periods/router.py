"""Periods over HTTP."""

from services.api.crud.router import registry_router
from services.api.periods.service import periods

router = registry_router(periods)
