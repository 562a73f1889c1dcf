"""A plan period on the wire."""

from pydantic import Field

from services.api.crud.fields import Slug
from shared.contract.fields import Day, Strict


class Period(Strict):
    """A stretch of time that is planned as one."""

    id: Slug = Field(description="Id of the period.", examples=["2027"])
    start: Day = Field(description="First day.", examples=["2027-01-01"])
    end: Day = Field(description="Last day.", examples=["2027-12-31"])
