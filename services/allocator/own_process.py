"""What a process that solves makes of itself, before it loads the solver."""

import gc
import os


def become_quick() -> None:
    """Spend nothing on what a solve has no use for.

    A numeric library would start a thread per processor, and keep memory for each: a solve uses
    one. The collector would look again and again for cycles among what a solve keeps to its end:
    there are next to none, and the process ends with the solve.
    """
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
