"""What can be done with commitments."""

from services.api.commitments.schemas import Commitment
from services.api.commitments.tables import commitment_groups, commitment_periods
from services.api.commitments.tables import commitments as table
from services.api.crud.fields import MunicipalityCode, Slug
from services.api.crud.noun import Noun, equals, has, members
from services.api.crud.rules import around
from services.api.crud.service import Registry

commitments = Registry(
    Noun(
        one="commitment",
        about="Commitments: a municipality houses at least so many, by agreement or statute.",
        schema=Commitment,
        table=table,
        parts=(
            members("groups", commitment_groups, "group"),
            members("periods", commitment_periods, "period"),
        ),
        filters=(
            equals(
                table.c.municipality, MunicipalityCode, "Only commitments of this municipality."
            ),
            has("group", commitment_groups, "group", Slug, "Only commitments on this group."),
            has("period", commitment_periods, "period", Slug, "Only commitments in this period."),
        ),
        check=around("households"),
    )
)
