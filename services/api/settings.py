"""Everything about the API that differs from one installation to another."""

import os
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_MEGABYTE = 1_000_000
# Everybody can read it here, so production refuses it.
SAMPLE_SECRET = "sample-secret-for-development-only"  # noqa: S105


class Settings(BaseSettings):
    """Settings of the API and its worker, from the environment.

    Each is `EVENWICHT_` and its name in capitals; the main database is also `DATABASE_URL`.
    Without any setting everything is kept in the folder `.evenwicht`.
    """

    model_config = SettingsConfigDict(
        env_prefix="EVENWICHT_", frozen=True, extra="ignore", populate_by_name=True
    )

    database_url: str = Field(
        default="sqlite:///.evenwicht/evenwicht.sqlite",
        validation_alias=AliasChoices("DATABASE_URL", "EVENWICHT_DATABASE_URL"),
        description="SQLAlchemy address of the database: SQLite or PostgreSQL.",
    )
    jobs_database_url: str = Field(
        default="",
        description="Address of the job queue; by default the same PostgreSQL, or a second "
        "SQLite file.",
    )
    allocator_url: str = Field(
        default="http://127.0.0.1:8001", description="Base address of the allocator service."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="TCP port to listen on.")
    public_url: str = Field(
        default="https://evenwicht.example",
        description="Address at which others reach this API, without a path.",
    )
    max_body_bytes: int = Field(
        default=10 * _MEGABYTE, ge=1, description="Largest request body [bytes]."
    )
    body_timeout_seconds: float = Field(
        default=60.0, gt=0, description="How long a client may take to send a body [s]."
    )

    default_time_limit_seconds: float = Field(
        default=300.0, gt=0, description="Time limit of a proposal that asks for none [s]."
    )
    most_waiting_proposals: int = Field(
        default=20, ge=1, description="Proposals of one region that may wait in the queue."
    )
    parallel_jobs: int = Field(
        default=2, ge=1, description="Proposals that one worker has under way at a time."
    )
    job_attempts: int = Field(
        default=7, ge=1, description="How often a proposal is taken up before it fails."
    )
    job_poll_seconds: float = Field(
        default=0.25, gt=0, description="How often the worker looks for work and withdrawals [s]."
    )
    longest_wait_seconds: float = Field(
        default=3600.0,
        gt=0,
        description="How long a proposal waits for an allocator that is busy or away [s].",
    )
    answer_grace_seconds: float = Field(
        default=30.0,
        gt=0,
        description="How long the allocator may exceed a time limit before it is given up [s].",
    )

    alternative_time_limit_seconds: float = Field(
        default=30.0, gt=0, description="How long a what-if question may be computed [s]."
    )
    repairs_time_limit_seconds: float = Field(
        default=120.0,
        gt=0,
        description="How long it may be looked for what keeps commitments from being kept [s].",
    )
    parallel_alternatives: int = Field(
        default=2,
        ge=1,
        description="What-if questions, and those about repairs, computed at a time.",
    )

    mode: Literal["development", "production"] = Field(
        default="development",
        description="`production` refuses to start with what is only fit for trying things out.",
    )
    processes: int = Field(default=1, ge=1, description="Processes that serve the API.")
    key_secret: SecretStr = Field(
        default=SecretStr(SAMPLE_SECRET),
        description="Secret that API keys and webhooks are hashed and signed with.",
    )
    open_docs: bool | None = Field(
        default=None,
        description="Whether the page /v1/docs is served; by default in development only.",
    )
    remember_actors_seconds: float = Field(
        default=5.0,
        ge=0,
        description="How long a key that was found is not looked up again [s].",
    )
    token_issuer: str = Field(
        default="", description="Issuer of OAuth tokens; without it no token is accepted."
    )
    token_audience: str = Field(default="evenwicht", description="Audience that a token is for.")
    token_clients: str = Field(
        default="",
        description="Clients whose tokens are accepted (`azp`), with spaces between them; without "
        "any, those of all clients of the issuer.",
    )
    jwks_url: str = Field(default="", description="Address of the issuer's public keys.")
    organisation_oin: str = Field(
        default="00000099000000000000",
        pattern=r"^[0-9]{20}$",
        description="OIN of the organisation that runs this installation; the source of events.",
    )
    webhooks_to_private_addresses: bool = Field(
        default=False, description="Whether webhooks may go to addresses that are not public."
    )
    webhook_timeout_seconds: float = Field(
        default=10.0, gt=0, description="How long a receiver of webhooks may take [s]."
    )
    webhook_poll_seconds: float = Field(
        default=1.0, gt=0, description="How often the worker looks for events to send [s]."
    )
    import_seconds: float = Field(
        default=30.0, gt=0, description="How long reading one file may take [s]."
    )
    import_memory_mb: int = Field(
        default=300, ge=50, description="Memory that reading one file may take [MB]."
    )

    @model_validator(mode="after")
    def _complete_addresses(self) -> Self:
        # Frozen for everyone else; the two addresses belong together and are settled once, here.
        database = _with_driver(self.database_url)
        jobs = self.jobs_database_url or _jobs_beside(database)
        object.__setattr__(self, "database_url", database)
        object.__setattr__(self, "jobs_database_url", _with_driver(jobs))
        return self


def _with_driver(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg{separator}{rest}"
    return url


def _jobs_beside(database_url: str) -> str:
    if database_url.startswith("postgresql"):
        return database_url
    folder, slash, _ = database_url.rpartition("/")
    return f"{folder}{slash}jobs.sqlite"


def environment_with(**values: str) -> dict[str, str]:
    """Give the environment for a child process: our own, with these variables set."""
    return {**os.environ, **values}
