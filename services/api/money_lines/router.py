"""Money lines over HTTP."""

from services.api.crud.router import registry_router
from services.api.money_lines.service import money_lines

router = registry_router(money_lines)
