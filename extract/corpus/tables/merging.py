"""The parts of all shards merged into the ledger, the findings and the results of the corpus, part by part."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.corpus.files.store import Store
from extract.corpus.row import DONE, KILLED, STARTED
from extract.corpus.tables.parquet import FINDINGS, LEDGER, RESULTS, as_table, part_name, read_table, write_tables

if TYPE_CHECKING:
    import pyarrow as pa

TRIED_AGAIN = (STARTED, KILLED, "unreachable")  # in each run: the cause lay outside the file
WHOLE_LEDGER = "ledger/ledger.parquet"
Entry = Mapping[str, Any]


@dataclass
class Totals:
    """Counts over a corpus: files (paths) and contents (distinct SHA-256) by status; findings by severity, all of them
    and those that wait; rows of the tables. `failures`: path and reason of the first files that were not done."""

    files: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    most_failures: int = 1000

    @property
    def contents(self) -> int:
        return self.statuses.total()

    @property
    def failed(self) -> int:
        """Contents, and files without one, that were not checked."""
        return self.contents - self.statuses[DONE]

    def counted(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Count entries of the ledger, and return them."""
        for entry in entries:
            self._add(entry)
        return entries

    def _add(self, entry: Entry) -> None:
        self.files += len(entry["paths"])
        self.statuses[entry["status"]] += 1
        if entry["status"] != DONE and len(self.failures) < self.most_failures:
            self.failures.append((entry["paths"][0], entry["status"], entry["reason"] or ""))
        self.severities.update({name: entry[name] or 0 for name in ("impossible", "reading", "unlikely", "note")})
        self.waiting += entry["waiting"] or 0


def standing_entries(store: Store, key: str) -> list[Entry] | None:
    """Return the entries of a shard that an earlier run finished; None where it must be worked on (again)."""
    entries = _entries(store, key)
    return None if entries is None or any(entry["status"] in TRIED_AGAIN for entry in entries) else entries


def _entries(store: Store, key: str) -> list[Entry] | None:
    data = store.read(part_name(key, LEDGER))
    return None if data is None else read_table(data).to_pylist()


class Merging:
    """The merging of shards in their order. A content that several shards hold belongs to the first of them."""

    def __init__(self, store: Store, keys: Sequence[str]) -> None:
        self.store, self.keys = store, list[str]()
        self._owners = dict[str, str]()  # the shard to which each content belongs
        self._others = defaultdict[str, list[str]](list)  # the paths of contents in further shards
        for key in keys:
            if (entries := _entries(store, key)) is not None:
                self.keys.append(key)
                self._claim(key, entries)

    def _claim(self, key: str, entries: Sequence[Entry]) -> None:
        for entry in entries:
            content = entry["sha256"]
            if content and self._owners.setdefault(content, key) != key:
                self._others[content] += entry["paths"]

    def entries(self) -> Iterator[list[Entry]]:
        """Yield the entries of each shard, so that each content and each file without a content comes once."""
        for key in self.keys:
            yield [self._with_all_paths(entry) for entry in _entries(self.store, key) or () if self._is_own(entry, key)]

    def _is_own(self, entry: Entry, key: str) -> bool:
        return not entry["sha256"] or self._owners[entry["sha256"]] == key

    def _with_all_paths(self, entry: Entry) -> Entry:
        return {**entry, "paths": entry["paths"] + self._others.get(entry["sha256"], [])}

    def write_ledger(self, name: str) -> Totals:
        """Write the ledger, and return the counts of its entries."""
        totals = Totals()
        with self.store.writing(name) as file:
            write_tables(file, LEDGER, (as_table(LEDGER, totals.counted(entries)) for entries in self.entries()))
        return totals

    def parts(self, table: str) -> "Iterator[pa.Table]":
        """Yield the findings or results of each shard, without the contents that belong to an earlier one."""
        import pyarrow as pa
        import pyarrow.compute as pc

        for key in self.keys:
            part = read_table(self.store.read(part_name(key, table)) or b"")
            papers = part["sha256"].unique().to_pylist()
            own = [content for content in papers if self._owners.get(content) == key]
            yield part if len(own) == len(papers) else part.filter(pc.is_in(part["sha256"], pa.array(own, pa.string())))

    def write_tables(self) -> None:
        """Write findings.parquet and results.parquet."""
        for table in (FINDINGS, RESULTS):
            with self.store.writing(f"{table}.parquet") as file:
                write_tables(file, table, self.parts(table))
