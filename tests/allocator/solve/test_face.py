"""The optimal face keeps its last corner, whatever the last digits of it."""

import numpy as np
import pytest

from services.allocator.model.build import build
from services.allocator.problem.instance import Instance
from services.allocator.solve.clock import Clock
from services.allocator.solve.errors import NoPlanExists
from services.allocator.solve.face import Face
from tests.allocator.model.rows import EMPTY, lot, with_lots

MISSED = 3e-8


def face_of(instance: Instance) -> Face:
    """All plans of a problem."""
    return Face(*build(instance), instance, Clock())


def test_a_row_that_the_corner_misses_by_rounding_holds_there_afterwards() -> None:
    face = face_of(with_lots(lot("a")))
    face.minimise({})
    (column,) = face.x.placed.values()
    row = face.model.row_names.index("C1.lot[a]")
    most = face.model.row_upper[row]
    face.point = np.full(len(face.point), most + MISSED)
    face.admit_corner()
    assert face.model.row_upper[row] == pytest.approx(most + MISSED, abs=1e-12)
    assert face.point[column] <= face.model.row_upper[row]


def test_a_row_with_room_stays_as_it_is() -> None:
    face = face_of(with_lots(lot("a")))
    face.minimise({})
    face.point = np.zeros(len(face.point))
    before = list(face.model.row_upper)
    face.admit_corner()
    assert face.model.row_upper == before


def test_without_a_known_corner_no_plan_is_an_answer_and_not_a_rounding() -> None:
    face = face_of(EMPTY)
    face.model.add_row("C6.pin[impossible]", [], 1, 1)
    with pytest.raises(NoPlanExists):
        face.minimise({})
