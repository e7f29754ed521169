"""A signal ends a command in order: it says so, and leaves no process and no file."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.extract.kills.project import wait_until_alone
from validations.files.signals import STOPPING, StoppedError, signals_held, stopped_by_signals

ROOT = Path(__file__).parents[3]
LI2024 = ROOT / "raw_pdfs" / "facsimiles" / "li2024.pdf"
posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@posix
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_stops_the_block_and_others_do_not_disturb_the_cleaning(how: signal.Signals, code: int) -> None:
    before = [signal.getsignal(number) for number in STOPPING]
    cleaned = []
    with pytest.raises(StoppedError) as stopped, stopped_by_signals():
        try:
            signal.raise_signal(how)
        finally:
            for other in STOPPING:
                signal.raise_signal(other)
            cleaned.append(how)
    assert (stopped.value.code, stopped.value.name, cleaned) == (code, how.name, [how])
    assert [signal.getsignal(number) for number in STOPPING] == before


@posix
def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with stopped_by_signals():
        signal.raise_signal(signal.SIGHUP)
    signal.signal(signal.SIGHUP, before)


@posix
@pytest.mark.parametrize("threads", [0, 1])
def test_a_signal_waits_for_the_end_of_what_must_not_be_cut(threads: int) -> None:
    ended = threading.Event()
    others = [threading.Thread(target=ended.wait) for _ in range(threads)]
    for other in others:
        other.start()
    done = []
    with pytest.raises(StoppedError) as stopped, stopped_by_signals():
        with signals_held():
            with signals_held():
                os.kill(os.getpid(), signal.SIGHUP)
                os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.01)
            done.append("moved")
        done.append("behind")
    assert (done, stopped.value.name) == (["moved"], "SIGHUP")
    ended.set()
    for other in others:
        other.join()
    with signals_held():
        done.append("again")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, as only Linux has it")
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_command_that_is_stopped_leaves_nothing(how: signal.Signals, code: int, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "extract", "tables", LI2024, "--csv", "csv"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "tmp").glob("doubletake-*.lock")):  # its worker has begun
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(how)
    _, heard = process.communicate()
    assert (process.returncode, heard) == (code, f"doubletake: stopped by {how.name}\n")
    wait_until_alone(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["tmp"]
