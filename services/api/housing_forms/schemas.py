"""A housing form on the wire."""

from pydantic import Field

from services.api.crud.fields import ShortText, Slug
from shared.contract.fields import Strict


class HousingForm(Strict):
    """A kind of home, such as social rent, flex homes or a pitch."""

    id: Slug = Field(description="Id of the housing form.", examples=["social_rent"])
    name_nl: ShortText = Field(description="Name in Dutch.", examples=["Sociale huur"])
    name_en: ShortText = Field(description="Name in English.", examples=["Social rent"])
