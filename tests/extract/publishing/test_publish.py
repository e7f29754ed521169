import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from extract.publishing.publish import csv_text, write_files


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "smith2026"
    assert write_files(folder, {"a.csv": "1\n", "b.csv": "2\n"}) == ["a.csv", "b.csv"]
    before = (folder / "a.csv").stat().st_mtime_ns
    assert write_files(folder, {"a.csv": "1\n", "b.csv": "3\n"}) == ["b.csv"]
    assert (folder / "a.csv").stat().st_mtime_ns == before
    assert contents(folder) == {"a.csv": "1\n", "b.csv": "3\n"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_csv_that_the_package_lists_no_more_is_removed_and_nothing_else(tmp_path: Path) -> None:
    write_files(tmp_path / "p", {"a.csv": "1\n", "datapackage.json": '{"resources": [{"path": "a.csv"}]}'})
    (tmp_path / "p" / "findings.csv").write_text("mine")
    assert write_files(tmp_path / "p", {"datapackage.json": '{"resources": []}'}) == ["datapackage.json", "a.csv"]
    assert sorted(contents(tmp_path / "p")) == ["datapackage.json", "findings.csv"]


@pytest.mark.parametrize("path", ["verdicts.toml", "../mine.csv", "My table.csv", "..", "report.html", "notes/a.csv"])
def test_nothing_is_removed_but_a_csv_that_we_name(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    (folder / "notes").mkdir(parents=True)
    for name in ("verdicts.toml", "../mine.csv", "My table.csv", "mine.csv", "report.html", "notes/a.csv", "a.csv"):
        (folder / name).write_text("mine")
    (folder / "datapackage.json").write_text(json.dumps({"resources": [{"path": path}]}))
    before = sorted(tmp_path.rglob("*"))
    assert write_files(folder, {"datapackage.json": '{"resources": []}'}) == ["datapackage.json"]
    assert sorted(tmp_path.rglob("*")) == before


def test_old_files_stay_when_the_new_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path / "p", {"a.csv": "1\n", "b.csv": "1\n"})
    full = OSError(28, "No space left on device")

    def fail(path: Path, data: bytes) -> int:
        raise full

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path / "p", {"a.csv": "2\n", "b.csv": "2\n"})
    assert contents(tmp_path / "p") == {"a.csv": "1\n", "b.csv": "1\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_text_is_written_as_it_is() -> None:
    frame = pd.DataFrame({"n": ["20.0", ""], "label": ['≥ 54, "old"', "Ν/Α"]}, dtype=str)
    assert csv_text(frame) == 'n,label\n20.0,"≥ 54, ""old"""\n,Ν/Α\n'


KILLED = """
import os, sys
import subprocess
import sys
from pathlib import Path
from extract.publishing.publish import write_files
write = Path.write_bytes
def half_then_killed(path, data):
    write(path, data[: len(data) // 2])
    os._exit(9)
Path.write_bytes = half_then_killed
write_files(Path(sys.argv[1]), {"a.csv": "22222222", "b.csv": "22222222"})
"""


def test_nothing_is_half_written_when_killed(tmp_path: Path) -> None:
    write_files(tmp_path / "p", {"a.csv": "1\n", "b.csv": "1\n"})
    assert subprocess.run([sys.executable, "-c", KILLED, tmp_path / "p"], check=False).returncode == 9
    assert contents(tmp_path / "p") == {"a.csv": "1\n", "b.csv": "1\n"}
