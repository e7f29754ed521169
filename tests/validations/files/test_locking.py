"""The lock of a folder: one run at a time, and nothing of it stays."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from validations.files import locking
from validations.files.locking import LOCK, all_locked, locked

ROOT = Path(__file__).parents[3]
HOLDING = """
import sys, time
from pathlib import Path
from validations.files.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")


@contextmanager
def held(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process holds the lock of the folder."""
    command = [sys.executable, "-c", HOLDING, folder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def in_fork(work: Callable[[], object]) -> int:
    """The number of a process that does some work; its exit code is 9 where that fails."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:
            os._exit(9)
        os._exit(0)
    return process


@forks
def test_nothing_is_lost_among_many(tmp_path: Path) -> None:
    count = tmp_path / "count"
    count.write_text("0")

    def add() -> None:
        for _ in range(10):
            with locked(tmp_path):
                count.write_text(str(int(count.read_text()) + 1))

    processes = [in_fork(add) for _ in range(20)]
    assert [os.waitpid(process, 0)[1] for process in processes] == [0] * 20
    assert count.read_text() == "200"
    assert [path.name for path in tmp_path.iterdir()] == ["count"]


def test_a_wait_has_an_end_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.4)
    monkeypatch.setattr(locking, "SILENT_SECONDS", 0.1)
    message = r"another run of doubletake has written there for 0\.4 s; try again when it has ended"
    with held(tmp_path), pytest.raises(OSError, match=message) as end, locked(tmp_path):
        pass
    assert end.value.filename == str(tmp_path)
    assert caplog.messages == [f"{tmp_path}: waiting for another run of doubletake, which writes there"]


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    with held(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / LOCK).exists()
        with locked(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []


def test_who_holds_a_lock_may_take_it_again(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with locked(tmp_path):
        with locked(tmp_path / "link"):
            pass
        assert (tmp_path / LOCK).exists()
    assert not (tmp_path / LOCK).exists()


@forks
def test_a_forked_process_does_not_hold_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.2)
    with locked(tmp_path):
        assert os.waitpid(in_fork(lambda: None), 0)[1] == 0
        assert os.waitstatus_to_exitcode(os.waitpid(in_fork(locked(tmp_path).__enter__), 0)[1]) == 9


@forks
def test_two_runs_with_the_same_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()

    def lock_all(order: list[Path]) -> None:
        for _ in range(20):
            with all_locked(order):
                time.sleep(0.001)

    processes = [in_fork(lambda order=order: lock_all(order)) for order in (folders, folders[::-1])]
    assert [os.waitpid(process, 0)[1] for process in processes] == [0, 0]


@forks
@pytest.mark.parametrize("moment", [1, 2], ids=["when locks are tried out", "when the file of the lock is there"])
def test_a_signal_while_the_lock_is_taken_leaves_no_lock(moment: int, tmp_path: Path) -> None:
    def interrupted() -> None:
        moments = itertools.count(1)

        def hook(event: str, _: tuple[object, ...]) -> None:
            if event == "fcntl.flock" and next(moments) == moment:
                raise KeyboardInterrupt

        sys.addaudithook(hook)
        with pytest.raises(KeyboardInterrupt), locked(tmp_path):
            pass

    assert os.waitpid(in_fork(interrupted), 0)[1] == 0
    assert list(tmp_path.iterdir()) == []


@forks
def test_more_folders_than_files_may_usually_be_open(tmp_path: Path) -> None:
    import resource

    folders = [tmp_path / str(number) for number in range(300)]
    for folder in folders:
        folder.mkdir()

    def lock_all() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        with all_locked(folders):
            assert all((folder / LOCK).exists() for folder in folders)

    assert os.waitpid(in_fork(lock_all), 0)[1] == 0


def test_a_folder_in_which_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as error, locked(tmp_path / "nowhere"):
        pass
    assert error.value.filename == str(tmp_path / "nowhere")


LITTER = [".table1.csv.0a1b2c3d.part", ".findings.csv.k3jd_8ax", ".report.html.abcdefgh", ".li2024.toml.12345678"]
OTHERS = [".table1.csv.part", ".findings.csv.bak", ".gitignore", "notes.0a1b2c3d.part", ".original.toml"]


def test_unfinished_files_of_killed_runs_are_removed_and_no_others(tmp_path: Path) -> None:
    for name in LITTER + OTHERS:
        (tmp_path / name).touch()
    with locked(tmp_path):
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*OTHERS, LOCK])
