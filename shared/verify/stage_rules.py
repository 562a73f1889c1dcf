"""What a result says of its stages must follow from its plan: O1 to O9, and R3."""

import math
from collections.abc import Iterator

from shared.contract.result import Result, StageOutcome
from shared.verify.facts import Facts
from shared.verify.numbers import REFERENCE, STATED_AS, Exact, agrees
from shared.verify.objectives import TAGS, StageKey, named, stage_value, stages_asked, stages_told
from shared.verify.plan import Plan
from shared.verify.violations import Violation, shown

_LEXIMIN = ("municipalFairness", "groupFairness")
_WHOLE = ("commitments", "waiting")


def stages_are_those_asked(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """R3: one entry per stage that the planner asked for, in that order, and nothing else."""
    asked = [named(stage.name, stage.tier) for stage in stages_asked(facts)]
    given = [named(stage.objective, stage.tier) for stage in result.stages]
    if asked != given:
        message = f"The stages must be {'; '.join(asked)}, and are {'; '.join(given)}."
        yield Violation("R3", "stages", message)
    for stage in result.stages:
        unused = stage.reference if stage.objective in _LEXIMIN else stage.levels
        if unused is not None:
            message = "A leximin stage has levels and no reference; any other has a reference."
            yield Violation("R3", named(stage.objective, stage.tier), message)


def stage_values_follow_from_the_plan(
    facts: Facts, plan: Plan, result: Result
) -> Iterator[Violation]:
    """O1-O9: each stage's value is recomputed, its gap follows, and a proven stage has a bound."""
    for key, stage in stages_told(facts, result):
        tag, value = TAGS[key.name], stage_value(facts, plan, key)
        if not _same(stage.value, value):
            message = f"The plan gives {shown(value)}, and the result says {shown(stage.value)}."
            yield Violation(tag, str(key), message)
        if not _gap_fits(stage):
            away = shown(_away(stage))
            message = f"The value is {away} from its reference, and the gap {shown(stage.gap)}."
            yield Violation(tag, str(key), message)
        if result.status == "optimal" and not _bounded(stage):
            yield Violation(tag, str(key), "The result is called optimal without a bound here.")


def no_stage_beats_its_bound(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """O1-O9: no plan is better than the reference while it keeps to all earlier stages.

    The reference of a stage is its optimum over everything, also parts of households, that
    keeps the earlier stages. A whole plan that keeps them too is one of those, so it cannot be
    better. When it gave up some of an earlier stage (rounding up a waiting of 12.5 to 13), it
    may be: from there on nothing is compared. Keeping is only certain where values are whole
    households (commitments, waiting); a tiny difference in a pull could already matter.
    """
    for key, stage in stages_told(facts, result):
        value = stage_value(facts, plan, key)
        if value is None or stage.reference is None:
            return
        if _better_by(key, value, stage.reference) > REFERENCE + STATED_AS * abs(stage.reference):
            message = f"The plan gives {shown(value)}, better than the bound {stage.reference}."
            yield Violation(TAGS[key.name], str(key), message)
        kept = float(value) <= stage.reference + key.slack + STATED_AS
        if key.name not in _WHOLE or not kept:
            return


def whole_households_cost_little(facts: Facts, plan: Plan, result: Result) -> Iterator[Violation]:
    """O1, O2: an optimal plan rounds shortfall and waiting up, or tells what forces it further."""
    told = {(row.objective, row.tier) for row in result.integrality_cost}
    for key, stage in stages_told(facts, result):
        if key.name not in _WHOLE or stage.reference is None or result.status != "optimal":
            continue
        most = math.ceil(stage.reference + key.slack - STATED_AS)
        value = stage_value(facts, plan, key)
        if value is not None and value > most and (key.name, key.tier) not in told:
            message = f"The plan gives {shown(value)}, above {most}, and no rule is named for it."
            yield Violation(TAGS[key.name], str(key), message)


def _same(stated: float | None, computed: Exact | float | None) -> bool:
    if stated is None or computed is None:
        return stated is None and computed is None
    return agrees(stated, computed)


def _gap_fits(stage: StageOutcome) -> bool:
    """Tell whether a gap is the distance to the reference, or less.

    Less, because a bound on plans in whole households can be nearer than the reference.
    """
    away = _away(stage)
    if stage.gap is None or away is None:
        return stage.gap is None and away is None
    return agrees(stage.gap, away) or -STATED_AS <= stage.gap <= max(0.0, away) + STATED_AS


def _away(stage: StageOutcome) -> float | None:
    if stage.value is None or stage.reference is None:
        return None
    sign = -1 if stage.objective == "suitability" else 1
    return sign * (stage.value - stage.reference)


def _bounded(stage: StageOutcome) -> bool:
    given = stage.levels if stage.objective in _LEXIMIN else stage.reference
    return given is not None


def _better_by(key: StageKey, value: Exact, reference: float) -> float:
    if key.name == "suitability":
        return float(value) - reference
    return reference - float(value)
