"""Runs killed at any moment: the next one completes them, and each file stands in the ledger once."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from extract.corpus.files.sources import list_sources
from extract.corpus.files.store import PARTIAL, Store
from extract.corpus.row import DONE, KILLED, MOST_UNFINISHED, STARTED, Row, row_from_json
from extract.corpus.run import options_text
from extract.corpus.shards.cutting import cut_shards
from extract.corpus.shards.reading import Reading, row_name
from extract.corpus.shards.work import ShardTask, run_shard
from extract.corpus.tables.merging import WHOLE_LEDGER, Merging
from extract.corpus.version import program_version
from tests.extract.corpus import fakes

FILES = 24


@contextmanager
def started(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.extract.corpus.fakes", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def done_in(out: Path) -> int:
    rows = [row_from_json(path.read_bytes()) for path in out.glob("ledger/rows/*/*.json")]
    return sum(row is not None and row.status == DONE for row in rows)


def processes_on(folder: Path) -> list[str]:
    """The command lines of the processes that have files of a folder open, or it as an argument."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            links = [str(link.readlink()) for link in (process / "fd").iterdir()] if process.name.isdecimal() else []
        except OSError:
            continue
        if any(link.startswith(str(folder)) for link in links):
            found.append((process / "cmdline").read_text(errors="replace"))
    return found


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def test_three_kills_and_a_resume(
    tmp_path: Path, ledger: Callable[[Path], list[dict[str, Any]]], results: Callable[[Path], dict[str, Any]]
) -> None:
    folder, out = fakes.fill(tmp_path / "library", FILES, "sleep 0.1"), tmp_path / "out"
    moments = random.Random(14)
    for kill in range(3):
        with started(folder, out) as process:
            wait_until(lambda kill=kill: done_in(out) > 5 * kill or process.poll() is not None)  # type: ignore[misc]
            time.sleep(moments.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
        before = done_in(out)
        assert before < FILES, "the run was over before it was killed"
        wait_until(lambda: not processes_on(out))
        assert done_in(out) <= before + 2, "the workers went on without their parent"
    fakes.run(folder, out, resume=True)
    rows = ledger(out)
    assert [row["file"] for row in rows] == [f"paper{number:03d}.pdf" for number in range(FILES)]
    assert {row["status"] for row in rows} == {DONE}
    attempts = [row["attempts"] for row in rows]
    assert sum(attempts) <= FILES + 3 * 2, "only the two files in flight may be read again"
    assert not (out / PARTIAL).exists()
    fakes.run(folder, tmp_path / "undisturbed")
    assert results(out) == results(tmp_path / "undisturbed")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_other_signals_end_all_processes_at_once(sign: signal.Signals, tmp_path: Path) -> None:
    folder, out = fakes.fill(tmp_path / "library", 2, "sleep 60"), tmp_path / "out"
    with started(folder, out) as process:
        wait_until(lambda: len(list(out.glob("ledger/rows/*/*.json"))) == 2)
        process.send_signal(sign)
        process.wait(10)
        wait_until(lambda: not processes_on(out), 10)
    assert done_in(out) == 0


def test_a_file_whose_attempts_never_end_is_not_tried_for_ever(
    tmp_path: Path, ledger: Callable[[Path], list[dict[str, Any]]]
) -> None:
    folder, out = fakes.fill(tmp_path / "library", 1), tmp_path / "out"
    fakes.run(folder, out)
    [before] = (row_from_json(path.read_bytes()) for path in out.glob("ledger/rows/*/*.json"))
    assert before is not None

    def rerun(attempts: int) -> dict[str, Any]:
        row = Row(before.sha256, before.size, STARTED, "", before.version, before.options, attempts)
        (out / row_name(before.sha256)).write_bytes(row.to_json())
        for part in (out / "shards").rglob("*.parquet"):
            part.unlink()
        fakes.run(folder, out, resume=True)
        [found] = ledger(out)
        return found

    assert [rerun(2)[name] for name in ("status", "attempts")] == [DONE, 3]
    given_up = rerun(MOST_UNFINISHED)
    assert (given_up["status"], given_up["attempts"]) == ("crashed", MOST_UNFINISHED)
    assert given_up["reason"] == "5 attempts ended without a result: the machine or the worker died each time"


def test_rows_that_stand_and_rows_that_do_not() -> None:
    def stands(status: str, version: str = "1", options: str = "{}") -> bool:
        return Row("a", 1, status, "", version, options, 1).is_settled("1", "{}")

    assert stands(DONE) and stands("timeout") and stands(DONE, options='{"seconds": 9}')
    assert not any((stands(STARTED), stands(KILLED), stands(DONE, "0"), stands("timeout", options='{"seconds": 9}')))
    assert row_from_json(b'{"sha256": "a"') is None
    assert row_from_json(b"[1]") is None


class Killed(BaseException):
    """What stands for a kill: nothing catches it."""


def shard_task(folder: Path, out: Path) -> ShardTask:
    reading = Reading(fakes.CHECKER, fakes.LIMITS, program_version(), options_text(fakes.LIMITS), str(folder))
    [shard] = cut_shards(list_sources(str(folder)), reading.version, reading.options, 100)
    return ShardTask(shard, str(out), reading)


def kill_at(moment: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Raise Killed before the given event, of those that change the store; return the list of events."""
    events: list[str] = []

    def spied(original: Callable[..., Any]) -> Callable[..., Any]:
        def before(self: Path, target: object) -> Any:  # noqa: ANN401
            events.append(f"{self} {target}")
            if len(events) == moment:
                raise Killed
            return original(self, target)

        return before

    monkeypatch.setattr(Path, "replace", spied(Path.replace))
    return events


def test_a_shard_killed_before_any_change_of_the_store(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ledger: Callable[[Path], list[dict[str, Any]]],
    results: Callable[[Path], dict[str, Any]],
) -> None:
    folder = fakes.fill(tmp_path / "library", 2)
    (folder / "raises.pdf").write_bytes(fakes.pdf_bytes("n a raise what"))
    fakes.run(folder, tmp_path / "undisturbed")
    monkeypatch.setattr("extract.corpus.shards.reading.read_safely", lambda task, _: task.function(*task.arguments))
    moment, was_killed = 0, True
    while was_killed:
        moment, out = moment + 1, tmp_path / f"killed{moment}"
        with monkeypatch.context() as patches:
            events = kill_at(moment, patches)
            with suppress(Killed):
                run_shard(shard_task(folder, out))
        was_killed = len(events) == moment
        run_shard(shard_task(folder, out))
        Merging(Store(str(out)), [shard_task(folder, out).shard.key]).write_ledger(WHOLE_LEDGER)
        found, expected = results(out), results(tmp_path / "undisturbed")
        assert found["ledger"] == expected["ledger"], f"killed before event {moment}"
        assert {name: found.get(name) for name in expected if name.startswith("papers/")} == {
            name: data for name, data in expected.items() if name.startswith("papers/")
        }
        assert max(row["attempts"] for row in ledger(out)) <= 2
    assert moment > 3 * 3 + 3
