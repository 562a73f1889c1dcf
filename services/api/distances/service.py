"""What can be done with distances."""

from services.api.crud.fields import MunicipalityCode
from services.api.crud.noun import Filter, Noun, equals
from services.api.crud.service import Registry
from services.api.distances.rules import check
from services.api.distances.schemas import Distance
from services.api.distances.tables import distances as table


def lower_code_first(row: Distance) -> Distance:
    """Write a pair in one way: both ways mean the same distance."""
    if row.from_ <= row.to:
        return row
    return row.model_copy(update={"from_": row.to, "to": row.from_})


distances = Registry(
    Noun(
        one="distance",
        about="Distances between municipalities; a pair occurs once and holds both ways.",
        schema=Distance,
        table=table,
        filters=(
            equals(table.c.from_, MunicipalityCode, "Only distances with this lower code."),
            equals(table.c.to, MunicipalityCode, "Only distances with this higher code."),
            Filter(
                "municipality",
                MunicipalityCode,
                lambda code: (table.c.from_ == code) | (table.c.to == code),
                "Only distances of this municipality, either way.",
                lambda code, row: code in (row["from"], row["to"]),
            ),
        ),
        check=check,
        arrange=lower_code_first,
    )
)
