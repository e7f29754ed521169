"""The row of one content in the ledger: what became of a file, and whether that stands in a later run."""

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from extract.errors import DoubletakeError, error_line

DONE, STARTED, KILLED = "done", "started", "killed"
MOST_UNFINISHED = 5  # attempts that end without a result: a file that takes its machine down is not tried for ever
_STATUS_BY_WORDS = (  # of the one line that a reading ends with; see extract.pdf
    ("killed", r"broke off \(SIG(KILL|TERM|HUP|INT)\)"),
    ("crashed", r"broke off \("),
    ("timeout", r"; raise --(timeout|max-wait)$"),
    ("memory", r"; raise --max-memory$"),
    ("too_large", r"; raise --max-(mb|pages) "),
)


@dataclass(frozen=True)
class Checked:
    """What a check read in a PDF and found. `title` is "" where the PDF has none. `waiting`: findings that need a
    ruling; those of each severity have no ruling either."""

    title: str
    pages: int
    tables: int
    plots: int
    claims: int
    impossible: int
    reading: int
    unlikely: int
    note: int
    waiting: int


@dataclass(frozen=True)
class Row:
    """A row of the ledger. `sha256` is "" where the file could not be read to its end. `version`: of the program;
    `options`: the limits, as JSON. CPU and wall time in seconds, of the attempt that gave the result; `peak_mb`: the
    most memory that the reading held, None where it did not live to say so. `sha256_xml`: of the XML that was read
    besides, "" without one; `sha256` is then the digest of both."""

    sha256: str
    size: int | None
    status: str
    reason: str
    version: str
    options: str
    attempts: int
    cpu_seconds: float | None = None
    wall_seconds: float | None = None
    peak_mb: float | None = None
    checked: Checked | None = None
    sha256_xml: str = ""

    def is_settled(self, version: str, options: str) -> bool:
        """Whether a reading by this version with these options can be left out: it was done, or failed for a reason
        that would come again."""
        if self.version != version or self.status in (STARTED, KILLED):
            return False
        return self.status == DONE or self.options == options

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=True).encode()


MEASURED = ("attempts", "cpu_seconds", "wall_seconds", "peak_mb")  # what differs from run to run
CHECKED_COLUMNS = tuple(field.name for field in fields(Checked))
ROW_COLUMNS = tuple(field.name for field in fields(Row) if field.name != "checked")


def row_from_json(data: bytes) -> Row | None:
    """Return the row that `to_json` wrote; None for anything else, as after a loss of power."""
    try:
        values: dict[str, Any] = json.loads(data)
        checked = values.pop("checked")
        return Row(**values, checked=None if checked is None else Checked(**checked))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def status_of(error: Exception) -> str:
    """Return the status of a file whose reading raised `error`: killed (from outside), crashed, timeout, memory,
    too_large, unreadable, or failed for an error of ours."""
    if not isinstance(error, DoubletakeError):
        return "failed"
    return next((status for status, words in _STATUS_BY_WORDS if re.search(words, str(error))), "unreadable")


def reason_of(error: Exception, *paths: object) -> str:
    """Return the one line of `error` without that of the paths with which it begins: a name on one machine only."""
    line = error_line(error)
    begin = next((f"{path}: " for path in paths if line.startswith(f"{path}: ")), "")
    return line.removeprefix(begin)
