"""A fit on the wire."""

from pydantic import Field

from services.api.crud.fields import LongText, Origin, OwnId, Slug
from shared.contract.fields import Strict


class Fit(Strict):
    """A housing form that suits a target group."""

    id: OwnId
    form: Slug = Field(description="Housing form.", examples=["social_rent"])
    group: Slug = Field(description="Target group that it suits.", examples=["status_holders"])
    source: Origin = Field(description="Who says so.", examples=["Regional working group, 2026"])
    note: LongText | None = Field(
        default=None, description="Remark.", examples=["Families only in independent homes."]
    )
