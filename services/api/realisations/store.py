"""Sums of realisations."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.api.realisations.rules import Reported
from services.api.realisations.tables import realisations


def credited_persons(
    session: Session, group: str, first: date, last: date
) -> Mapping[str, Reported]:
    """Add up per credited municipality the reports that lie between two days."""
    table = realisations.c
    query = (
        select(
            table.credited,
            func.coalesce(func.sum(table.persons), 0),
            func.count(),
            func.count(table.persons),
        )
        .where(table.group == group, table.start >= first, table.end <= last)
        .group_by(table.credited)
    )
    return {
        code: Reported(int(persons), reports, reports - telling)
        for code, persons, reports, telling in session.execute(query)
    }
