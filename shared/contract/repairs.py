"""What to do when rules cannot hold together: the rules that clash, and the cheapest changes."""

from typing import Literal

from pydantic import Field

from shared.contract.fields import Count, Finite, Rate, Rows, SomeRows, Strict, Text
from shared.contract.stages import StageName

Family = Literal["pins", "commitments", "ceilings", "homes", "support", "access"]
Unit = Literal["households", "homes", "slots"]


class ConflictingRule(Strict):
    """One rule of a set that cannot hold together.

    The id is that of a pin (C6), commitment (C7), ceiling (C5), lot (C1) or support row (C4).
    `municipality,period` (C1) stands for suitable homes that are missing altogether. C3 is the
    need of a group: there are not so many households. C8 is the reach of a group, and
    `municipality,group` (C9) the part of a need that the own rules of a municipality admit.
    """

    tag: Text
    id: Text


class Change(Strict):
    """One figure of the problem, and what it becomes.

    The figure is the households of a pin, commitment or ceiling, the potential of a lot (what is
    reported rises with it), the slots of a support row, or an access rate.
    """

    tag: Text
    id: Text
    from_: Count | Rate = Field(alias="from")
    to: Count | Rate


class StageValue(Strict):
    """What a plan makes of one stage, in the unit of the stage; the lowest level for fairness."""

    objective: StageName
    tier: int | None = None
    value: Finite | None = None


class Repair(Strict):
    """The smallest change of one kind of rule with which all others hold.

    `total` counts what changes in all: households that are pinned, agreed or allowed more or
    fewer, homes or slots that are added, or households that are admitted beyond what the rates
    admit now. `stages` is what the plan after the repair is worth; empty where time ran out.
    """

    family: Family
    unit: Unit
    total: Count
    changes: SomeRows[Change]
    stages: Rows[StageValue] = ()


class RepairAnswer(Strict):
    """The rules that cannot hold together, none of them to spare, and a menu of repairs.

    When there is a plan, the question is whether it could keep every commitment in full. Then
    `stages` is what the plan is worth that does not; without a conflict there is a plan that
    keeps them all, and nothing to repair.
    """

    schema_version: Literal["1"] = "1"
    problem_hash: Text
    conflict: Rows[ConflictingRule] = ()
    repairs: Rows[Repair] = ()
    stages: Rows[StageValue] = ()


def missing_homes(municipality: str, period: str) -> str:
    """Give the id of the rule (C1) that no home there suits who must be housed."""
    return f"{municipality},{period}"
