"""The limits of reading one PDF: a small file can inflate to gigabytes or claim endless pages."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from schemas.base.files import MB

WALL_FACTOR = 10  # on a machine with ten times as many tasks as cores, a reading waits so long for its CPU time


@dataclass(frozen=True)
class Limits:
    """Limits beyond which a PDF is refused or its reading is stopped. A trial of 20 pages takes seconds and 300 MB.

    pages: pages of the PDF. megabytes: size of the file. seconds: of CPU time, of the reading and all that it starts;
    by the clock where the system (any but Linux) does not tell CPU time. wall: seconds by the clock, for a reading that
    waits for something that never comes; None for ten times `seconds`. memory: MB that the reading may allocate on top
    of what the program has already, on systems that can limit it.
    """

    pages: int = 1000
    megabytes: int = 200
    seconds: float = 60
    memory: int = 2048
    wall: float | None = None

    @property
    def wall_seconds(self) -> float:
        return self.seconds * WALL_FACTOR if self.wall is None else self.wall


def hold_memory(megabytes: int) -> None:
    """Limit how much more memory this process may allocate; beyond it come MemoryError or the death of native code.

    Windows has no `resource`, macOS ignores the limit: there only the time limit holds.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted, hard = _address_space() + megabytes * MB, resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError, OverflowError):  # macOS may refuse the limit
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _address_space() -> int:
    """The bytes of address space of this process now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()
