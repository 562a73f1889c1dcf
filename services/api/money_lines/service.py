"""What can be done with money lines."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from services.api.crud.fields import MunicipalityCode, ShortText, Uuid
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.service import Registry
from services.api.money_lines import store
from services.api.money_lines.rules import check
from services.api.money_lines.schemas import MoneyLine
from services.api.money_lines.tables import money_lines as table

money_lines = Registry(
    Noun(
        one="money line",
        about="Money lines: what housing and support cost a municipality, and what it receives.",
        schema=MoneyLine,
        table=table,
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only lines of this municipality."),
            equals(table.c.commitment, Uuid, "Only lines of this commitment."),
            equals(table.c.kind, Literal["cost", "funding"], "Only cost, or only funding."),
            equals(table.c.fund, ShortText, "Only lines of this fund."),
        ),
        check=check,
        owners=Owners(read=("municipality",), write=("municipality",)),
    )
)


def sums(
    session: Session, municipalities: Collection[str], first: date | None, last: date | None
) -> Mapping[tuple[str, str], int]:
    """Add up the lines that begin between two days, by municipality and kind [cents].

    A line counts as a whole in the stretch of time that it begins in, so that the sums of
    stretches that follow each other add up. A kind without any line is not in the answer.
    """
    return store.sums(session, municipalities, first, last)
