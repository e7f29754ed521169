import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest

from extract.errors import UsageError
from extract.publishing.publish import csv_text, write_files
from validations.inputs.curated import read_curated_paper
from validations.inputs.states import UNFINISHED, UnfinishedError

OURS = {"name": "smith.pdf", "sha256": "0" * 64, "edition": "publisher"}
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")


def package(*names: str) -> str:
    """A data package of ours with these exhibits, each one a table of adverse events."""
    about = {"schema": "adverse_events", "label": "Table 1"}
    return json.dumps(
        {"source_pdf": OURS, "resources": [{"name": name, "path": f"{name}.csv", "exhibit": about} for name in names]}
    )


def paper(*names: str, n: str = "12") -> dict[str, str]:
    """The files of a paper with these exhibits."""
    return {f"{name}.csv": f"row,event,grade,n\n1,Rash,any,{n}\n" for name in names} | {
        "datapackage.json": package(*names)
    }


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "smith2026"
    assert write_files(folder, paper("a", "b")) == ["a.csv", "b.csv", "datapackage.json"]
    before = (folder / "a.csv").stat().st_mtime_ns
    assert write_files(folder, {**paper("a", "b"), "b.csv": "3\n"}) == ["b.csv"]
    assert (folder / "a.csv").stat().st_mtime_ns == before
    assert contents(folder) == {**paper("a", "b"), "b.csv": "3\n"}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_published_files_have_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o002)
    write_files(tmp_path / "p", paper("a"))
    os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "p").iterdir()} == {0o664}


def test_a_csv_that_the_package_lists_no_more_is_removed_and_nothing_else(tmp_path: Path) -> None:
    write_files(tmp_path / "p", paper("a", "b"))
    (tmp_path / "p" / "findings.csv").write_text("of validate")
    assert write_files(tmp_path / "p", paper("b")) == ["datapackage.json", "a.csv"]
    assert sorted(contents(tmp_path / "p")) == ["b.csv", "datapackage.json", "findings.csv"]


@pytest.mark.parametrize("path", ["verdicts.toml", "../mine.csv", "My table.csv", "..", "report.html", "notes/a.csv"])
def test_nothing_is_removed_but_a_csv_that_we_name(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    (folder / "notes").mkdir(parents=True)
    for name in ("verdicts.toml", "../mine.csv", "My table.csv", "mine.csv", "report.html", "notes/a.csv", "a.csv"):
        (folder / name).write_text("mine")
    (folder / "datapackage.json").write_text(json.dumps({"source_pdf": {}, "resources": [{"path": path}]}))
    before = sorted(tmp_path.rglob("*"))
    assert write_files(folder, {"datapackage.json": '{"source_pdf": {}, "resources": []}'}) == ["datapackage.json"]
    assert sorted(tmp_path.rglob("*")) == before


def test_old_files_stay_when_the_new_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path / "p", paper("a", "b"))
    before, opened = contents(tmp_path / "p"), Path.open

    def full(path: Path, mode: str = "r", **others: object) -> object:
        if path.name.startswith(".b.csv") and "x" in mode:
            raise OSError(28, "No space left on device")
        return opened(path, mode, **others)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path / "p", paper("a", "b", n="13"))
    monkeypatch.undo()
    assert contents(tmp_path / "p") == before


def test_text_is_written_as_it_is() -> None:
    frame = pd.DataFrame({"n": ["20.0", ""], "label": ['≥ 54, "old"', "Ν/Α"]}, dtype=str)
    assert csv_text(frame) == 'n,label\n20.0,"≥ 54, ""old"""\n,Ν/Α\n'


FOREIGN: list[tuple[str, dict[str, str]]] = [
    ("a thesis", {"thesis.txt": "years of work"}),
    ("CSVs typed by hand", {"a.csv": "row,event\n1,Rash\n"}),
    ("a data package of others", {"datapackage.json": '{"resources": [{"path": "c.csv"}]}', "c.csv": "1\n"}),
    ("what is no data package", {"datapackage.json": "[]"}),
]


@pytest.mark.parametrize("files", [files for _, files in FOREIGN], ids=[name for name, _ in FOREIGN])
def test_a_folder_of_others_is_left_alone_unless_forced(files: Mapping[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match="has files that are not ours; use another --out, or --force"):
        write_files(tmp_path, paper("a"))
    assert contents(tmp_path) == files
    write_files(tmp_path, paper("a"), force=True)
    assert contents(tmp_path) == {**files, **paper("a")}


def test_hidden_files_and_rulings_make_no_folder_of_others(tmp_path: Path) -> None:
    for name in (".DS_Store", ".gitignore", "verdicts.toml"):
        (tmp_path / name).touch()
    assert write_files(tmp_path, paper("a")) == ["a.csv", "datapackage.json"]


def test_a_csv_that_we_have_not_written_is_not_replaced_unless_forced(tmp_path: Path) -> None:
    write_files(tmp_path, paper("a"))
    (tmp_path / "b.csv").write_text("typed by hand")
    with pytest.raises(UsageError, match=r"b\.csv: is there and not ours; move it away, or use another --out, or --fo"):
        write_files(tmp_path, paper("a", "b"))
    assert contents(tmp_path) == {**paper("a"), "b.csv": "typed by hand"}
    assert write_files(tmp_path, paper("a", "b"), force=True) == ["b.csv", "datapackage.json"]


def test_a_link_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path / "p", paper("a"))
    (tmp_path / "p" / "a.csv").replace(tmp_path / "elsewhere")
    (tmp_path / "p" / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="it is a link, through which nothing is written"):
        write_files(tmp_path / "p", paper("a", n="13"))
    assert (tmp_path / "elsewhere").read_text() == paper("a")["a.csv"]


def test_names_that_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").touch()
    folder = tmp_path / "p"
    write_files(folder, paper("a"))
    (folder / UNFINISHED).write_text("../mine.csv\n../../mine.csv\nverdicts.toml\n")
    (folder / "verdicts.toml").touch()
    text = (folder / "datapackage.json").read_text().replace('"a.csv"', '"../mine.csv"')
    (folder / "datapackage.json").write_text(text)
    write_files(folder, paper("a"))
    assert sorted(contents(folder)) == ["a.csv", "datapackage.json", "verdicts.toml"]
    assert (tmp_path / "mine.csv").exists()


def test_the_folders_that_earlier_versions_left_when_killed_are_removed(tmp_path: Path) -> None:
    for name in (".p-abcd_123", ".p-notes", ".q-abcd_123", ".p-original"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ("thesis.txt" if name == ".p-original" else "a.csv")).touch()
    write_files(tmp_path / "p", paper("a"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".p-notes", ".p-original", ".q-abcd_123", "p"]


@pytest.mark.parametrize("listed", [True, False], ids=["again", "for the first time"])
def test_a_paper_of_two_states_is_not_read(listed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validations.inputs.states.ATTEMPT_SECONDS", 0)
    files = paper("a", "b")
    told = json.loads(files["datapackage.json"])
    told["resources"][0]["hash"] = f"sha256:{'0' * 64}"
    write_files(tmp_path, {**files, "datapackage.json": json.dumps(told)})
    assert len(read_curated_paper(tmp_path).tables) == 2
    (tmp_path / UNFINISHED).write_text("a.csv\nb.csv\n")
    if not listed:
        (tmp_path / "datapackage.json").unlink()
    with pytest.raises(UnfinishedError, match="a run that published there was killed; run that command again"):
        read_curated_paper(tmp_path)


@contextmanager
def publishing(folder: Path, states: Sequence[Mapping[str, str]], runs: int = 1) -> Iterator[None]:
    """So many other runs publish the states of a paper in turn while the block runs, without fault."""
    fork = get_context("fork")
    ended = fork.Event()

    def publish_in_turn(turn: int) -> None:
        while not ended.is_set():
            turn += 1
            write_files(folder, states[turn % len(states)])
            time.sleep(0.03)

    write_files(folder, states[0])
    processes = [fork.Process(target=publish_in_turn, args=(turn,)) for turn in range(runs)]
    for process in processes:
        process.start()
    yield
    ended.set()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * runs
    assert contents(folder) in states


@forks
def test_who_reads_while_others_publish_sees_one_state(tmp_path: Path) -> None:
    seen, reads = set(), 0
    with publishing(tmp_path / "p", [paper("a", "b"), paper("b", "c", n="13"), paper("a", n="14")], runs=2):
        while len(seen) < 3 or reads < 10:
            reads += 1
            tables = read_curated_paper(tmp_path / "p").tables.values()
            seen.add((*sorted(table.name for table in tables), *{n for table in tables for n in table.column("n")}))
            assert seen <= {("a", "b", "12"), ("b", "c", "13"), ("a", "14")}


@forks
def test_a_reader_of_any_kind_finds_what_the_package_lists(tmp_path: Path) -> None:
    folder, seen = tmp_path / "p", set()
    with publishing(folder, [paper("a", "b"), paper("b", "c"), paper("a")]):
        for _ in range(1000):
            listed = json.loads((folder / "datapackage.json").read_text())["resources"]
            assert [(folder / resource["path"]).read_text() for resource in listed]
            seen.add(tuple(resource["name"] for resource in listed))
    assert len(seen) > 1
