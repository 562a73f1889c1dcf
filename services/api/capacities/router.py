"""Capacities over HTTP."""

from services.api.capacities.service import capacities
from services.api.crud.router import registry_router

router = registry_router(capacities)
