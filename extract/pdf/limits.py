"""What reading one PDF may take. A small file can hold a page of gigabytes, or pages without end."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Over one of these a PDF is not read, or its reading is stopped. (A trial of 20 pages: a few seconds, 300 MB.)

    pages: that the PDF may have. megabytes: size of the file. seconds: from start to end of the reading, by the clock.
    memory: MB that the reading may ask for, more than the program has before it (where the system can limit that).
    """

    pages: int = 1000
    megabytes: int = 200
    seconds: float = 60
    memory: int = 2048


def hold_memory(megabytes: int) -> None:
    """Let this process ask for so much more memory and no more: MemoryError then, or the death of a native library.

    Not every system can (no `resource` on Windows, no effect on macOS); there the time limit has to do.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted, hard = _address_space() + megabytes * MB, resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):  # macOS may refuse it
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _address_space() -> int:
    """Bytes of address space that this process has now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    import resource

    return pages * resource.getpagesize()
