"""Tasks in worker processes: their values come back, their faults stay there."""

import copyreg
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from multiprocessing import active_children, get_all_start_methods
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UnreadableError, UsageError
from extract.pdf.cpu_time import cpu_seconds
from extract.pdf.limits import Limits
from extract.pdf.worker import PdfTask, picklable, read_all, read_safely

ROOT = Path(__file__).parents[3]
PDF = Path("trial.pdf")
USUAL = Limits()
SOON = Limits(wall=0.5)
SECOND = Limits(seconds=1)
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, as only Linux has it")


@pytest.fixture(params=["fork", "spawn"])
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both ways of starting a process; afterwards none is left, and none of their folders."""
    if request.param not in get_all_start_methods():
        pytest.skip(f"no {request.param} on this system")
    monkeypatch.setattr("extract.pdf.worker.start_method", lambda: request.param)
    yield
    assert active_children() == []


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Temporary files go to a folder that has to be empty in the end."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert [path.name for path in tmp_path.glob("doubletake-*")] == []


def read(function: Callable[..., Any], *arguments: object, limits: Limits = USUAL, aloud: bool = False) -> Any:  # noqa: ANN401
    return read_safely(PdfTask(function, arguments, None), limits, aloud)


def error_of(function: Callable[..., Any], *arguments: object, limits: Limits = SOON) -> str:
    with pytest.raises(UnreadableError) as stopped:
        read(function, *arguments, limits=limits)
    return str(stopped.value)


@pytest.mark.usefixtures("start")
def test_a_value_comes_back() -> None:
    assert read(divmod, 17, 5) == (3, 2)
    assert len(read(bytes, 5 << 20)) == 5 << 20  # more than a pipe holds at once


@pytest.mark.usefixtures("start")
def test_what_takes_too_long_is_stopped() -> None:
    message = "reading took longer than 0.5 s by the clock and was stopped; raise --max-wait"
    assert error_of(time.sleep, 60) == message


def warn() -> int:
    logging.getLogger("extract.page").warning("page %d: not read", 3)
    return 5


@pytest.mark.usefixtures("start")
def test_warnings_come_with_the_value(caplog: pytest.LogCaptureFixture) -> None:
    assert read(warn) == 5
    assert [record.getMessage() for record in caplog.records] == ["page 3: not read"]


def test_a_native_loop_is_stopped_too() -> None:
    assert "longer than 0.5 s" in error_of(re.match, "(a+)+b", "a" * 60)


COMPUTING = f"exec {sys.executable} -c 'while True: pass'"


@linux
@pytest.mark.usefixtures("start")
def test_a_reading_that_computes_is_stopped_by_its_cpu_time() -> None:
    message = error_of(re.match, "(a+)+b", "a" * 60, limits=SECOND)
    assert message == "reading took longer than 1 s of CPU time and was stopped; raise --timeout"


@linux
@pytest.mark.parametrize(
    "command",
    [
        COMPUTING,
        f"{COMPUTING} & wait",
        "while true; do head -c 9999999 /dev/zero | md5sum; done",
    ],
    ids=["child", "background", "many short children"],
)
def test_the_cpu_time_of_its_children_counts(command: str) -> None:
    assert "longer than 1 s of CPU time" in error_of(os.system, command, limits=Limits(seconds=1, wall=60))


@linux
@pytest.mark.parametrize(
    "command", ["sleep 2", f"timeout 0.3 {COMPUTING[5:]}; sleep 2"], ids=["sleeps", "computes, sleeps"]
)
def test_a_reading_that_waits_for_its_turn_is_not_stopped(command: str) -> None:
    began = time.monotonic()
    assert read(os.system, command, limits=SECOND) == 0
    assert time.monotonic() - began > 2


def test_the_clock_counts_where_the_system_does_not_tell_cpu_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pdf.worker.cpu_seconds", lambda leader: None)
    message = "reading took longer than 1 s and was stopped; raise --timeout"
    assert error_of(time.sleep, 60, limits=SECOND) == message


@linux
def test_cpu_time_of_a_process_that_has_ended() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert cpu_seconds(process.pid) is None


@linux
@pytest.mark.usefixtures("start")
def test_what_needs_too_much_memory_is_stopped() -> None:
    message = error_of(bytes, 1 << 30, limits=Limits(memory=200))
    assert message == "reading needed more than 200 MB and was stopped; raise --max-memory"


@linux
def test_the_memory_of_the_parent_does_not_grow() -> None:
    tracemalloc.start()
    error_of(bytes, 1 << 28, limits=Limits(memory=200))
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("function", "argument", "end"), [(os._exit, 3, "exit code 3"), (signal.raise_signal, signal.SIGKILL, "SIGKILL")]
)
def test_a_process_that_dies(function: Callable[..., Any], argument: int, end: str) -> None:
    message = f"reading broke off ({end}): it needed more than 2048 MB, or the PDF is damaged; raise --max-memory"
    assert error_of(function, argument, limits=USUAL) == f"{message} to try again"


@pytest.mark.usefixtures("start")
def test_an_error_comes_back_as_it_is() -> None:
    with pytest.raises(UnreadableError, match=r"^trial.pdf: there is no such file; give the path of a PDF$"):
        read_safely(PdfTask(divmod, (1, 1), PDF), Limits())


def test_a_fault_of_ours_comes_back_with_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError) as fault:
        read(divmod, 1, 0)
    assert "Traceback" in fault.value.__notes__[0]


class UnportableError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")
        self.lock = threading.Lock()  # which no library can pickle

    def __reduce__(self) -> str:
        raise TypeError("an error that nobody can pickle")


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (KeyError("row"), "KeyError('row')"),
        (UnportableError("no", "way"), "RuntimeError('UnportableError: no way')"),
        (UsageError("page 9"), "UsageError('page 9')"),
    ],
)
def test_an_error_that_cannot_be_pickled_comes_back_in_words(error: Exception, shown: str) -> None:
    assert repr(picklable(error)) == shown


@pytest.mark.parametrize(("aloud", "heard"), [(False, ""), (True, "FlateDecode? FlateDecode? ")])
@pytest.mark.usefixtures("start")
def test_what_libraries_say_is_heard_only_when_asked_for(
    aloud: bool, heard: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for descriptor in (1, 2):
        read(os.write, descriptor, b"FlateDecode? ", aloud=aloud)
    assert capfd.readouterr() == ("", heard)


@pytest.mark.usefixtures("start")
def test_temporary_files_are_removed() -> None:
    assert not Path(read(tempfile.mkdtemp)).exists()
    assert "longer than" in error_of(os.system, "mktemp -d; sleep 60")


@linux
@pytest.mark.usefixtures("start")
def test_what_a_reading_has_started_is_stopped_with_it(tmp_path: Path) -> None:
    error_of(os.system, f"sleep 60 & echo $! > {tmp_path / 'pid'}; wait", limits=Limits(wall=2))
    assert ended(int((tmp_path / "pid").read_text()))


def ended(pid: int, patience: float = 10.0) -> bool:
    """Whether a process ends within some seconds; one that nobody waits for has ended too."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False


WAITING = """
import os, sys
from extract.pdf.limits import Limits
from extract.pdf.worker import PdfTask, read_safely
read_safely(PdfTask(os.system, (f"echo $PPID > {sys.argv[1]}; sleep 60",), None), Limits())
"""


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_no_reading_outlives_the_one_who_waits_for_it(how: signal.Signals, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", WAITING, pid_file], cwd=ROOT, stderr=subprocess.PIPE)
    while not (pid_file.exists() and pid_file.read_text().strip()):
        assert parent.poll() is None
        time.sleep(0.05)
    parent.send_signal(how)
    parent.communicate()
    assert ended(int(pid_file.read_text()))


def test_readings_come_as_they_are_done_and_a_bad_one_spoils_none() -> None:
    readings = [PdfTask(time.sleep, (60,), None), PdfTask(os._exit, (1,), None), PdfTask(divmod, (7, 2), None)]
    dead, quick, slow = read_all(readings, Limits(wall=3), at_once=2)
    assert quick.get() == (3, 1)
    assert ["broke off" in str(dead.error), "longer than 3 s" in str(slow.error)] == [True, True]


def test_readings_that_nobody_waits_for_any_more_are_stopped() -> None:
    answers = read_all([PdfTask(divmod, (7, 2), None), PdfTask(time.sleep, (60,), None)], Limits(), at_once=2)
    assert next(answers).get() == (3, 1)
    answers.close()  # type: ignore[attr-defined] # a generator
    assert active_children() == []


def fail_behind_an_endless_recursion() -> None:
    def deeper() -> None:
        deeper()

    try:
        deeper()
    except RecursionError:
        raise UnreadableError("nested too deeply") from None


@pytest.mark.usefixtures("start")
def test_an_error_comes_without_the_errors_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library may teach pickle to send them, as tblib does."""

    def with_context(error: UnreadableError) -> tuple[object, ...]:
        return UnreadableError, error.args, {"behind": str(error.__context__)}

    monkeypatch.setitem(copyreg.dispatch_table, UnreadableError, with_context)
    with pytest.raises(UnreadableError, match=r"^nested too deeply$") as refused:
        read(fail_behind_an_endless_recursion)
    assert vars(refused.value).get("behind", "None") == "None"
