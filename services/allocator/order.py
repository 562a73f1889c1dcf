"""What one solve is asked, and how that is written to the process that does it."""

import json
from dataclasses import asdict, dataclass
from typing import BinaryIO, Literal

from shared.faults import Fault

Task = Literal["allocations", "repairs"]


@dataclass(frozen=True)
class Order:
    """One question, as it came.

    Parameters
    ----------
    problem
        The document, not looked at yet.
    time_limit
        Time for the solve [s].
    threads
        Threads for the solver.
    task
        What is asked about the problem: a plan, or repairs where rules cannot hold together.
    certificate
        Whether a plan comes with what proves it.
    faults
        Faults in the rest of the question, to be told together with those of the document.
    """

    problem: bytes
    time_limit: float
    threads: int
    task: Task
    certificate: bool = False
    faults: tuple[Fault, ...] = ()


def written(order: Order) -> bytes:
    """Write an order: a line that says what follows, and the document."""
    line = {
        "bytes": len(order.problem),
        "timeLimit": order.time_limit,
        "threads": order.threads,
        "task": order.task,
        "certificate": order.certificate,
        "faults": [asdict(fault) for fault in order.faults],
    }
    return json.dumps(line).encode() + b"\n" + order.problem


def read_order(stream: BinaryIO) -> Order | None:
    """Wait for an order; None when the other side is gone."""
    line = stream.readline()
    if not line:
        return None
    told = json.loads(line)
    return Order(
        problem=stream.read(told["bytes"]),
        time_limit=told["timeLimit"],
        threads=told["threads"],
        task=told["task"],
        certificate=told["certificate"],
        faults=tuple(Fault(**fault) for fault in told["faults"]),
    )
