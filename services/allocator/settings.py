"""The allocator's settings: environment variables that start with `EVENWICHT_ALLOCATOR_`."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """Read once when the process starts, then passed on.

    `memory_limit_mb` is the address space of one solve [MB]; `grace_seconds` is how long a solve
    may outlive its time limit before it is killed; `body_limit_bytes` is the largest problem.
    """

    model_config = SettingsConfigDict(env_prefix="EVENWICHT_ALLOCATOR_", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8001
    log_level: str = "INFO"
    max_parallel: Annotated[int, Field(ge=1)] = 2
    max_threads: Annotated[int, Field(ge=1)] = 8
    memory_limit_mb: Annotated[int, Field(ge=1)] = 4096
    default_time_limit: Seconds = 300.0
    max_time_limit: Seconds = 3600.0
    grace_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 10.0
    body_limit_bytes: Annotated[int, Field(ge=1)] = 20_000_000
