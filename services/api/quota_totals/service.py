"""What can be done with quota totals."""

from services.api.crud.noun import Noun
from services.api.crud.service import Registry
from services.api.quota_totals.schemas import QuotaTotal
from services.api.quota_totals.tables import quota_totals as table

quota_totals = Registry(
    Noun(
        one="quota total",
        about="Quota totals: status holders that the whole country must house in a half-year.",
        schema=QuotaTotal,
        table=table,
    )
)
