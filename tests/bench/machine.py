"""What about the machine matters for a measured time."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

MEGABYTE = 1_000_000
PACKAGES = ("ortools", "cvxpy-leximin", "highspy")


def machine() -> dict[str, str | int]:
    """Processors, memory, and versions; nothing that tells whose machine it is."""
    pages, page_size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memoryMegabytes": pages * page_size // MEGABYTE,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in facts if line.startswith("model name")]
    return names[0] if names else "unknown"
