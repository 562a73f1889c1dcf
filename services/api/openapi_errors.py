"""The error answers as the OpenAPI document describes them."""

from typing import Any

Tree = dict[str, Any]

PROBLEM: Tree = {
    "type": "object",
    "title": "ProblemDetails",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Kind of problem.", "format": "uri-reference"},
        "title": {"type": "string", "description": "Kind of problem, in words."},
        "status": {"type": "integer", "description": "HTTP status code."},
        "detail": {"type": "string", "description": "What went wrong this time."},
        "code": {
            "type": "string",
            "description": "Kind of problem as a stable word, where there is one.",
        },
        "nl": {"type": "string", "description": "What went wrong, in Dutch, where there is one."},
        "errors": {
            "type": "array",
            "description": "Every fault in the request.",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "JSON pointer into the body, or `?` and a query key.",
                    },
                    "code": {"type": "string", "description": "Kind of fault."},
                    "detail": {"type": "string", "description": "The fault, in words."},
                },
            },
        },
    },
}
# Status, the name of the answer among the components, what it means, and an example.
ERRORS: dict[str, tuple[str, str, Tree]] = {
    "400": (
        "InvalidInput",
        "The request has faults; all of them are listed.",
        {
            "type": "about:blank",
            "title": "Invalid input",
            "status": 400,
            "detail": "The request has 1 fault, listed under errors. Nothing was stored.",
            "errors": [
                {
                    "pointer": "/municipality",
                    "code": "unknown_id",
                    "detail": "There is no row 'GM9999' in municipalities.",
                }
            ],
        },
    ),
    "401": (
        "NotAuthenticated",
        "No valid key or token was sent.",
        {
            "type": "about:blank",
            "title": "Not authenticated",
            "status": 401,
            "detail": "Send a valid key or token.",
            "code": "not_authenticated",
            "nl": "Stuur een geldige sleutel of een geldig token.",
        },
    ),
    "403": (
        "NotAllowed",
        "No role of the caller may do this, or not with rows of others.",
        {
            "type": "about:blank",
            "title": "Not allowed",
            "status": 403,
            "detail": "Your role may not do this.",
            "code": "not_allowed",
            "nl": "Uw rol mag dit niet.",
        },
    ),
    "404": (
        "NotFound",
        "There is no such resource, or it is not yours to see: that looks the same.",
        {
            "type": "about:blank",
            "title": "Not found",
            "status": 404,
            "detail": "There is no row 'GM9999' in municipalities.",
        },
    ),
    "409": (
        "Conflict",
        "It conflicts with what is stored.",
        {
            "type": "about:blank",
            "title": "In use",
            "status": 409,
            "detail": "The row 'GM0363' of municipalities is used by needs (5). "
            "Delete those first.",
            "usedBy": {"needs": 5},
        },
    ),
    "412": (
        "ChangedSince",
        "There is another version than `If-Match` says.",
        {
            "type": "about:blank",
            "title": "Changed since",
            "status": 412,
            "detail": "The row has version 4 now.",
            "code": "changed_since",
            "nl": "De regel heeft nu versie 4.",
        },
    ),
    "413": (
        "BodyTooLarge",
        "The body is too large.",
        {
            "type": "about:blank",
            "title": "Body too large",
            "status": 413,
            "detail": "A request body may be at most 10000000 bytes.",
        },
    ),
    "415": (
        "UnsupportedMediaType",
        "The body is not JSON.",
        {
            "type": "about:blank",
            "title": "Unsupported media type",
            "status": 415,
            "detail": "Send the body as application/json in UTF-8, not as 'text/plain'.",
        },
    ),
    "422": (
        "KeyReused",
        "The Idempotency-Key came with another request before.",
        {
            "type": "about:blank",
            "title": "Key reused",
            "status": 422,
            "detail": "This Idempotency-Key was used for another request.",
            "code": "key_reused",
            "nl": "Deze Idempotency-Key hoort bij een ander verzoek.",
        },
    ),
    "428": (
        "PreconditionRequired",
        "`If-Match` is missing.",
        {
            "type": "about:blank",
            "title": "Precondition required",
            "status": 428,
            "detail": "Send If-Match with the ETag that you read.",
            "code": "if_match_required",
            "nl": "Stuur If-Match mee met de ETag die u las.",
        },
    ),
    "503": (
        "DatabaseNotAvailable",
        "The database is busy or away; `Retry-After` says when to try again.",
        {
            "type": "about:blank",
            "title": "Database not available",
            "status": 503,
            "detail": "The database cannot be reached, is busy, or lacks its tables. "
            "Nothing was stored.",
        },
    ),
    "default": (
        "OtherError",
        "Any other error.",
        {
            "type": "about:blank",
            "title": "Internal error",
            "status": 500,
            "detail": "Something went wrong on our side. Nothing was stored.",
        },
    ),
}
