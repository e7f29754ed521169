"""Folders for temporary files: those of killed runs are removed by the next run, those in use are not."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from extract.pdf.limits import Limits
from extract.pdf.scratch import UNLOCKED_SECONDS, ScratchFolder, sweep_scratch
from extract.pdf.worker import PdfTask, read_safely

ROOT = Path(__file__).parents[3]
WORKING = """
import sys, time
from extract.pdf.scratch import ScratchFolder
folder = ScratchFolder()
(folder.path / "page.png").touch()
print(folder.path, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sweep_scratch.cache_clear()
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_removed_with_its_lock(folder: Path) -> None:
    scratch = ScratchFolder()
    assert names(folder) == [scratch.path.name, f"{scratch.path.name}.lock"]
    (scratch.path / "page.png").touch()
    scratch.remove()
    assert names(folder) == []


@contextmanager
def working(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Another run, and its folder for temporary files."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", WORKING]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_the_folder_of_a_killed_run_is_removed_and_that_of_a_running_one_is_not(folder: Path) -> None:
    with working(folder) as (killed, left), working(folder) as (_, used):
        killed.kill()
        killed.wait()
        assert left.is_dir()
        read_safely(PdfTask(divmod, (7, 2), None), Limits())
        assert names(folder) == [used.name, f"{used.name}.lock"]
        assert (used / "page.png").exists()


@pytest.mark.parametrize(
    ("name", "hours", "stays"),
    [
        ("doubletake-abcd_123", 25, False),
        ("doubletake-abcd_123", 1, True),  # an earlier version may be at work in it
        ("doubletaken-abcd_123", 25, True),
        ("other", 25, True),
    ],
)
def test_a_folder_without_a_lock_is_removed_when_it_is_old(name: str, hours: int, stays: bool, folder: Path) -> None:
    (folder / name).mkdir()
    then = time.time() - hours * 3600
    os.utime(folder / name, (then, then))
    assert (hours * 3600 > UNLOCKED_SECONDS) == (hours == 25)
    sweep_scratch(str(folder))
    assert (folder / name).exists() == stays


def test_a_link_is_not_followed(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.txt").touch()
    (folder / "doubletake-0a1b2c3d").symlink_to(folder / "mine")
    (folder / "doubletake-0a1b2c3d.lock").touch()
    sweep_scratch(str(folder))
    assert (folder / "mine" / "thesis.txt").exists()


def test_a_name_whose_lock_another_run_has_is_not_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = iter(["aaaaaaaa", "bbbbbbbb"])
    monkeypatch.setattr("extract.pdf.scratch.secrets.token_hex", lambda _: next(tokens))
    with FileLock(folder / "doubletake-aaaaaaaa.lock"):
        scratch = ScratchFolder()
    assert scratch.path.name == "doubletake-bbbbbbbb"
    scratch.remove()
