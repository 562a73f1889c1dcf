"""Fits over HTTP."""

from services.api.crud.router import registry_router
from services.api.fits.service import fits

router = registry_router(fits)
