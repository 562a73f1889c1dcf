"""Signatures of webhooks, so that a receiver knows who sent an event and that it is whole.

Source: Standard Webhooks 1.0.0, symmetric signatures: `webhook-id`, `webhook-timestamp` and
`webhook-signature`, HMAC-SHA256 over the id, the moment and the bytes of the body.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

_PREFIX = "whsec_"
OVERLAP = timedelta(hours=24)
"""How long the secret of before a rotation signs too."""


def secret_of(key_secret: str, subscription: str, generation: int) -> str:
    """Derive the secret of a subscription; nothing of it is stored.

    Parameters
    ----------
    key_secret
        The secret of this installation.
    subscription
        Id of the subscription.
    generation
        1, and one more with each rotation.

    Returns
    -------
    `whsec_` and 32 bytes in base64.
    """
    name = f"webhook:{subscription}:{generation}"
    derived = hmac.digest(key_secret.encode(), name.encode(), hashlib.sha256)
    return f"{_PREFIX}{base64.b64encode(derived).decode()}"


def generations(present: int, rotated_at: datetime | None, now: datetime) -> tuple[int, ...]:
    """Give the generations that sign now, the present one first."""
    if rotated_at is None or now >= rotated_at + OVERLAP:
        return (present,)
    return (present, present - 1)


def signature(secret: str, message_id: str, at: datetime, body: bytes) -> str:
    """Sign one message under one secret.

    Parameters
    ----------
    secret
        `whsec_` and base64.
    message_id
        Id of the message, the same at every attempt.
    at
        Moment of this attempt.
    body
        The bytes that are sent.
    """
    key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    signed = b".".join((message_id.encode(), str(int(at.timestamp())).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def signed_headers(
    secrets: Sequence[str], message_id: str, at: datetime, body: bytes
) -> dict[str, str]:
    """Make the three headers; during a rotation there is one signature for each secret."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(
            signature(secret, message_id, at, body) for secret in secrets
        ),
    }
