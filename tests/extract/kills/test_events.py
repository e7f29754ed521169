"""Commands that are stopped in the moment before they change a file, at each such moment."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.extract.kills.commands import COMMANDS
from tests.extract.kills.events import points

ROOT = Path(__file__).parents[3]
SAMPLE = 1  # points of each command in an ordinary test run
linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at /proc")


def complaints(how: signal.Signals, folder: Path, most: int, *names: str) -> list[str]:
    """What goes wrong when commands are stopped by a signal at `most` of their events each."""
    command = [sys.executable, "-m", "tests.extract.kills.events", how.name, folder, str(most), *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    points_of = [line for line in done.stdout.splitlines() if line.endswith(" events")]
    assert len(points_of) == len(names)
    return [line for line in done.stdout.splitlines() if line not in points_of]


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.corpus)])
def test_some_events_of_all_commands(how: signal.Signals, tmp_path: Path) -> None:
    assert complaints(how, tmp_path, SAMPLE, *COMMANDS) == []


@linux
@pytest.mark.corpus
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("name", COMMANDS)
def test_all_events(name: str, how: signal.Signals, tmp_path: Path) -> None:
    assert complaints(how, tmp_path, sys.maxsize, name) == []


def test_points_are_spread_evenly() -> None:
    assert points(3, 9) == [1, 2, 3]
    assert points(39, 4) == [1, 14, 26, 39]
    assert points(5, 1) == [1]
