"""Quota balances over HTTP."""

from services.api.crud.router import registry_router
from services.api.quota_balances.service import quota_balances

router = registry_router(quota_balances)
