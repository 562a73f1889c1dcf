"""Assembles the allocator's web application; no logic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.allocator.error_responses import add_error_responses
from services.allocator.openapi import describe
from services.allocator.router import router
from services.allocator.settings import Settings
from services.allocator.solve_runner import Solvers
from shared.standard_headers import StandardHeaders

API_VERSION = "1.0.0"


def create_app(settings: Settings) -> StandardHeaders:
    """Put the allocator together.

    Parameters
    ----------
    settings
        What may differ between machines.

    Returns
    -------
    An ASGI application that serves everything under `/v1`.
    """
    solvers = Solvers(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        solvers.prepare()
        yield
        await solvers.stop()

    version_1 = FastAPI(
        title="Evenwicht allocator",
        summary="Solves one allocation problem; keeps no answers",
        version=API_VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
        servers=[{"url": "/v1"}],
    )
    version_1.state.settings = settings
    version_1.state.solvers = solvers
    version_1.include_router(router)
    add_error_responses(version_1)
    version_1.openapi = lambda: describe(version_1)  # type: ignore[method-assign] # FastAPI's way

    outside = FastAPI(openapi_url=None, redirect_slashes=False, lifespan=lifespan)
    add_error_responses(outside)
    outside.mount("/v1", version_1)
    return StandardHeaders(outside, API_VERSION)
