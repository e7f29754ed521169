"""Commands that are killed from outside at moments that they do not know."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.extract.kills.commands import COMMANDS
from tests.extract.kills.project import differences, restore, state_of, torn, wait_until_alone

ROOT = Path(__file__).parents[3]
MOMENTS = 50
SAMPLE = 2  # of them in an ordinary test run
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, as only Linux has it")


def start(arguments: Sequence[str], project: Path) -> "subprocess.Popen[bytes]":
    """Start a command in the project, as the first process of a group."""
    environment = {**os.environ, "TMPDIR": str(project / "tmp"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "extract", *arguments]
    with (project.parent / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=project, env=environment, stdout=log, stderr=log, start_new_session=True)


def run_well(arguments: Sequence[str], project: Path, done: int = 0) -> None:
    assert start(arguments, project).wait() in (0, 1, done), (project.parent / "log").read_text(encoding="utf-8")


def kill_at_random(name: str, times: int, folder: Path) -> None:
    """Kill a command so many times, and run it again each time; nothing of the killed run may be seen."""
    command, project, chance = COMMANDS[name], folder / "project", random.Random(name)
    restore(project, {"tmp": None})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        command.prepare(lambda *arguments: run_well(arguments, project))
    before, began = state_of(project), time.monotonic()
    run_well(command.arguments, project)
    after, seconds = state_of(project), time.monotonic() - began
    for _ in range(times):
        shutil.rmtree(project)
        restore(project, before)
        killed = start(command.arguments, project)
        time.sleep(chance.uniform(0, seconds))
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        wait_until_alone(project)
        assert list(torn(project, before, after)) == []
        run_well(command.arguments, project, command.done)
        assert list(differences(state_of(project), after)) == []


@linux
def test_some_moments(tmp_path: Path) -> None:
    kill_at_random("extract", SAMPLE, tmp_path)


@linux
@pytest.mark.corpus
@pytest.mark.parametrize("name", COMMANDS)
def test_random_moments(name: str, tmp_path: Path) -> None:
    kill_at_random(name, MOMENTS // len(COMMANDS) + 1, tmp_path)
