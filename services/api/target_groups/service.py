"""What can be done with target groups."""

from typing import Annotated, Literal

from services.api.crud.fields import DIGITS
from services.api.crud.noun import Noun, equals, numbers, records
from services.api.crud.service import Registry
from services.api.target_groups.rules import check
from services.api.target_groups.schemas import TargetGroup
from services.api.target_groups.tables import target_group_sizes, target_group_support
from services.api.target_groups.tables import target_groups as table

target_groups = Registry(
    Noun(
        one="target group",
        about="Target groups (aandachtsgroepen) with their priority, weight and legal basis.",
        schema=TargetGroup,
        table=table,
        parts=(
            numbers("size", target_group_sizes, "form", "units"),
            records("support", target_group_support, key="type"),
        ),
        filters=(
            equals(table.c.tier, Annotated[int, DIGITS], "Only groups of this tier."),
            equals(
                table.c.category,
                Literal["statutory", "regional", "local"],
                "Only groups of this category.",
            ),
            equals(
                table.c.spread,
                Literal["region", "near", "home", "sites"],
                "Only groups that may live so far away.",
            ),
            equals(
                table.c.legal_status,
                Literal["in_force", "expected", "scenario", "unverified", "none"],
                "Only groups whose legal basis has this standing.",
            ),
        ),
        check=check,
    )
)
