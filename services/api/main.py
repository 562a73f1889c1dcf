"""Assembles the API: routers, errors, headers and the database. No logic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import APIRouter, Depends, FastAPI
from starlette.types import Receive, Scope, Send

from services.api import reference, service_status
from services.api.access_rates.router import router as access_rates
from services.api.allocation_keys.router import router as allocation_keys
from services.api.alternatives.places import Places
from services.api.alternatives.router import router as alternatives
from services.api.capacities.router import router as capacities
from services.api.ceilings.router import router as ceilings
from services.api.commitments.router import router as commitments
from services.api.database import Turns, open_database
from services.api.distances.router import router as distances
from services.api.error_responses import answer_errors
from services.api.explanations.router import router as explanations
from services.api.fits.router import router as fits
from services.api.headers import API_VERSION
from services.api.housing_forms.router import router as housing_forms
from services.api.indicator_values.router import router as indicator_values
from services.api.indicators.router import router as indicators
from services.api.municipalities.router import router as municipalities
from services.api.needs.router import router as needs
from services.api.periods.router import router as periods
from services.api.proposals.router import router as proposals
from services.api.regions.router import router as regions
from services.api.repairs.router import router as repairs
from services.api.requests import accepts_json, known_parameters
from services.api.settings import Settings
from services.api.support_capacities.router import router as support_capacities
from services.api.target_groups.router import router as target_groups
from shared.standard_headers import StandardHeaders

FEATURES: tuple[APIRouter, ...] = (
    service_status.router,
    municipalities,
    regions,
    target_groups,
    housing_forms,
    fits,
    periods,
    indicators,
    indicator_values,
    allocation_keys,
    needs,
    capacities,
    support_capacities,
    commitments,
    ceilings,
    access_rates,
    distances,
    proposals,
    explanations,
    alternatives,
    repairs,
)


class Api(FastAPI):
    """FastAPI with our headers around everything, also around its own error answers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await StandardHeaders(super().__call__, API_VERSION)(scope, receive, send)


def create_app(settings: Settings) -> FastAPI:
    """Assemble the API; it opens its database, and changes nothing in it.

    Parameters
    ----------
    settings
        Read once, where the process starts.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.engine.dispose()

    app = Api(
        title="Evenwicht",
        version=API_VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.engine = open_database(settings.database_url)
    app.state.turns = Turns(app.state.engine)
    app.state.alternatives = Places(settings.parallel_alternatives)
    answer_errors(app)
    for router in FEATURES:
        app.include_router(
            router, prefix="/v1", dependencies=[Depends(accepts_json), Depends(known_parameters)]
        )
    app.include_router(reference.router, prefix="/v1", dependencies=[Depends(known_parameters)])
    return app


def serve(settings: Settings) -> None:
    """Serve the API until the process is told to stop."""
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        server_header=False,
    )


if __name__ == "__main__":
    serve(Settings())
