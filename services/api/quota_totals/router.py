"""Quota totals over HTTP."""

from services.api.crud.router import registry_router
from services.api.quota_totals.service import quota_totals

router = registry_router(quota_totals)
