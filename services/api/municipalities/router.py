"""Municipalities over HTTP."""

from services.api.crud.router import registry_router
from services.api.municipalities.service import municipalities

router = registry_router(municipalities)
