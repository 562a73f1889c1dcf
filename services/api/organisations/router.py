"""Organisations over HTTP."""

from fastapi import APIRouter, Depends

from services.api.access.admission import forgets_actors
from services.api.crud.router import registry_router
from services.api.organisations.service import organisations

router = APIRouter(dependencies=[Depends(forgets_actors, scope="function")])
router.include_router(registry_router(organisations))
