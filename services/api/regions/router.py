"""Regions over HTTP."""

from fastapi import APIRouter, Depends

from services.api.access.admission import forgets_actors
from services.api.crud.router import registry_router
from services.api.regions.service import regions

# The municipalities of a region are the own ones of its organisation.
router = APIRouter(dependencies=[Depends(forgets_actors, scope="function")])
router.include_router(registry_router(regions))
