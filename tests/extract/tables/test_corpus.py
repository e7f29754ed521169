"""Real papers against their published tables, and odd, damaged and hostile files against a clock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

LEAST = {"f1": 0.93, "number_precision": 0.93, "number_recall": 0.93}
WORKERS = 2
SECONDS = 60
READ = """
import sys
from pathlib import Path
from extract.errors import UnreadableError
from extract.tables.reading import read_tables
try:
    read_tables(Path(sys.argv[1]))
except UnreadableError as error:
    sys.exit(f"not one line: {error}" if len(str(error).splitlines()) != 1 else 0)
"""


@pytest.fixture
def corpus() -> Path:
    folder = os.environ.get("DOUBLETAKE_CORPUS")
    if not folder:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers and their published tables")
    return Path(folder)


@pytest.fixture
def scoring(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package that scores the corpus lies in the corpus."""
    monkeypatch.syspath_prepend(str(corpus))
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "scoring"]:
        del sys.modules[name]


def as_answer(table: PrintedTable) -> dict[str, object]:
    return {"label": table.label, "rows": [list(row.texts) for row in table.rows]}


@pytest.mark.usefixtures("scoring")
def test_tables_of_real_papers(corpus: Path) -> None:
    from scoring.table_metric import Tally, rates, score_document
    from scoring.table_truth import read_truth

    truths = {pdf: tables for pdf in sorted((corpus / "tables" / "jats").glob("*.pdf")) if (tables := read_truth(pdf))}
    with ProcessPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(read_tables, truths))
    pooled = Tally()
    for truth, tables in zip(truths.values(), answers, strict=True):
        pooled.update(score_document(truth, list(map(as_answer, tables)))[0])
    scores = rates(pooled)
    assert {name: scores[name] for name in LEAST if scores[name] < LEAST[name]} == {}
    assert len(truths) == 18


def read_in_time(pdf: Path) -> str:
    """What went wrong with a file; "" if it was read, or refused in one line."""
    command = [sys.executable, "-c", READ, str(pdf)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"not done after {SECONDS} s"
    return "" if done.returncode == 0 else f"exit code {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"


def test_broken_files_are_read_or_refused(corpus: Path) -> None:
    pdfs = sorted((corpus / "broken").glob("*.pdf"))
    with ThreadPoolExecutor(WORKERS) as pool:
        said = dict(zip([pdf.name for pdf in pdfs], pool.map(read_in_time, pdfs), strict=True))
    assert {name: fault for name, fault in said.items() if fault} == {}
    assert len(pdfs) == 96
