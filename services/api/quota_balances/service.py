"""What can be done with quota balances."""

from services.api.crud.fields import HalfYearName, MunicipalityCode
from services.api.crud.noun import Noun, Owners, equals
from services.api.crud.service import Registry
from services.api.quota_balances.schemas import QuotaBalance
from services.api.quota_balances.tables import quota_balances as table

quota_balances = Registry(
    Noun(
        one="quota balance",
        about="Quota balances: what a municipality was ahead or behind when a half-year began.",
        schema=QuotaBalance,
        table=table,
        owners=Owners(read=("municipality",), write=("municipality",)),
        filters=(
            equals(table.c.municipality, MunicipalityCode, "Only balances of this municipality."),
            equals(table.c.half_year, HalfYearName, "Only balances at the start of this one."),
        ),
    )
)
