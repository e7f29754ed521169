"""A corpus from its files to its tables, by the fake check: what each file becomes, resuming, rows and bytes."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from extract.errors import UsageError
from extract.pdf.limits import Limits
from tests.extract.corpus import fakes

Ledger = Callable[[Path], list[dict[str, Any]]]
Results = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with files of every kind, and what they became."""
    folder = fakes.fill(tmp_path_factory.mktemp("odd") / "library", 3)
    for name, behind in {
        "spins": "n a spin 1",
        "fills": "n b fill 4000",
        "killed": "n c kill 9",
        "crashes": "n d kill 11",
        "raises": "n e raise what",
    }.items():
        (folder / f"{name}.pdf").write_bytes(fakes.pdf_bytes(behind))
    (folder / "again").mkdir()
    (folder / "again" / "same.pdf").write_bytes((folder / "paper001.pdf").read_bytes())
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "text.pdf").write_bytes(b"not a PDF")
    (folder / "large.pdf").write_bytes(b"%PDF-1.5" + bytes(2 << 20))
    os.mkfifo(folder / "pipe.pdf")
    Path(os.fsdecode(bytes(folder) + b"/latin1-\xe9.pdf")).write_bytes(fakes.pdf_bytes("n f"))
    out = folder.parent / "out"
    assert not fakes.run(folder, out).is_clean
    return folder, out


def test_each_file_has_its_row_with_status_and_reason(odd: tuple[Path, Path], ledger: Ledger) -> None:
    rows = {str(row["file"]): row for row in ledger(odd[1])}
    assert {name: row["status"] for name, row in rows.items()} == {
        **dict.fromkeys(("same.pdf", "paper000.pdf", "paper002.pdf", "latin1-\\udce9.pdf"), "done"),
        **{"spins.pdf": "timeout", "fills.pdf": "memory", "killed.pdf": "killed", "crashes.pdf": "crashed"},
        **{"raises.pdf": "failed", "empty.pdf": "unreadable", "text.pdf": "unreadable", "large.pdf": "too_large"},
        "pipe.pdf": "unreachable",
    }
    assert rows["raises.pdf"]["reason"] == "ZeroDivisionError: what (internal error; use -v for the traceback)"
    assert rows["spins.pdf"]["reason"] == "reading took longer than 1 s of CPU time and was stopped; raise --timeout"
    assert rows["large.pdf"]["reason"] == "the file has 2.0 MB, more than 1 MB; raise --max-mb to read it anyway"
    assert [row["sha256"] for row in rows.values() if row["status"] == "unreachable"] == [None]
    assert len({row["sha256"] for row in rows.values()}) == len(rows)
    spins = rows["spins.pdf"]["cpu_seconds"]
    assert isinstance(spins, float) and 1 <= spins < 5
    assert all(row["peak_mb"] and row["pages"] == 1 for row in rows.values() if row["status"] == "done")


def test_a_content_is_read_once_and_has_all_its_paths(odd: tuple[Path, Path], ledger: Ledger) -> None:
    folder, out = odd
    [row] = [row for row in ledger(out) if len(row["paths"]) > 1]
    assert (row["file"], row["attempts"]) == ("same.pdf", 1)
    assert row["paths"] == [str(folder / "again" / "same.pdf"), str(folder / "paper001.pdf")]
    assert [path.name for path in (out / "papers").iterdir()].count(str(row["sha256"])) == 1


def test_the_tables_are_read_by_duckdb_pandas_and_arrow(odd: tuple[Path, Path]) -> None:
    out = odd[1]
    found = duckdb.sql(f"select file, outcome, value from '{out}/results.parquet' order by file, cell").fetchall()
    assert found[:2] == [("latin1-\\udce9.pdf", "f", "20.0"), ("latin1-\\udce9.pdf", "f", None)]
    frame = pd.read_parquet(out / "findings.parquet")
    assert frame[["file", "code", "exhibit"]].to_numpy().tolist() == [["paper000.pdf", "PCT001", "table1"]]
    assert pq.read_table(out / "results.parquet").num_rows == 8
    joined = f"select count(*) from '{out}/results.parquet' join '{out}/ledger/*.parquet' using (sha256)"
    assert duckdb.sql(joined).fetchall() == [(8,)]


def test_resuming_tries_again_only_what_was_killed(odd: tuple[Path, Path], ledger: Ledger, results: Results) -> None:
    folder, out = odd
    before, attempts = results(out), attempts_of(ledger(out))
    fakes.run(folder, out, resume=True)
    assert results(out) == before
    again = {name for name, count in attempts_of(ledger(out)).items() if count > attempts[name]}
    assert again == {"killed.pdf", "pipe.pdf"}


def attempts_of(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {row["file"]: row["attempts"] for row in rows}


def test_other_limits_try_again_what_failed_and_leave_what_was_done(tmp_path: Path, ledger: Ledger) -> None:
    folder = fakes.fill(tmp_path / "library", 1)
    (folder / "slow.pdf").write_bytes(fakes.pdf_bytes("n a spin 1"))
    fakes.run(folder, tmp_path / "out")
    fakes.run(folder, tmp_path / "out", resume=True, limits=Limits(megabytes=1, seconds=2, memory=512))
    assert attempts_of(ledger(tmp_path / "out")) == {"paper000.pdf": 1, "slow.pdf": 2}
    [slow] = [row for row in ledger(tmp_path / "out") if row["file"] == "slow.pdf"]
    assert slow["reason"] == "reading took longer than 2 s of CPU time and was stopped; raise --timeout"
    assert json.loads(str(slow["options"]))["seconds"] == 2


def test_files_that_come_and_go(tmp_path: Path, ledger: Ledger, results: Results) -> None:
    folder, out = fakes.fill(tmp_path / "library", 4), tmp_path / "out"
    fakes.run(folder, out)
    (folder / "paper002.pdf").unlink()
    (folder / "paper001.pdf").rename(folder / "renamed.pdf")
    (folder / "a_new_one.pdf").write_bytes(fakes.pdf_bytes("n new"))
    fakes.run(folder, out, resume=True)
    assert attempts_of(ledger(out)) == dict.fromkeys(
        ("a_new_one.pdf", "paper000.pdf", "paper003.pdf", "renamed.pdf"), 1
    )
    fresh = tmp_path / "fresh"
    fakes.run(folder, fresh)
    stale = [name for name in results(out) if name not in results(fresh)]
    assert all(name.startswith("papers/") for name in stale)
    assert {**results(out), **dict.fromkeys(stale, b"")} == {**results(fresh), **dict.fromkeys(stale, b"")}


def test_workers_shards_and_job_arrays_give_the_same_bytes(tmp_path: Path, ledger: Ledger, results: Results) -> None:
    folder = fakes.fill(tmp_path / "library", 12)
    (folder / "zz.pdf").write_bytes((folder / "paper002.pdf").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.5 broken")
    ways = {"one": {"workers": 1}, "three": {"workers": 3, "shard_size": 5}, "two": {"workers": 2, "shard_size": 100}}
    for name, options in ways.items():
        fakes.run(folder, tmp_path / name, **options)
    for number in (2, 3, 1):
        fakes.run(folder, tmp_path / "array", shard=(number, 3))
    parts = sorted(path.name for path in (tmp_path / "array" / "ledger").glob("*.parquet"))
    assert parts == [f"part-0000{number}-of-00003.parquet" for number in (1, 2, 3)]
    found = Counter(path for row in ledger(tmp_path / "array") for path in row["paths"])
    assert set(found.values()) == {1} and len(found) == 14
    fakes.run(folder, tmp_path / "array", resume=True)
    assert [path.name for path in (tmp_path / "array" / "ledger").glob("*.parquet")] == ["ledger.parquet"]
    assert set(attempts_of(ledger(tmp_path / "array")).values()) == {1}
    first, *others = (results(tmp_path / name) for name in (*ways, "array"))
    assert len(first) == 4 * 12 + 4
    assert others == [first] * 3


def test_what_holds_something_else_is_refused(tmp_path: Path) -> None:
    folder = fakes.fill(tmp_path / "library", 1)
    with pytest.raises(UsageError, match="library: has files that are not ours; use another --out"):
        fakes.run(folder, folder)
    fakes.run(folder, tmp_path / "out")
    with pytest.raises(UsageError, match="out: holds a corpus already; go on with --resume, or use another --out"):
        fakes.run(folder, tmp_path / "out")


def test_rulings_in_the_folder_of_a_paper_stay_there(tmp_path: Path) -> None:
    folder, out = fakes.fill(tmp_path / "library", 1), tmp_path / "out"
    fakes.run(folder, out)
    [paper] = (out / "papers").iterdir()
    (paper / "verdicts.toml").write_text("# mine", encoding="utf-8")
    [row] = (out / "ledger" / "rows").rglob("*.json")
    row.unlink()
    for part in (out / "shards").rglob("*.parquet"):
        part.unlink()
    fakes.run(folder, out, resume=True)
    assert (paper / "verdicts.toml").read_text(encoding="utf-8") == "# mine"
