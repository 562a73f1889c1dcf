"""Sums of money lines."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.api.money_lines.tables import money_lines


def sums(
    session: Session, municipalities: Collection[str], first: date | None, last: date | None
) -> Mapping[tuple[str, str], int]:
    """Add up the lines that begin between two days, by municipality and kind [cents].

    A kind without any line is not in the answer: it is unknown, not zero.
    """
    table = money_lines.c
    query = (
        select(table.municipality, table.kind, func.sum(table.cents))
        .where(
            table.municipality.in_(sorted(municipalities)),
            *([] if first is None else [table.start >= first]),
            *([] if last is None else [table.start <= last]),
        )
        .group_by(table.municipality, table.kind)
    )
    return {(code, kind): int(cents) for code, kind, cents in session.execute(query)}
