"""The tables of the corpus as Parquet: their columns, and a writer whose bytes depend on the rows alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, BinaryIO

from extract.corpus.row import CHECKED_COLUMNS, ROW_COLUMNS
from extract.errors import UsageError
from schemas import SCHEMAS
from validations.registry import Finding

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 1 << 16  # rows of a row group, however the rows come
LEDGER, FINDINGS, RESULTS = "ledger", "findings", "results"
TABLES = (LEDGER, FINDINGS, RESULTS)
_SEVERAL = ("paths",)
_FRACTIONS = ("cpu_seconds", "wall_seconds", "peak_mb")
_TEXTS = ("file", "sha256", "status", "reason", "version", "options", "title", "sha256_xml")
FINDING_COLUMNS = tuple(field.name for field in fields(Finding))
Value = str | int | float | None | Sequence[str]


def part_name(key: str, table: str) -> str:
    """The name in the store of a shard's part of a table."""
    return f"shards/{key}/{table}.parquet"


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table; those of findings and results begin with the paper's sha256 and file name."""
    if table == LEDGER:
        return ("sha256", "file", "paths", *ROW_COLUMNS[1:], *CHECKED_COLUMNS)
    own = FINDING_COLUMNS if table == FINDINGS else ("exhibit", *SCHEMAS["results"].columns())
    return ("sha256", "file", *own)


def require_arrow() -> None:
    """Raise UsageError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        advice = "install the extra 'corpus': pip install --editable '.[corpus]'"
        raise UsageError(f"doubletake corpus needs pyarrow; {advice}") from error


def schema_of(table: str) -> "pa.Schema":
    """Return the Arrow schema of a table. What papers print is text; what was not printed is null."""
    import pyarrow as pa

    if table != LEDGER:
        return pa.schema([(name, pa.string()) for name in columns_of(table)])
    types = {name: pa.list_(pa.string()) for name in _SEVERAL} | dict.fromkeys(_FRACTIONS, pa.float64())
    types |= dict.fromkeys(_TEXTS, pa.string())
    return pa.schema([(name, types.get(name, pa.int64())) for name in columns_of(table)])


def as_table(table: str, rows: Iterable[Mapping[str, Value]]) -> "pa.Table":
    """Return rows as an Arrow table of that name; a text of nothing, and a column that a row lacks, is null."""
    import pyarrow as pa

    return pa.Table.from_pylist(
        [{name: _plain(value) for name, value in row.items()} for row in rows], schema_of(table)
    )


def _plain(value: Value) -> Value:
    """A value that UTF-8 can hold: names of files may have other bytes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode() or None
    return [str(_plain(item)) for item in value] if isinstance(value, list | tuple) else value


@contextmanager
def parquet_writer(file: BinaryIO, table: str) -> "Iterator[pa.parquet.ParquetWriter]":
    """Give a writer of a table with settled compression, version and statistics."""
    import pyarrow.parquet as pq

    settings = {"version": "2.6", "compression": "zstd", "compression_level": 3, "data_page_version": "1.0"}
    with pq.ParquetWriter(file, schema_of(table), **settings) as writer:
        yield writer


def write_tables(file: BinaryIO, table: str, parts: "Iterable[pa.Table]") -> int:
    """Write parts of a table, one after the other, as one Parquet file; return the number of rows. Only one row group
    is in memory, and its limits do not depend on those of the parts."""
    import pyarrow as pa

    held, written = schema_of(table).empty_table(), 0
    with parquet_writer(file, table) as writer:
        for part in parts:
            held = pa.concat_tables([held, part])
            while len(held) >= GROUP_ROWS:
                writer.write_table(held.slice(0, GROUP_ROWS).combine_chunks(), GROUP_ROWS)
                held, written = held.slice(GROUP_ROWS), written + GROUP_ROWS
        if len(held):
            writer.write_table(held.combine_chunks(), GROUP_ROWS)
    return written + len(held)


def read_table(data: bytes) -> "pa.Table":
    """Return the table in the bytes of a Parquet file, read without threads: parts are small, and workers fork."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pq.ParquetFile(pa.BufferReader(data)).read(use_threads=False)
