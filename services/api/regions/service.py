"""What can be done with regions."""

from sqlalchemy.orm import Session

from services.api.access.actor import Reach
from services.api.crud.errors import NotFound
from services.api.crud.fields import MunicipalityCode
from services.api.crud.noun import Noun, has, members
from services.api.crud.service import Registry
from services.api.regions.schemas import Region
from services.api.regions.tables import region_municipalities
from services.api.regions.tables import regions as table
from shared.faults import Fault, InvalidDocument

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
                "municipalities",
                region_municipalities,
                "municipality",
                MunicipalityCode,
                "Only regions that this municipality belongs to.",
            ),
        ),
    )
)


def taking_part(session: Session, reach: Reach, region: str) -> tuple[str, ...]:
    """List the municipalities of the region that a report is asked for, by code.

    Raises
    ------
    InvalidDocument
        When there is no such region, or the caller takes no part in it: the answer is the same.
    """
    try:
        found = regions.find(session, region)
    except NotFound as error:
        raise _foreign(region) from error
    if not reach.sees((f"region:{region}",)):
        raise _foreign(region)
    return tuple(sorted(found.municipalities))


def _foreign(region: str) -> InvalidDocument:
    message = f"There is no region {region!r} that you take part in."
    return InvalidDocument([Fault("?region", "unknown_id", message)])
