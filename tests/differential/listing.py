"""Tiny regions with all their plans, and what these say of the engine, the verifier, the oracle."""

import json
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from shared.contract.problem import Problem
from shared.contract.reading import read_result
from shared.verify.verify import verify
from tests.differential.asking import Row, problem_of
from tests.differential.brute_force import Enumeration, Plan, TooMany, broken
from tests.differential.mutants import mutants, result_document
from tests.differential.oracle.region import Region
from tests.differential.regions import tiny_region
from tests.differential.worth import worths

WITHIN = 1e-6
COMBINATIONS = 3000
PLANS, MUTANTS = 15, 30
"""Right plans, and changed ones, that the verifier gets to see of one region."""
HARD = {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"}


@dataclass(frozen=True)
class Listed:
    """A tiny region and every plan that keeps its rules."""

    document: Row
    region: Region
    plans: list[Plan]

    @cached_property
    def problem(self) -> Problem:
        """The region as our own code reads it."""
        return problem_of(self.document)

    def misjudged(self) -> list[str]:
        """Tell of which plans the verifier says something else than adding up does."""
        draw = Random(json.dumps(self.document))  # noqa: S311  (repeatable, not secret)
        shown = draw.sample(self.plans, min(PLANS, len(self.plans)))
        shown += mutants(self.region, shown, draw, MUTANTS)
        return [told for plan in shown for told in self._misjudged(plan)]

    def _misjudged(self, plan: Plan) -> list[str]:
        result = read_result(json.dumps(result_document(self.region, plan)).encode())
        told = {violation.tag for violation in verify(self.problem, result)} & HARD
        expected = broken(self.region, plan)
        return [] if told == expected else [f"{plan} breaks {expected}; the verifier says {told}"]

    def shown(self, wrong: list[str]) -> str:
        """Say what is wrong, with the problem document."""
        return "\n".join([*wrong, json.dumps(self.document)])

    def best_is(self, whole: list[Row] | None) -> bool:
        """Whether these are the best values that the first stages have together in any plan."""
        if whole is None or not self.plans:
            return whole is None and not self.plans
        keys = [(row["objective"], row["tier"]) for row in whole]
        best: Any = min(
            [worth for key, _, worth in worths(self.region, plan) if key in keys]
            for plan in self.plans
        )
        signs = [-1 if objective == "suitability" else 1 for objective, _ in keys]
        differences = [
            float(sign * mine) - row["value"]
            for sign, mine, row in zip(signs, best, whole, strict=True)
        ]
        return max(map(abs, differences), default=0.0) <= WITHIN


def listed(seed: int, number: int) -> Listed:
    """Draw a tiny region, with as many households as can still be listed."""
    for most in (6, 4, 3, 2, 1, 0):
        document = tiny_region(seed, number, most)
        region = Region(json.dumps(document))
        try:
            return Listed(document, region, Enumeration(region, COMBINATIONS).plans())
        except TooMany:
            continue
    raise TooMany
