"""An issuer of tokens for tests: its keys, where they are, and tokens good and bad."""

import base64
import hashlib
import hmac
import json
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

NAME, AUDIENCE, SUBJECT = "https://login.example", "evenwicht", "subject-1"
BOTH = "evenwicht:read evenwicht:write"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
SECOND = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
STRANGER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
with warnings.catch_warnings(action="ignore"):
    SHORT = RSAKey.generate_key(1024, {"kid": "short", "use": "sig"})
ENCRYPTING = RSAKey.generate_key(2048, {"kid": "enc"})
CURVED = ECKey.generate_key("P-256", {"kid": "curved", "use": "sig"})


class Publisher:
    """Where the keys are: how it answers, and how often it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/keys"
        self.status, self.asked = 200, 0
        self.content = key_set(KEY, SHORT, ENCRYPTING, CURVED)


def key_set(*keys: Any) -> bytes:
    use = {ENCRYPTING.kid: {"use": "enc"}}
    told = [{**key.as_dict(private=False), **use.get(key.kid, {})} for key in keys]
    return json.dumps({"keys": told}).encode()


@contextmanager
def publishing() -> Iterator[Publisher]:
    """Keep a server running that has the keys."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked += 1
            self.send_response(publisher.status)
            self.send_header("Content-Length", str(len(publisher.content)))
            self.end_headers()
            self.wfile.write(publisher.content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher = Publisher(int(server.server_address[1]))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def claims(**changes: Any) -> dict[str, Any]:
    """What a good token says; None leaves a claim out."""
    now = int(time.time())
    good = {
        "iss": NAME,
        "aud": AUDIENCE,
        "sub": SUBJECT,
        "scope": BOTH,
        "iat": now,
        "nbf": now,
        "exp": now + 300,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def token(key: Any = KEY, alg: str = "RS256", typ: str = "at+jwt", **changes: Any) -> str:
    """Sign a token."""
    head = {"alg": alg, "typ": typ, "kid": changes.pop("kid", "one")}
    return jwt.encode(head, claims(**changes), key, [alg])


def unsigned(alg: str = "none") -> str:
    """Write a token with no signature at all."""
    return f"{signed_part(alg)}."


def signed_with_the_public_key() -> str:
    """Write a token with the public key as if it were a shared secret."""
    part = signed_part("HS256")
    mac = hmac.new(KEY.as_pem(private=False), part.encode(), hashlib.sha256).digest()
    return f"{part}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def signed_part(alg: str) -> str:
    """Write what a signature would be about."""
    parts = ({"alg": alg, "typ": "JWT", "kid": "one"}, claims())
    written = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    ]
    return ".".join(written)
