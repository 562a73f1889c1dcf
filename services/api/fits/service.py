"""What can be done with fits."""

from services.api.crud.fields import Slug
from services.api.crud.noun import Noun, equals
from services.api.crud.service import Registry
from services.api.fits.schemas import Fit
from services.api.fits.tables import fits as table

fits = Registry(
    Noun(
        one="fit",
        about="Fits: which housing form suits which target group; a pair occurs once.",
        schema=Fit,
        table=table,
        filters=(
            equals(table.c.form, Slug, "Only fits of this housing form."),
            equals(table.c.group, Slug, "Only fits of this target group."),
        ),
    )
)
