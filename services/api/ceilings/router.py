"""Ceilings over HTTP."""

from services.api.ceilings.service import ceilings
from services.api.crud.router import registry_router

router = registry_router(ceilings)
