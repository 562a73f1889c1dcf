"""Use cases of explanations: read why each municipality got its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.api.explanations.book import Book, Names, Worth
from services.api.housing_forms.service import housing_forms
from services.api.proposals.service import question_and_plan
from services.api.target_groups.service import target_groups
from shared.contract.result import Explanation, Result


@dataclass(frozen=True)
class Chosen:
    """Some explanations of a plan, how many there are, and what it takes to tell them."""

    rows: Sequence[Explanation]
    total: int
    book: Book
    worth: Worth


def explanations(
    session: Session,
    proposal_id: str,
    wanted: tuple[str | None, str | None],
    limit: int,
    offset: int,
) -> Chosen:
    """Read some explanations of a plan: by municipality, its groups first and then its total.

    Parameters
    ----------
    session
        Sees the proposal, and the names that groups and housing forms have now.
    proposal_id
        The proposal.
    wanted
        Only of this municipality, and only of this group; None for all.
    limit, offset
        Which of them.

    Raises
    ------
    UnknownProposal, ProposalNotFinished, ProposalWithoutResult, ProposalInfeasible
        When there is no plan to explain.
    """
    problem, result = question_and_plan(session, proposal_id)
    municipality, group = wanted
    rows = sorted(
        (
            row
            for row in result.explanations
            if municipality in (None, row.municipality) and group in (None, row.group)
        ),
        key=lambda row: (row.municipality, row.group is None, row.group),
    )
    book = Book(problem, names(session))
    return Chosen(rows[offset : offset + limit], len(rows), book, worth_of(result))


def names(session: Session) -> Names:
    """Read the names of groups and housing forms: a question has only their ids."""
    groups, forms = target_groups.every(session), housing_forms.every(session)
    return Names(
        groups={
            "nl": {row.id: row.name_nl for row in groups},
            "en": {row.id: row.name_en for row in groups},
        },
        forms={
            "nl": {row.id: row.name_nl for row in forms},
            "en": {row.id: row.name_en for row in forms},
        },
    )


def worth_of(result: Result) -> Worth:
    """Find marginal values by rule."""
    return {(row.tag, row.id): row.stages for row in result.marginals}
