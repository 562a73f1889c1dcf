"""What can go wrong with a proposal."""


class QueueFull(Exception):
    """As many proposals of a region wait as may."""

    retry_after_seconds = 60

    def __init__(self, region: str, waiting: int) -> None:
        self.region, self.waiting = region, waiting
        self.facts = {"region": region, "waiting": waiting}
        super().__init__(
            f"{waiting} proposals of region {region!r} wait to be computed already. "
            "Ask again later, or cancel one."
        )


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


class ProposalInfeasible(Exception):
    """No plan keeps to all rules, so there is nothing to tell per municipality."""

    def __init__(self, proposal_id: str) -> None:
        self.proposal_id = proposal_id
        self.facts = {"state": "infeasible"}
        super().__init__(
            "The proposal is infeasible, so there is no plan to show per municipality. Its result "
            "names the rules that contradict each other."
        )


class ProposalAlreadyEnded(Exception):
    """A proposal that has ended cannot be cancelled."""

    def __init__(self, proposal_id: str, state: str) -> None:
        self.proposal_id, self.state = proposal_id, state
        self.facts = {"state": state}
        super().__init__(f"The proposal is {state} already; it cannot be cancelled any more.")
