"""A certificate that proves something else than what is claimed is refused."""

import pytest

from services.allocator.certificate.check import check
from shared.contract.certificate import FoundRow
from tests.allocator.certificate.forgeries import forgeries
from tests.allocator.certificate.proofs import (
    certificate_of,
    faults,
    proven,
    proven_case,
    too_early,
    with_certificate,
)
from tests.allocator.solving import case


@pytest.mark.parametrize("name", ["mini-2", "mini-4"])
def test_every_damaged_certificate_is_refused(name: str) -> None:
    problem, damaged = case(name), list(forgeries(proven_case(name)))

    accepted = [what for what, result in damaged if not faults(problem, result)]

    assert len(damaged) > 500
    assert accepted == []


def test_a_row_that_was_found_proves_what_no_other_row_does() -> None:
    result = proven(too_early())

    assert [stage.reference for stage in result.stages] == [12]
    assert certificate_of(result).found == (FoundRow(group="status", until={"A": "2027"}),)
    assert faults(too_early(), result) == ()


@pytest.mark.parametrize(
    "wider",
    [
        FoundRow(group="status", until={"A": "2028"}),
        FoundRow(group="status", until={"A": "2027", "B": "2027"}),
        FoundRow(group="status", until={}),
    ],
)
def test_a_wider_row_in_its_place_is_not_what_was_found(wider: FoundRow) -> None:
    forged = with_certificate(proven(too_early()), found=(wider,))

    assert [fault.tag for fault in faults(too_early(), forged)] == ["O2"]


def test_a_row_cannot_count_who_is_served_before_that_is_decided() -> None:
    early = FoundRow(group="status", until={"A": "2027"}, served=True)
    forged = with_certificate(proven(too_early()), found=(early,))

    (fault,) = faults(too_early(), forged)

    assert fault.message == ("C8.reach[status,1] counts who is served before that is decided.")


def test_what_was_proven_before_a_forgery_is_told() -> None:
    problem, result = case("mini-2"), proven_case("mini-2")
    stages_left = certificate_of(result).stages[:3]

    checked = check(problem, with_certificate(result, stages=stages_left))

    assert [row.stage.objective for row in checked.proven] == ["commitments", "waiting"]
    assert [fault.message for fault in checked.violations] == [
        "No plan shows that it can be reached."
    ]
