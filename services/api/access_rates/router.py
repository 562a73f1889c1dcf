"""Access rates over HTTP."""

from services.api.access_rates.service import access_rates
from services.api.crud.router import registry_router

router = registry_router(access_rates)
