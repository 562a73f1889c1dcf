"""Realisations over HTTP."""

from services.api.crud.router import registry_router
from services.api.realisations.service import realisations

router = registry_router(realisations)
