"""What a caller of the allocator sent: read with limits, all faults told together."""

import re
from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request

from services.allocator.error_responses import BodyTooLarge, NoSuchFormat, NotJson
from services.allocator.order import Order, Task
from services.allocator.settings import Settings
from shared.faults import Fault

JSON = "application/json"
EVENTS = "text/event-stream"
_MOST_KEYS = 100
# pydantic alone would also read 1_0, +1 and spaces.
_WRITTEN = {
    "time_limit": re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?"),
    "threads": re.compile(r"[0-9]{1,9}"),
}


class Limits(BaseModel):
    """How long and how wide to search: seconds, and threads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time_limit: Annotated[float | None, Field(alias="timeLimit", gt=0, allow_inf_nan=False)] = None
    threads: Annotated[int | None, Field(ge=1)] = None

    @field_validator("time_limit", "threads", mode="before")
    @classmethod
    def _plain(cls, value: Any, info: ValidationInfo[Settings]) -> Any:
        if isinstance(value, str) and not _WRITTEN[info.field_name or ""].fullmatch(value):
            raise PydanticCustomError("not_digits", "Write a plain number, such as 12")
        return value

    @field_validator("time_limit")
    @classmethod
    def _not_too_long(cls, value: float | None, info: ValidationInfo[Settings]) -> float | None:
        if value is not None and value > info.context.max_time_limit:
            raise PydanticCustomError(
                "too_large", "At most {most} seconds", {"most": info.context.max_time_limit}
            )
        return value

    @field_validator("threads")
    @classmethod
    def _not_too_wide(cls, value: int | None, info: ValidationInfo[Settings]) -> int | None:
        if value is not None and value > info.context.max_threads:
            raise PydanticCustomError(
                "too_large", "At most {most} threads", {"most": info.context.max_threads}
            )
        return value


class PlanLimits(Limits):
    """The same, and whether the plan comes with what proves it."""

    certificate: Literal["true", "false"] = "false"


_QUERY: dict[Task, type[Limits]] = {"allocations": PlanLimits, "repairs": Limits}


async def read_body(request: Request, limit: int) -> bytes:
    """Read the document that came with a request.

    Raises
    ------
    NotJson
        When it says it is something else.
    BodyTooLarge
        When it has more than `limit` bytes; the rest is not read.
    """
    kind = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if kind != JSON:
        raise NotJson
    if int(request.headers.get("content-length", "0")) > limit:
        raise BodyTooLarge(limit)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise BodyTooLarge(limit)
        parts.append(part)
    return b"".join(parts)


def wanted_format(headers: Headers) -> str:
    """Choose between one answer and a stream of events.

    Raises
    ------
    NoSuchFormat
        When the caller accepts neither.
    """
    accepted = {
        part.partition(";")[0].strip().lower() for part in headers.get("accept", "*/*").split(",")
    }
    if EVENTS in accepted:
        return EVENTS
    if accepted & {JSON, "application/*", "*/*", ""}:
        return JSON
    raise NoSuchFormat


def read_question(query: QueryParams, body: bytes, settings: Settings, task: Task) -> Order:
    """Read the query, and put the document beside it as it is.

    Reading a large document takes seconds in which nobody else would be answered, so that is
    left to the process that solves it; faults in the query (`?threads`) go along.
    """
    limits, faults = _limits(query, settings, _QUERY[task])
    return Order(
        problem=body,
        time_limit=limits.time_limit or settings.default_time_limit,
        threads=limits.threads or 1,
        task=task,
        certificate=isinstance(limits, PlanLimits) and limits.certificate == "true",
        faults=faults,
    )


def _limits(
    query: QueryParams, settings: Settings, asked: type[Limits]
) -> tuple[Limits, tuple[Fault, ...]]:
    given = Counter(name for name, _ in query.multi_items())
    if given.total() > _MOST_KEYS:
        return Limits(), (Fault("?", "too_many", f"Give at most {_MOST_KEYS} parameters."),)
    repeated = tuple(
        Fault(f"?{name}", "repeated", f"{name} is given more than once.")
        for name, times in given.items()
        if times > 1
    )
    try:
        return asked.model_validate(dict(query), context=settings), repeated
    except ValidationError as error:
        wrong = (
            Fault(f"?{fault['loc'][0]}", fault["type"], f"{fault['msg']}.")
            for fault in error.errors()
        )
        return Limits(), (*repeated, *wrong)
