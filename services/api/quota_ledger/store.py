"""What the quota ledger reads of other nouns, in as few rows as it needs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.api.half_years import HalfYear
from services.api.indicator_values.service import indicator_values
from services.api.municipalities.service import municipalities
from services.api.quota_balances.service import quota_balances


def existing(session: Session, during: HalfYear) -> list[str]:
    """List the municipalities that exist on some day of a half-year, by code."""
    table = municipalities.noun.table.c
    query = (
        select(table.code)
        .where(table.valid_from <= during.last_day)
        .where(or_(table.valid_to.is_(None), table.valid_to >= during.first_day))
    )
    return sorted(session.scalars(query))


def inhabitants(session: Session, indicator: str, day: date) -> Mapping[str, Decimal]:
    """Read the inhabitants per municipality on a day [persons]; the unknown are left out."""
    table = indicator_values.noun.table.c
    query = select(table.municipality, table.likely).where(
        table.indicator == indicator, table.reference_date == day, table.likely.is_not(None)
    )
    return dict(session.execute(query).all())


def balances(session: Session) -> Mapping[tuple[str, str], int]:
    """Read every balance that was given, by half-year and municipality [persons]."""
    table = quota_balances.noun.table.c
    query = select(table.half_year, table.municipality, table.persons)
    return {(half_year, code): persons for half_year, code, persons in session.execute(query)}
