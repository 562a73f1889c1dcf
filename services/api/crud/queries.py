"""What can be asked of a list: which page, in which order, which fields, and as of when."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    create_model,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from services.api.crud.fields import DIGITS
from services.api.crud.noun import Noun, Row

MOST_PER_PAGE = 200
_LONGEST_NAMES = 500
# Pydantic alone would also read the seconds since 1970. Source: RFC 3339, section 5.6.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _moment(text: Any) -> Any:
    if isinstance(text, str) and not _MOMENT.fullmatch(text):
        raise PydanticCustomError(
            "not_a_moment",
            "Write a moment with its offset, such as 2026-11-24T09:00:00Z; a + is written as %2B",
        )
    return text


def _past(moment: datetime) -> datetime:
    if moment > datetime.now(UTC):
        raise PydanticCustomError("in_the_future", "What will be is not known; ask for a past")
    return moment


PastMoment = Annotated[
    AwareDatetime,
    BeforeValidator(_moment, json_schema_input_type=AwareDatetime),
    AfterValidator(_past),
]
_AS_OF = "Read what the registry said at this moment, with its offset from UTC."


class ListQuery(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    limit: Annotated[int, DIGITS] = Field(
        100, ge=1, le=MOST_PER_PAGE, description="Most rows in one answer."
    )
    offset: Annotated[int, DIGITS] = Field(
        0, ge=0, le=2**31, description="How many rows to pass over."
    )


class RowQuery(BaseModel):
    """As of when one row is wanted."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    as_of: PastMoment | None = Field(None, description=_AS_OF)


class SortedQuery(ListQuery):
    """Which part of a list of rows is wanted, and how."""

    as_of: PastMoment | None = Field(
        None, description=f"{_AS_OF} Such a list is ordered by id, so it cannot be sorted."
    )
    sort: str | None = Field(
        None,
        max_length=_LONGEST_NAMES,
        description="Fields to order by, with commas between; a minus in front is from high to "
        "low. What is unknown comes last.",
        examples=["municipality,-likely"],
    )
    fields: str | None = Field(
        None,
        max_length=_LONGEST_NAMES,
        description="Only these fields of each row, with commas between.",
        examples=["id,likely"],
    )


def query_model(noun: Noun[Row]) -> type[SortedQuery]:
    """Make the query of a list of this noun, with its filters."""
    fields: dict[str, Any] = {
        chosen.name: (chosen.type_ | None, Field(None, description=chosen.about))
        for chosen in noun.filters
    }
    return create_model(f"{noun.schema.__name__}Query", __base__=SortedQuery, **fields)


def page_links(request: Request, limit: int, offset: int, total: int) -> str:
    """Name the neighbouring pages. Source: RFC 8288."""
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "prev": offset - limit, "next": offset + limit, "last": last}
    if offset == 0:
        del pages["prev"]
    if offset + limit >= total:
        del pages["next"]
    others = [(k, v) for k, v in request.query_params.items() if k not in {"limit", "offset"}]
    written = []
    for relation, start in pages.items():
        query = urlencode([*others, ("limit", limit), ("offset", max(0, start))])
        written.append(f'<{request.url.path}?{query}>; rel="{relation}"')
    return ", ".join(written)
