"""API keys: 256 random bits that are shown once, and the hash that is kept of them."""

import hashlib
import hmac
import re
import secrets
import string
from dataclasses import dataclass

_ALPHABET = string.ascii_lowercase + string.digits
_ID_LENGTH = 8
_BYTES = 32
_KEY = re.compile(r"evw_([a-z0-9]{8})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class NewKey:
    """A key that nobody has seen yet: the id by which it is known, and the key itself."""

    id: str
    key: str


def new_key() -> NewKey:
    """Make a key."""
    id_ = "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))
    return NewKey(id_, f"evw_{id_}_{secrets.token_urlsafe(_BYTES)}")


def is_key(text: str) -> bool:
    """Whether a text has the form of a key."""
    return _KEY.fullmatch(text) is not None


def id_in(key: str) -> str:
    """Read the id in the middle of a key."""
    return key.split("_", 2)[1]


def key_hash(secret: str, key: str) -> str:
    """Give what is kept of a key: its HMAC-SHA256 in hex.

    A lookup by this hash needs no slow hash and no comparison in constant time: there are 256
    random bits behind it.
    """
    return hmac.new(secret.encode(), key.encode(), hashlib.sha256).hexdigest()
