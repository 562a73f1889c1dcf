"""Commitments over HTTP."""

from services.api.commitments.service import commitments
from services.api.crud.router import registry_router

router = registry_router(commitments)
