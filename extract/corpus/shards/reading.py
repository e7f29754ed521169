"""One file of the corpus: read in a limited child unless its result stands already, published, then entered."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from extract.corpus.files.courier import Call, call_here
from extract.corpus.files.fetching import Fetched, fetch_source
from extract.corpus.files.places import is_url
from extract.corpus.files.sources import Source
from extract.corpus.files.store import Store
from extract.corpus.row import DONE, MOST_UNFINISHED, STARTED, Checked, Row, reason_of, row_from_json, status_of
from extract.corpus.usage import children_seconds, peak_megabytes
from extract.errors import UnreadableError
from extract.pdf.limits import Limits
from extract.pdf.worker import PdfTask, read_safely

VERDICTS = "verdicts.toml"
_UNFINISHED = f"{MOST_UNFINISHED} attempts ended without a result: the machine or the worker died each time"


@dataclass(frozen=True)
class Checker:
    """How a PDF is checked. `check` reads a PDF and its XML (None without one), writes what a curated paper has into a
    folder and counts it; it runs in the child. `preload` imports what it needs, before the child is forked. Both are
    functions of a module."""

    check: Callable[[Path, Path, Path | None], Checked]
    preload: Callable[[], None]


@dataclass(frozen=True)
class Reading:
    """What readings share: the checker and limits, version and options as the ledger has them, the folder from which
    paths count."""

    checker: Checker
    limits: Limits
    version: str
    options: str
    cwd: str


def row_name(key: str) -> str:
    """The name in the store of the row of a content, by its SHA-256."""
    return f"ledger/rows/{key[:2]}/{key}.json"


def read_source(source: Source, reading: Reading, store: Store, work: Path, call: Call) -> Row:
    """Return the row of a file: that of an earlier attempt where it stands, else of one made now. `work`: an empty
    folder, which is left empty. `call`: how to call what speaks to a URL."""
    try:
        call = call if is_url(source.path) else call_here
        fetched = call(fetch_source, source, Path(reading.cwd), work, reading.limits.megabytes)
    except UnreadableError as error:
        return _unfetched(source.path, reading, store, reason_of(error, source.path))
    try:
        return _read_content(fetched, reading, store)
    finally:
        for copy in filter(None, (fetched.pdf, fetched.xml)):
            copy.unlink(missing_ok=True)


def _unfetched(place: str, reading: Reading, store: Store, reason: str) -> Row:
    """The row of a file without a content; it is tried again in each run, and known by its path."""
    name = row_name(hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest())
    before = row_from_json(store.read(name) or b"")
    attempts = before.attempts + 1 if before and before.version == reading.version else 1
    row = Row("", None, "unreachable", reason, reading.version, reading.options, attempts)
    store.write(name, row.to_json())
    return row


def _read_content(fetched: Fetched, reading: Reading, store: Store) -> Row:
    name = row_name(fetched.sha256)
    before = row_from_json(store.read(name) or b"")
    if before and before.is_settled(reading.version, reading.options):
        return before
    attempts = before.attempts + 1 if before and before.version == reading.version else 1
    started = Row(
        *(fetched.sha256, fetched.size, STARTED, "", reading.version, reading.options, attempts),
        sha256_xml=fetched.sha256_xml,
    )
    if before and before.status == STARTED and attempts > MOST_UNFINISHED:
        row = replace(started, status="crashed", reason=_UNFINISHED, attempts=before.attempts)
    else:
        store.write(name, started.to_json())
        row = _attempt(fetched, started, reading, store)
    store.write(name, row.to_json())
    return row


def _attempt(fetched: Fetched, started: Row, reading: Reading, store: Store) -> Row:
    """Read a content in a child and publish what it wrote, if it came to an end."""
    with ExitStack() as stack:
        made = stack.enter_context(store.workplace()) / fetched.sha256
        made.mkdir()
        if (rulings := store.read(f"papers/{fetched.sha256}/{VERDICTS}")) is not None:
            (made / VERDICTS).write_bytes(rulings)
        wall, cpu = monotonic(), children_seconds()
        task = PdfTask(_measured, (reading.checker, fetched.pdf, made, fetched.xml), fetched.pdf)
        try:
            checked, peak_mb = read_safely(task, reading.limits)
        except Exception as error:
            row = replace(started, status=status_of(error), reason=reason_of(error, fetched.pdf, fetched.xml))
        else:
            store.publish(made, f"papers/{fetched.sha256}")
            row = replace(started, status=DONE, checked=checked, peak_mb=peak_mb)
        spent = round(children_seconds() - cpu, 3), round(monotonic() - wall, 3)
        return replace(row, cpu_seconds=spent[0], wall_seconds=spent[1])


def _measured(checker: Checker, pdf: Path, folder: Path, xml: Path | None) -> tuple[Checked, float | None]:
    """Check a PDF; return the counts with the peak memory of this process, in MB."""
    return checker.check(pdf, folder, xml), peak_megabytes()
