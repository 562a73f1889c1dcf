"""Target groups over HTTP."""

from services.api.crud.router import registry_router
from services.api.target_groups.service import target_groups

router = registry_router(target_groups)
