"""FORMULATION.md and the code name the same rules and the same objectives."""

import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import services.allocator.model as model_package
from services.allocator.model.build import build
from services.allocator.model.constraints import agreements, capacity, demand
from services.allocator.model.linear_model import LinearModel
from services.allocator.model.objectives import (
    distance,
    fairness,
    housing,
    preferences,
    shopping,
)
from services.allocator.problem.demand import Demand
from services.allocator.solve.clock import Clock
from services.allocator.solve.stages import solve_stages
from services.allocator.translate import instance_of
from tests.allocator.model.rows import tags
from tests.shared.four_municipalities import PROBLEM

TEXT = (Path(model_package.__path__[0]) / "FORMULATION.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([CO]\d+) \|.*\| (`\w+\.\w+`[^|]*) \|$", TEXT, re.MULTILINE)
NAMED = [(tag, name) for tag, names in ROWS for name in re.findall(r"`(\w+\.\w+)`", names)]
MODULES = (agreements, capacity, demand, distance, fairness, housing, preferences, shopping)
PRICES_ONLY = {"O1", "O2", "O6", "O8"}
"""Objectives that are a plain sum of decisions; all others have rows."""
MODULE: dict[str, ModuleType] = {module.__name__.rpartition(".")[2]: module for module in MODULES}


def function(name: str) -> Any:
    """A function that FORMULATION.md names as `family.function`."""
    family, _, rule = name.partition(".")
    return getattr(MODULE[family], rule)


def tags_in_docstrings(module: ModuleType) -> set[str]:
    """Tags with which the docstrings of the public functions of a family begin."""
    own = [f for _, f in inspect.getmembers(module, inspect.isfunction)]
    mine = [f for f in own if f.__module__ == module.__name__ and not f.__name__.startswith("_")]
    leads = [(inspect.getdoc(f) or "").partition(":")[0] for f in mine]
    return {tag for lead in leads for tag in re.findall(r"\b[CO]\d+", lead)}


def test_the_formulation_lists_nine_rules_and_nine_objectives() -> None:
    rules = [f"C{n}" for n in range(1, 10)]
    objectives = [f"O{n}" for n in range(1, 10)]
    assert [tag for tag, _ in ROWS] == rules + objectives


@pytest.mark.parametrize(("tag", "name"), NAMED)
def test_the_named_function_carries_the_tag_in_its_docstring(tag: str, name: str) -> None:
    assert tag in (inspect.getdoc(function(name)) or "")


def test_the_code_has_no_tag_that_the_formulation_does_not_list() -> None:
    in_code = set().union(*(tags_in_docstrings(module) for module in MODULES))
    assert in_code == {tag for tag, _ in ROWS}


def whole_model() -> LinearModel:
    """The model of the four municipalities after every stage, with a row of C8 as it is found."""
    instance = instance_of(PROBLEM)
    model, x = build(instance)
    _, face = solve_stages(model, x, instance, Clock())
    near = next(group.id for group in instance.groups if group.spread == "near")
    face.separation.add(Demand(near, {"A": 0}))
    return model


def test_every_row_carries_a_listed_tag_and_every_listed_rule_has_rows() -> None:
    assert tags(whole_model()) == {tag for tag, _ in ROWS} - PRICES_ONLY
