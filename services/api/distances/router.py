"""Distances over HTTP."""

from services.api.crud.router import registry_router
from services.api.distances.service import distances

router = registry_router(distances)
