"""What a solve remembers, as JSON, to hand it from one process to the next."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from services.allocator.problem.demand import Demand
from services.allocator.problem.outcome import Step
from services.allocator.solve.memory import Memory
from services.allocator.solve.vertex import Basis, Status

NONE = "."


def to_json(memory: Memory) -> str:
    """Write a memory; a basis is a digit per column and per row."""
    number = {name: row for row, name in enumerate(memory.rows)}
    document = {field.name: getattr(memory, field.name) for field in fields(Memory)}
    document["bases"] = {program: _basis(basis) for program, basis in memory.bases.items()}
    document["demands"] = {
        row: [demand.group, demand.until, demand.decided] for row, demand in memory.demands.items()
    }
    document["steps"] = {
        stage: [
            [step.bound, [number[row] for row in step.prices], list(step.prices.values())]
            for step in steps
        ]
        for stage, steps in memory.steps.items()
    }
    return json.dumps(document, separators=(",", ":"))


def from_json(text: str) -> Memory:
    """Read what `to_json` wrote."""
    document: dict[str, Any] = json.loads(text)
    rows = document["rows"]
    return Memory(
        columns=document["columns"],
        rows=rows,
        bases={
            program: Basis(_read(columns), _read(its_rows), known_columns, known_rows)
            for program, (columns, its_rows, known_columns, known_rows) in document["bases"].items()
        },
        demands={
            row: Demand(group, until, decided)
            for row, (group, until, decided) in document["demands"].items()
        },
        pairs={row: (m, n, g) for row, (m, n, g) in document["pairs"].items()},
        steps={
            stage: tuple(
                Step(bound, {rows[row]: price for row, price in zip(where, prices, strict=True)})
                for bound, where, prices in steps
            )
            for stage, steps in document["steps"].items()
        },
        routes=[(o, i, g, t) for o, i, g, t in document["routes"]],
    )


def _basis(basis: Basis) -> list[str | int]:
    return [
        _digits(basis.columns, basis.known_columns),
        _digits(basis.rows, basis.known_rows),
        basis.known_columns,
        basis.known_rows,
    ]


def _digits(status: Mapping[int, Status], known: int) -> str:
    digits = [NONE] * known
    for place, value in status.items():
        digits[place] = str(value)
    return "".join(digits)


def _read(digits: str) -> dict[int, Status]:
    return {place: int(digit) for place, digit in enumerate(digits) if digit != NONE}
