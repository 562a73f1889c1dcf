"""Damage a right certificate, or a claim that it proves: each of these must be refused.

Not every change is a forgery: other dual values may prove the same bound. What is listed here
claims something false, or leaves something true without the one thing that proves it.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shared.contract.result import Result
from tests.allocator.certificate.proofs import (
    certificate_of,
    is_leximin,
    with_certificate,
    with_proof,
    with_stage,
)

Forgery = tuple[str, Result]
# Rows that have one side only until they are priced: a price with the other sign proves nothing.
ONE_SIDED = ("C1.", "C3.", "C4.", "C5.", "C7.", "C8.", "C9.", "O3.", "O7.", "O9.")


def forgeries(result: Result) -> Iterator[Forgery]:
    """Give damaged results; every one must be refused."""
    yield from _other_claims(result)
    yield from _claims_of_nothing(result)
    yield from _other_levels(result)
    yield from _other_floors(result)
    yield from _wrong_signs(result)
    yield from _wrong_sizes(result)
    yield from _unknown_rows(result)
    yield from _lost_proofs(result)
    yield from _other_found_rows(result)
    yield from _other_plans(result)


def _other_claims(result: Result) -> Iterator[Forgery]:
    """A reference that is better or worse than what is proven."""
    for number, stage in enumerate(result.stages):
        if stage.reference is not None:
            for more in (-0.01, 0.01):
                claim = stage.reference + more * max(1.0, abs(stage.reference))
                yield (
                    f"{stage.objective} {stage.tier} is said to be {claim:g}",
                    _with_reference(result, number, claim),
                )


def _claims_of_nothing(result: Result) -> Iterator[Forgery]:
    """A sum of what is at least 0 is said to be 0, which needs no prices: nobody reaches it."""
    zero_at_least = {"commitments", "shopping.max", "shopping.sum", "extraCapacity", "distance"}
    for number, stage in enumerate(result.stages):
        if stage.objective in zero_at_least and (stage.reference or 0.0) > 0.01:
            name = f"{stage.objective} is proven by nothing"
            lost = with_proof(result, number, 0, duals={})
            yield name, lost
            yield f"{name}, and said to be 0", _with_reference(lost, number, 0.0)


def _other_levels(result: Result) -> Iterator[Forgery]:
    """A level that is higher or lower, and two that are exchanged."""
    for number, row in enumerate(result.levels):
        for more in (-0.01, 0.01):
            name = f"level of {row.municipality} {row.group} {more:+}"
            yield name, _with_levels(result, {number: row.level + more})
    for (one, low), (other, high) in pairwise(enumerate(result.levels)):
        if high.level - low.level > 0.001 and (low.group is None) == (high.group is None):
            name = f"levels of {low.municipality} and {high.municipality} exchanged"
            yield name, _with_levels(result, {one: high.level, other: low.level})


def _other_floors(result: Result) -> Iterator[Forgery]:
    """A floor that nothing keeps, or an inequality that it is not in."""
    for stage, proof in enumerate(certificate_of(result).stages):
        for number, step in enumerate(proof.proofs):
            for floor in step.keeps:
                rest = {row: price for row, price in step.duals.items() if row != floor}
                fewer = tuple(name for name in step.keeps if name != floor)
                yield f"{floor} out of the sum", with_proof(result, stage, number, duals=rest)
                yield f"{floor} not kept", with_proof(result, stage, number, keeps=fewer)
            for other, elsewhere in enumerate(proof.proofs):
                if step.keeps and step.keeps[0] not in elsewhere.duals:
                    more = (*elsewhere.keeps, step.keeps[0])
                    name = f"{step.keeps[0]} kept by the sum of {elsewhere.keeps[:1]}"
                    yield name, with_proof(result, stage, other, keeps=more)


def _wrong_signs(result: Result) -> Iterator[Forgery]:
    """The first price that a row with one side gets, with the other sign."""
    seen: set[str] = set()
    for stage, proof in enumerate(certificate_of(result).stages):
        for number, step in enumerate(proof.proofs):
            for row, price in step.duals.items():
                if row not in seen and (row.startswith(ONE_SIDED) or row in step.keeps):
                    duals = {**step.duals, row: -price}
                    name = f"{row} with the other sign in {proof.objective}"
                    yield name, with_proof(result, stage, number, duals=duals)
        seen |= {row for step in proof.proofs for row in step.duals}


def _wrong_sizes(result: Result) -> Iterator[Forgery]:
    """A price in the first stage with prices that is far too large: nothing is fixed yet.

    Not that of a definition (C2): its sides are 0, and others may prove the same.
    """
    stages = certificate_of(result).stages
    first = next(n for n, p in enumerate(stages) if p.proofs and p.proofs[0].duals)
    duals = stages[first].proofs[0].duals
    for row, price in ((row, price) for row, price in duals.items() if row.startswith(ONE_SIDED)):
        for factor in (1000.0, 0.001):
            name = f"{row} times {factor:g}"
            yield name, with_proof(result, first, 0, duals={**duals, row: factor * price})


def _unknown_rows(result: Result) -> Iterator[Forgery]:
    """A price of a row that does not exist."""
    for stage, proof in enumerate(certificate_of(result).stages):
        for number, step in enumerate(proof.proofs):
            for row in list(step.duals)[:3]:
                duals = {f"{name}?" if name == row else name: p for name, p in step.duals.items()}
                yield f"{row}? in {proof.objective}", with_proof(result, stage, number, duals=duals)


def _lost_proofs(result: Result) -> Iterator[Forgery]:
    """A stage or an inequality without its proof, twice, or in another place."""
    stages = certificate_of(result).stages
    yield "no certificate", result.model_copy(update={"certificate": None})
    for number, proof in enumerate(stages):
        rest = (*stages[:number], *stages[number + 1 :])
        yield f"{proof.objective} unproven", with_certificate(result, stages=rest)
        twice = (*stages[:number], proof, *stages[number:])
        yield f"{proof.objective} proven twice", with_certificate(result, stages=twice)
        for lost in range(len(proof.proofs) if is_leximin(proof) else 0):
            proofs = (*proof.proofs[:lost], *proof.proofs[lost + 1 :])
            name = f"inequality {lost} of {proof.objective} lost"
            yield name, with_stage(result, number, proofs=proofs)
    for number in range(len(stages) - 1):
        swapped = (*stages[:number], stages[number + 1], stages[number], *stages[number + 2 :])
        yield f"stage {number} later", with_certificate(result, stages=swapped)


def _other_found_rows(result: Result) -> Iterator[Forgery]:
    """A row that was found and has a price, about what does not exist or is not decided."""
    given = certificate_of(result)
    priced = {row for proof in given.stages for step in proof.proofs for row in step.duals}
    for number, row in enumerate(given.found):
        if f"C8.reach[{row.group},{number + 1}]" in priced:
            changes: dict[str, dict[str, Any]] = {
                "group": {"group": "nobody"},
                "municipality": {"until": {"nowhere": next(iter(row.until.values()))}},
                "period": {"until": dict.fromkeys(row.until, "never")},
            }
            for name, change in changes.items():
                found = list(given.found)
                found[number] = row.model_copy(update=change)
                damaged = with_certificate(result, found=tuple(found))
                yield f"found row {number + 1} with another {name}", damaged


def _other_plans(result: Result) -> Iterator[Forgery]:
    """No plan that reaches what is proven, or one that does not add up."""
    last = len(certificate_of(result).stages) - 1
    plan = certificate_of(result).stages[last].reached_by
    assert plan is not None
    yield "no plan", with_stage(result, last, reached_by=None)
    for rows in ("placements", "trades"):
        listed = getattr(plan, rows)
        for number in range(0, len(listed), max(1, len(listed) // 10)):
            row = listed[number]
            more = row.model_copy(update={"households": row.households + 0.01})
            lost = (*listed[:number], *listed[number + 1 :])
            for name, changed in (
                ("lost", lost),
                ("twice", (*listed, row)),
                ("with 0.01 household more", (*lost, more)),
            ):
                damaged = plan.model_copy(update={rows: changed})
                yield f"{rows}[{number}] {name}", with_stage(result, last, reached_by=damaged)


def _with_reference(result: Result, number: int, reference: float) -> Result:
    stages = list(result.stages)
    stages[number] = stages[number].model_copy(update={"reference": reference})
    return result.model_copy(update={"stages": tuple(stages)})


def _with_levels(result: Result, levels: dict[int, float]) -> Result:
    rows = list(result.levels)
    for number, level in levels.items():
        rows[number] = rows[number].model_copy(update={"level": level})
    return result.model_copy(update={"levels": tuple(rows)})
