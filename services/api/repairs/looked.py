"""A frozen question, and what its answer says of repairs already."""

from dataclasses import dataclass

from services.api.explanations.book import Book
from shared.contract.repairs import RepairAnswer


@dataclass(frozen=True)
class Looked:
    """Whether a question has a plan, and what clashes; `answer` is None where it must be asked."""

    book: Book
    plan: bool
    answer: RepairAnswer | None
