"""Why a solve ended without an optimum."""


class OutOfTime(Exception):
    """The time limit passed before this stage was solved."""


class NoPlanExists(Exception):
    """The hard rules contradict each other."""


class SolverFailed(Exception):
    """Every way of solving this stage ended without an answer; the message says how."""
