"""Assembles the API: routers, errors, headers and the database. No logic."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import APIRouter, Depends, FastAPI
from starlette.types import Receive, Scope, Send

from services.api import reference, service_status
from services.api.access.admission import Actors, admitted
from services.api.access.tokens import Issuer
from services.api.access_rates.router import router as access_rates
from services.api.adoptions.router import router as adoptions
from services.api.allocation_keys.router import router as allocation_keys
from services.api.alternatives.places import Places
from services.api.alternatives.router import router as alternatives
from services.api.answers_once.replay import answer_once
from services.api.api_keys.router import router as api_keys
from services.api.audit.router import router as audit
from services.api.capacities.router import router as capacities
from services.api.ceilings.router import router as ceilings
from services.api.commitments.router import router as commitments
from services.api.database import Turns, open_database
from services.api.distances.router import router as distances
from services.api.error_responses import answer_errors
from services.api.events.router import router as events
from services.api.explanations.router import router as explanations
from services.api.exports.router import router as exports
from services.api.fits.router import router as fits
from services.api.headers import API_VERSION
from services.api.housing_forms.router import router as housing_forms
from services.api.imports.router import router as imports
from services.api.indicator_values.router import router as indicator_values
from services.api.indicators.router import router as indicators
from services.api.me.router import router as me
from services.api.members.router import router as members
from services.api.money.router import router as money
from services.api.money_lines.router import router as money_lines
from services.api.municipalities.router import router as municipalities
from services.api.needs.router import router as needs
from services.api.organisations.router import router as organisations
from services.api.own_process import collect_seldom
from services.api.periods.router import router as periods
from services.api.production import refuse_to_start, shows_docs
from services.api.proposals.router import router as proposals
from services.api.quota_balances.router import router as quota_balances
from services.api.quota_ledger.router import router as quota_ledger
from services.api.quota_ledger.service import task_of
from services.api.quota_totals.router import router as quota_totals
from services.api.realisations.router import router as realisations
from services.api.regions.router import router as regions
from services.api.repairs.router import router as repairs
from services.api.requests import accepts_json, known_parameters
from services.api.settings import Settings
from services.api.support_capacities.router import router as support_capacities
from services.api.target_groups.router import router as target_groups
from services.api.trades.router import router as trades
from services.api.webhooks.router import router as webhooks
from shared.logs import set_up_logs
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
    adoptions,
    trades,
    realisations,
    quota_totals,
    quota_balances,
    quota_ledger,
    money_lines,
    money,
    imports,
    events,
    webhooks,
    audit,
    organisations,
    members,
    api_keys,
    me,
)
# These answer with files, so that `Accept` need not allow JSON.
FILES: tuple[APIRouter, ...] = (exports,)


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
        collect_seldom()
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
    app.state.actors = Actors(settings.remember_actors_seconds)
    app.state.issuer = Issuer(
        settings.token_issuer,
        settings.token_audience,
        settings.jwks_url,
        clients=settings.token_clients.split(),
    )
    app.state.turns = Turns()
    app.state.alternatives = Places(settings.parallel_alternatives)
    app.state.reading_files = asyncio.Semaphore(1)
    app.state.task_of = task_of
    app.state.reference = reference.Reference(app)
    answer_errors(app)
    answer_once(app)
    for router in FEATURES:
        app.include_router(
            router,
            prefix="/v1",
            dependencies=[Depends(admitted), Depends(accepts_json), Depends(known_parameters)],
        )
    for router in FILES:
        app.include_router(
            router, prefix="/v1", dependencies=[Depends(admitted), Depends(known_parameters)]
        )
    pages = [reference.router, *([reference.page_router] if shows_docs(settings) else [])]
    for router in pages:
        app.include_router(router, prefix="/v1", dependencies=[Depends(known_parameters)])
    return app


def app_of_process() -> FastAPI:
    """Assemble the API of one process among several, which all have the same environment."""
    set_up_logs("api")
    return create_app(Settings())


def serve(settings: Settings) -> None:
    """Serve the API until the process is told to stop."""
    refuse_to_start(settings)
    several = settings.processes > 1
    uvicorn.run(
        "services.api.main:app_of_process" if several else create_app(settings),
        factory=several,
        workers=settings.processes,
        host=settings.host,
        port=settings.port,
        log_config=None,
        server_header=False,
    )


if __name__ == "__main__":
    serve(Settings())
