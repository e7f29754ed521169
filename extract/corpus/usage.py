"""What processes have used, where the system tells it (not on Windows)."""

import sys

_PER_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10  # macOS tells bytes, others KB


def peak_megabytes() -> float | None:
    """Return the most memory that this process has held, in MB."""
    if sys.platform == "win32":
        return None
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MB, 1)


def children_seconds() -> float:
    """Return the CPU seconds of all children of this process that have ended; 0 where nothing is told."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
