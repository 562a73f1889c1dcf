"""Support capacities over HTTP."""

from services.api.crud.router import registry_router
from services.api.support_capacities.service import support_capacities

router = registry_router(support_capacities)
