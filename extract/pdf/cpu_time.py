"""The CPU time that a process and those it has started have used, as Linux tells it."""

import os
import sys
from pathlib import Path

_SESSION = 3  # fields of /proc/PID/stat behind the name of the program, see proc(5)
_USED = slice(11, 15)  # by the process in user and system mode, then by its children that have ended


def cpu_seconds(leader: int) -> float | None:
    """Return the seconds of CPU that a process has used, with its children and all others of the session it leads.
    None where the system does not tell, or the process no longer exists."""
    if sys.platform != "linux":
        return None
    own = _stat_fields(leader)
    if own is None:
        return None
    others = (_stat_fields(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdecimal())
    session = [fields for fields in others if fields is not None and int(fields[_SESSION]) == leader]
    ticks = sum(int(text) for fields in (session or [own]) for text in fields[_USED])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat_fields(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat behind the name, which may hold blanks and brackets; None for no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
