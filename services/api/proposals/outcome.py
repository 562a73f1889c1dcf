"""From a question and its answer to plain rows about municipalities. Pure."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from services.api.proposals.rules import Hosting
from shared.contract.problem import Problem
from shared.contract.result import Result

SHARED_OUT = frozenset({"region", "near"})


def hosting_of(problem: Problem, result: Result) -> list[Hosting]:
    """List what each municipality hosts of each group.

    The numbers come from the placements and the allocation keys, not from the allocator's own
    explanations; only the binding rules do.
    """
    home = {lot.id: lot.municipality for lot in problem.supply}
    placed: Counter[tuple[str, str]] = Counter()
    for row in result.placements:
        placed[home[row.lot], row.group] += row.households
    shares = _fair_shares(problem)
    binding = {
        (e.municipality, e.group): tuple((rule.tag, rule.id) for rule in e.rules)
        for e in result.explanations
        if e.group is not None
    }
    return [
        Hosting(
            municipality=m.id,
            group=g.id,
            proposed=placed[m.id, g.id],
            fair_share=shares.get((m.id, g.id), Fraction(0)) if g.spread in SHARED_OUT else None,
            binding=binding.get((m.id, g.id), ()),
        )
        for m in problem.municipalities
        for g in problem.groups
    ]


def placed_in(problem: Problem, result: Result) -> Mapping[tuple[str, str, str], int]:
    """Add up what a plan houses per municipality, group and period [households]."""
    lots = {lot.id: lot for lot in problem.supply}
    placed: Counter[tuple[str, str, str]] = Counter()
    for row in result.placements:
        lot = lots[row.lot]
        placed[lot.municipality, row.group, lot.period] += row.households
    return placed


def promises_of(problem: Problem, result: Result) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Add up commitments and their shortfalls per municipality [households]."""
    host = {row.id: row.municipality for row in problem.commitments}
    committed: Counter[str] = Counter()
    for promise in problem.commitments:
        committed[promise.municipality] += promise.households
    missing: Counter[str] = Counter()
    for shortfall in result.shortfalls:
        missing[host[shortfall.commitment]] += shortfall.households
    return committed, missing


def _fair_shares(problem: Problem) -> dict[tuple[str, str], Fraction]:
    needed: Counter[str] = Counter()
    for need in problem.needs:
        needed[need.group] += need.households
    return {(s.municipality, s.group): Fraction(s.share) * needed[s.group] for s in problem.shares}
