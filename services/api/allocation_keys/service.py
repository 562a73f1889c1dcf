"""What can be done with allocation keys."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from services.api.allocation_keys.rules import check, key_shares
from services.api.allocation_keys.schemas import AllocationKey
from services.api.allocation_keys.tables import allocation_key_groups, allocation_key_weights
from services.api.allocation_keys.tables import allocation_keys as table
from services.api.crud.fields import Slug
from services.api.crud.noun import Noun, has, members, records
from services.api.crud.service import Registry
from services.api.indicator_values.schemas import IndicatorValue
from services.api.indicator_values.service import indicator_values

allocation_keys = Registry(
    Noun(
        one="allocation key",
        about="Allocation keys: by which indicators groups are shared out.",
        schema=AllocationKey,
        table=table,
        parts=(
            records("weights", allocation_key_weights),
            members("groups", allocation_key_groups, "group"),
        ),
        filters=(
            has(
                "group", "groups", allocation_key_groups, "group", Slug, "Only keys for this group."
            ),
            has(
                "indicator",
                "weights",
                allocation_key_weights,
                "indicator",
                Slug,
                "Only keys in which this indicator has a weight.",
            ),
        ),
        check=check,
    )
)


def shares(
    session: Session,
    key: AllocationKey,
    municipalities: Sequence[str],
    on: date | None = None,
) -> dict[str, Fraction]:
    """Compute the exact share of every municipality under a key.

    Parameters
    ----------
    session
        Where the indicator values are read.
    key
        The key with its weights.
    municipalities
        Codes of the municipalities that share the whole.
    on
        Use the newest values that describe this day or an earlier one; the newest when absent.

    Returns
    -------
    Share per code [part of the whole]; sums to 1 exactly.

    Raises
    ------
    FiguresMissing, NothingToShareBy
        When the values do not suffice.
    """
    values = indicator_values.every(session)
    return shares_from(values, key, municipalities, on)


def shares_from(
    values: Sequence[IndicatorValue],
    key: AllocationKey,
    municipalities: Sequence[str],
    on: date | None = None,
) -> dict[str, Fraction]:
    """Compute the same shares from indicator values that are already at hand."""
    newest: dict[str, dict[str, Decimal | None]] = {code: {} for code in municipalities}
    for value in sorted(values, key=lambda value: value.reference_date):
        in_time = on is None or value.reference_date <= on
        if in_time and value.municipality in newest:
            newest[value.municipality][value.indicator] = value.likely
    # When the newest is unknown the figure is missing: an older one describes another day.
    figures = {
        code: {name: number for name, number in own.items() if number is not None}
        for code, own in newest.items()
    }
    return key_shares({weight.indicator: weight.weight for weight in key.weights}, figures)
