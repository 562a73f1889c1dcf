"""An indicator on the wire."""

from pydantic import Field

from services.api.crud.fields import ShortText, Slug
from shared.contract.fields import Strict


class Indicator(Strict):
    """Something that is counted or measured of every municipality."""

    id: Slug = Field(description="Id of the indicator.", examples=["population"])
    name_nl: ShortText = Field(description="Name in Dutch.", examples=["Inwoners"])
    name_en: ShortText = Field(description="Name in English.", examples=["Population"])
    unit: ShortText = Field(description="Unit of its values.", examples=["persons"])
