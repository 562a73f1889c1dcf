"""What can go wrong with a proposal."""


class UnknownProposal(Exception):
    """No proposal has this id."""

    def __init__(self, proposal_id: str) -> None:
        self.proposal_id = proposal_id
        super().__init__(f"There is no proposal {proposal_id!r}.")


class ProposalNotFinished(Exception):
    """There is no answer yet."""

    def __init__(self, proposal_id: str, state: str) -> None:
        self.proposal_id, self.state = proposal_id, state
        self.facts = {"state": state}
        super().__init__(f"The proposal is {state}; ask again when it is ready.")


class ProposalWithoutResult(Exception):
    """The proposal ended without an answer."""

    def __init__(self, proposal_id: str, state: str, reason: str) -> None:
        self.proposal_id, self.state, self.reason = proposal_id, state, reason
        self.facts = {"state": state, "reason": reason}
        super().__init__(f"The proposal is {state} and has no result. {reason}")


class ProposalAlreadyEnded(Exception):
    """A proposal that has ended cannot be cancelled."""

    def __init__(self, proposal_id: str, state: str) -> None:
        self.proposal_id, self.state = proposal_id, state
        self.facts = {"state": state}
        super().__init__(f"The proposal is {state} already; it cannot be cancelled any more.")
