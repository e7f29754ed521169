"""What a run has written, as tests compare it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extract.corpus.row import MEASURED

Rows = list[dict[str, Any]]


def _ledger(out: Path) -> Rows:
    return [row for path in sorted(out.glob("ledger/*.parquet")) for row in pq.read_table(path).to_pylist()]


def _results(out: Path) -> dict[str, Any]:
    files: dict[str, Any] = {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] not in ("ledger", "shards")
    }
    rows = [{name: value for name, value in row.items() if name not in MEASURED} for row in _ledger(out)]
    return files | {"ledger": rows}


@pytest.fixture(scope="session")
def ledger() -> Callable[[Path], Rows]:
    """ledger(out): the rows of ledger/*.parquet."""
    return _ledger


@pytest.fixture(scope="session")
def results() -> Callable[[Path], dict[str, Any]]:
    """results(out): the files and the ledger of a corpus, but for what was measured and what only its continuation
    needs."""
    return _results
