"""What can be done with regions."""

from services.api.crud.fields import MunicipalityCode
from services.api.crud.noun import Noun, has, members
from services.api.crud.service import Registry
from services.api.regions.schemas import Region
from services.api.regions.tables import region_municipalities
from services.api.regions.tables import regions as table

regions = Registry(
    Noun(
        one="region",
        about="Regions: municipalities that plan together.",
        schema=Region,
        table=table,
        parts=(members("municipalities", region_municipalities, "municipality"),),
        filters=(
            has(
                "municipality",
                region_municipalities,
                "municipality",
                MunicipalityCode,
                "Only regions that this municipality belongs to.",
            ),
        ),
    )
)
