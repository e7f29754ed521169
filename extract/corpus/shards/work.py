"""The work on one shard: its files are read one after the other, and its parts of the three tables are written."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from extract.corpus.files.courier import Call, call_here, courier
from extract.corpus.files.places import is_url
from extract.corpus.files.store import LAST_FILE, Store
from extract.corpus.row import CHECKED_COLUMNS, DONE, Row
from extract.corpus.shards.cutting import Shard
from extract.corpus.shards.reading import Reading, read_source
from extract.corpus.tables.parquet import FINDINGS, LEDGER, RESULTS, Value, as_table, part_name, write_tables
from extract.corpus.version import program_version
from extract.errors import UsageError

Entry = Mapping[str, Value]


@dataclass(frozen=True)
class ShardTask:
    """A shard to work on: everything that a worker on another machine must know."""

    shard: Shard
    out: str
    reading: Reading


@dataclass(frozen=True)
class ShardReport:
    """What became of a shard: its files, by status. `waiting`: findings that need a ruling. `error`: why the shard
    could not be worked on."""

    key: str
    statuses: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    error: str = ""

    @property
    def files(self) -> int:
        return self.statuses.total()


def run_shard(task: ShardTask) -> ShardReport:
    """Read the files of a shard, write its parts of the tables, the ledger last, and say what became of them.
    UsageError where this machine has another version of the program; OSError where the store refuses."""
    if task.reading.version != program_version():
        found = f"expected doubletake {task.reading.version} on the worker, found {program_version()}"
        raise UsageError(f"{found}; install the same code everywhere")
    task.reading.checker.preload()
    elsewhere = is_url(task.out) or any(is_url(source.path) for source in task.shard.sources)
    call = courier() if elsewhere else call_here
    store = Store(task.out, call)
    entries = _ledger_entries(task, store, call)
    done = [entry for entry in entries if entry["status"] == DONE]
    _write_part(store, task.shard.key, FINDINGS, [row for entry in done for row in _findings_of(entry, store)])
    _write_part(store, task.shard.key, RESULTS, [row for entry in done for row in _results_of(entry, store)])
    _write_part(store, task.shard.key, LEDGER, entries)
    return report_on(task.shard.key, entries)


def report_on(key: str, entries: Sequence[Mapping[str, object]]) -> ShardReport:
    """Return what became of a shard, from its entries in the ledger."""
    waiting = sum(entry["waiting"] for entry in entries if isinstance(entry["waiting"], int))
    statuses = Counter(str(entry["status"]) for entry in entries for _ in entry["paths"])  # type: ignore[attr-defined]
    return ShardReport(key, statuses, waiting)


def _ledger_entries(task: ShardTask, store: Store, call: Call) -> list[Entry]:
    """The entries of the ledger, one for each content in the order of the first file that has it, and one for each file
    without a content."""
    contents: dict[str, tuple[Row, list[str]]] = {}
    with store.workplace() as work:
        for source in task.shard.sources:
            row = read_source(source, task.reading, store, work, call)
            contents.setdefault(row.sha256 or source.path, (row, []))[1].append(source.path)
    return [_entry(row, paths) for row, paths in contents.values()]


def _entry(row: Row, paths: Sequence[str]) -> Entry:
    values = asdict(row)
    counts = values.pop("checked") or {}
    return {
        **dict.fromkeys(CHECKED_COLUMNS),
        **values,
        **counts,
        "file": paths[0].rstrip("/").rpartition("/")[2],
        "paths": paths,
    }


def _write_part(store: Store, key: str, table: str, rows: Sequence[Entry]) -> None:
    with store.writing(part_name(key, table)) as file:
        write_tables(file, table, [as_table(table, rows)])


def _findings_of(entry: Entry, store: Store) -> Iterator[Entry]:
    return _rows_of(entry, store, "findings.csv")


def _results_of(entry: Entry, store: Store) -> Iterator[Entry]:
    """The records of a paper's exhibits whose schema is `results`."""
    package = json.loads(store.read(f"papers/{entry['sha256']}/{LAST_FILE}") or b"{}")
    for resource in package.get("resources", ()):
        if resource.get("exhibit", {}).get("schema") == RESULTS:
            for row in _rows_of(entry, store, resource["path"]):
                yield {**row, "exhibit": resource["name"]}


def _rows_of(entry: Entry, store: Store, name: str) -> Iterator[Entry]:
    data = store.read(f"papers/{entry['sha256']}/{name}") or b""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")):
        yield {**row, "sha256": entry["sha256"], "file": entry["file"]}
