"""Housing forms over HTTP."""

from services.api.crud.router import registry_router
from services.api.housing_forms.service import housing_forms

router = registry_router(housing_forms)
