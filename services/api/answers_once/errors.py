"""What can go wrong with a request that may be sent twice."""

from collections.abc import Mapping
from dataclasses import dataclass


class KeyReused(Exception):
    """The same Idempotency-Key came with another request."""

    def __init__(self) -> None:
        self.facts = {
            "code": "key_reused",
            "nl": "Deze Idempotency-Key hoort bij een ander verzoek.",
        }
        super().__init__("This Idempotency-Key was used for another request.")


@dataclass(frozen=True)
class Answer:
    """An answer as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: str
