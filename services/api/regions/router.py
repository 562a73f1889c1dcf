"""Regions over HTTP."""

from services.api.crud.router import registry_router
from services.api.regions.service import regions

router = registry_router(regions)
