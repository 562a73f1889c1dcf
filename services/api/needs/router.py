"""Needs over HTTP."""

from services.api.crud.router import registry_router
from services.api.needs.service import needs

router = registry_router(needs)
