"""What can be done with housing forms."""

from services.api.crud.noun import Noun
from services.api.crud.service import Registry
from services.api.housing_forms.schemas import HousingForm
from services.api.housing_forms.tables import housing_forms as table

housing_forms = Registry(
    Noun(
        one="housing form",
        about="Housing forms: kinds of homes that groups can live in.",
        schema=HousingForm,
        table=table,
    )
)
