"""Read a problem or a result: all of it is right, or every fault is told at once."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from shared.contract.consistency import consistency_faults
from shared.contract.problem import Problem
from shared.contract.repairs import RepairAnswer
from shared.contract.result import Result
from shared.contract.structure_faults import structure_faults
from shared.faults import Fault, InvalidDocument
from shared.strict_json import read_tolerantly

Model = TypeVar("Model", bound=BaseModel)


def read_problem(raw: bytes) -> Problem:
    """Read a problem from JSON.

    Parameters
    ----------
    raw
        The document as UTF-8 bytes.

    Raises
    ------
    InvalidDocument
        With every fault, each with a JSON pointer: of the JSON itself, of fields and of rows
        together. Only bytes that are no JSON at all, or nested too deep, are refused at once.
    """
    tree, refused = read_tolerantly(raw)
    problem, faults = _modelled(Problem, tree)
    faults = [*refused, *_elsewhere(refused, [*faults, *consistency_faults(tree)])]
    if problem is None or faults:
        raise InvalidDocument(faults)
    return problem


def problem_from(tree: Any) -> Problem:
    """Read a problem from plain dicts and lists with the names of the wire (camelCase).

    Raises
    ------
    InvalidDocument
        With every fault of fields and of rows.
    """
    problem, faults = _modelled(Problem, tree)
    faults = [*faults, *consistency_faults(tree)]
    if problem is None or faults:
        raise InvalidDocument(faults)
    return problem


def read_result(raw: bytes) -> Result:
    """Read a result from JSON. Whether it is right is for `shared.verify`.

    Raises
    ------
    InvalidDocument
        With every fault of the JSON and of the fields together.
    """
    return _read(Result, raw)


def read_repair_answer(raw: bytes) -> RepairAnswer:
    """Read what clashes and what would help from JSON, as a result is read."""
    return _read(RepairAnswer, raw)


def _read(model: type[Model], raw: bytes) -> Model:
    tree, refused = read_tolerantly(raw)
    document, faults = _modelled(model, tree)
    faults = [*refused, *_elsewhere(refused, faults)]
    if document is None or faults:
        raise InvalidDocument(faults)
    return document


def _elsewhere(refused: list[Fault], faults: list[Fault]) -> list[Fault]:
    # What stands where a value was refused has the wrong type, of course: told once is enough.
    told = {fault.pointer for fault in refused if fault.code != "repeated_key"}
    return [fault for fault in faults if fault.pointer not in told]


def _modelled(model: type[Model], tree: Any) -> tuple[Model | None, list[Fault]]:
    try:
        # by_name=False: on the wire a field has one name, `maxKm` and not also `max_km`.
        return model.model_validate(tree, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, structure_faults(error, model)
