"""What is wrong with a document: every fault, each with a place and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a document.

    Parameters
    ----------
    pointer
        JSON pointer (RFC 6901) to the faulty value; `""` is the whole document.
    code
        Stable machine-readable name of the fault, such as `unknown_id`.
    message
        One English sentence for people.
    """

    pointer: str
    code: str
    message: str


class InvalidDocument(Exception):
    """A document that is refused, with all its faults at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("; ".join(f"{f.pointer or '/'}: {f.message}" for f in self.faults))


def pointer(*steps: str | int) -> str:
    """Build a JSON pointer from its steps (RFC 6901, section 3).

    Half a character (a lone surrogate) in a key becomes `?`: an answer with it could not be sent.
    """
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join(f"/{step}" for step in escaped).encode(errors="replace").decode()
