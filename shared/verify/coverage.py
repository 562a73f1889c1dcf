"""One row per subject: none missing, none too many, none twice."""

from collections import Counter
from collections.abc import Iterable, Iterator

from shared.verify.facts import Id
from shared.verify.violations import Violation, about

Subject = tuple[Id, Id | None]
"""A municipality and a group, or without group all of them."""


def covered(
    tag: str, rows: Iterable[Subject], allowed: Iterable[Subject], needed: Iterable[Subject]
) -> Iterator[Violation]:
    """Report rows about nothing, rows that are missing, and rows that are repeated."""
    given = Counter(rows)
    for subject in sorted(given.keys() - set(allowed), key=named):
        yield Violation(tag, named(subject), "There is a row, and nothing to tell here.")
    for subject in sorted(set(needed) - given.keys(), key=named):
        yield Violation(tag, named(subject), "The row is missing.")
    for subject in sorted((s for s, times in given.items() if times > 1), key=named):
        yield Violation(tag, named(subject), f"The row is given {given[subject]} times.")


def named(subject: Subject) -> str:
    """Name a subject by its ids."""
    return about(*(part for part in subject if part is not None))
