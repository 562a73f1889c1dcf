"""Error bodies that both services answer with: RFC 9457, problem details for HTTP APIs."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from shared.faults import Fault, InvalidDocument

PROBLEM_MEDIA_TYPE = "application/problem+json"


def problem_body(
    status: int,
    title: str,
    detail: str,
    errors: Sequence[Fault] = (),
    **facts: Any,
) -> dict[str, Any]:
    """Build the body of an error answer.

    Parameters
    ----------
    status
        HTTP status code, 400..599; repeated in the body for whoever stores only the body.
    title
        What kind of error this is, the same text every time.
    detail
        What went wrong this time and what to do about it, for people.
    errors
        Every fault in the caller's input, so that one round of corrections is enough; a
        pointer such as `?limit` is a query parameter.
    facts
        Further members of this kind of error, in camelCase.

    Returns
    -------
    A JSON object; send it with `PROBLEM_MEDIA_TYPE`.

    Source: RFC 9457, section 3; NLgov API Design Rules 2.2.0, error-handling.
    """
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail,
        **facts,
    }
    if errors:
        body["errors"] = [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.message}
            for fault in errors
        ]
    return body


def invalid_document_body(error: InvalidDocument) -> dict[str, Any]:
    """Build the body that refuses a document with all its faults (status 400)."""
    count = "1 fault" if len(error.faults) == 1 else f"{len(error.faults)} faults"
    return problem_body(
        HTTPStatus.BAD_REQUEST,
        "Invalid input",
        f"The request has {count}, listed under errors.",
        error.faults,
    )
