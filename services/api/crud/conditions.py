"""Conditional requests: which version a client has seen. Source: RFC 9110, section 13."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from services.api.crud.errors import PreconditionFailed, PreconditionRequired

# The tags of `If-Match`, in which "*" is any; None when the client sent none.
Expected = frozenset[str] | None
ANY: Expected = frozenset({"*"})
_MOST_CHARACTERS = 1_000
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')


def if_match(request: Request) -> Expected:
    """Read `If-Match`; a weak tag never matches, so it is left out."""
    given = request.headers.get("if-match")
    if given is None:
        return None
    if given.strip() == "*":
        return ANY
    return frozenset(tag for weak, tag in _TAG.findall(given[:_MOST_CHARACTERS]) if not weak)


ExpectedDep = Annotated[Expected, Depends(if_match)]


def meets(expected: Expected, version: int) -> None:
    """Refuse a change of another version than the client has seen.

    Raises
    ------
    PreconditionRequired
        When it does not say what it has seen.
    PreconditionFailed
        When that is not the present version.
    """
    if expected is None:
        raise PreconditionRequired
    if "*" not in expected and str(version) not in expected:
        raise PreconditionFailed(version)


def tagged(
    request: Request, content: bytes, tag: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON and its tag, or with 304 when the client has this very content."""
    told = {**(headers or {}), "ETag": f'"{tag}"'}
    known = request.headers.get("if-none-match", "")[:_MOST_CHARACTERS]
    if known.strip() == "*" or tag in {seen for _, seen in _TAG.findall(known)}:
        return Response(status_code=304, headers=told)
    return Response(content, headers=told, media_type="application/json")
