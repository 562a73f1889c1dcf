"""A fit on the wire."""

from pydantic import Field

from services.api.crud.fields import OwnId, Slug, Sourced


class Fit(Sourced):
    """A housing form that suits a target group."""

    id: OwnId
    form: Slug = Field(description="Housing form.", examples=["social_rent"])
    group: Slug = Field(description="Target group that it suits.", examples=["status_holders"])
