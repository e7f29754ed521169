"""Runs commands in forked processes and stops them at the events at which they change files.

    python -m tests.extract.kills.events SIGNAL FOLDER MOST COMMAND...

runs commands of `commands.py` again and again in FOLDER, stopped at their first event, their second one and so on, or
at MOST of them, evenly spread. It prints how many there were, and a line for each fault.
"""

import hashlib
import os
import pickle
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TypeVar

from tests.extract.kills.commands import COMMANDS, KilledCommand
from tests.extract.kills.project import differences, litter, restore, state_of, torn, wait_until_alone
from validations.files.signals import SIGNAL_EXIT_CODE
from validations.registry import all_checks

T = TypeVar("T")
LOADED = (  # once, for all forks
    *("extract.publishing.publish", "extract.commands.rulings.ruling"),
    *("validations.release.gate", "validations.report.write"),
)
READINGS = (
    ("extract.records.pipeline", "read_paper"),
    ("extract.records.without_card", "read_without_card"),
    ("extract.drafting.draft", "read_without_card"),
    ("extract.tables.reading", "read_tables"),
)
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Stop:
    """Stops this process and those that it forks at the event of a number, from 1: SIGKILL kills the process and the
    one that it was forked from, other signals go to the first process. The opening of a file to write counts twice:
    before it, and behind it, when the file is empty."""

    def __init__(self, number: int, how: signal.Signals, project: Path) -> None:
        self.number, self.how, self.project, self.first = number, how, project, os.getpid()
        self.count: Synchronized[int] = get_context("fork").Value("i", 0)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The audit hook: it comes before the event takes place."""
        if event == "open" and self._is_inside(arguments[0]) and arguments[2] & WRITING:  # type: ignore[operator]
            self._point()
            self._point(lambda: os.open(arguments[0], arguments[2], 0o666))  # type: ignore[arg-type]
        elif event == "fcntl.flock" or (event in CHANGES and self._is_inside(arguments[0])):
            self._point()

    def _point(self, before: Callable[[], object] = lambda: None) -> None:
        with self.count.get_lock():
            self.count.value += 1
            reached = self.count.value == self.number
        if reached:
            if self.how == signal.SIGKILL:
                before()
            os.kill(self.first, self.how)
            if self.how == signal.SIGKILL:
                os.kill(os.getpid(), self.how)

    def _is_inside(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and Path(path).absolute().is_relative_to(self.project)


def run(arguments: Sequence[str], project: Path, stop: tuple[int, signal.Signals] | None = None) -> tuple[int, int]:
    """Run a command in the project, in a process of its own. Returns its exit code, negative for a signal that ended
    it, and the number of its events."""
    hook = Stop(stop[0] if stop else 0, stop[1] if stop else signal.SIGKILL, project)
    process = os.fork()
    if process == 0:
        os._exit(_in_child(arguments, project, hook))
    _, status = os.waitpid(process, 0)
    wait_until_alone(project)
    return os.waitstatus_to_exitcode(status), hook.count.value


def _in_child(arguments: Sequence[str], project: Path, hook: Stop) -> int:
    from extract.commands.cli import main

    hook.first = os.getpid()
    os.chdir(project)
    tempfile.tempdir = str(project / "tmp")  # not by TMPDIR, which Python tries by writing a file
    log = os.open(project.parent / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    try:
        sys.addaudithook(hook)
        main(list(arguments), prog_name="doubletake")
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    return 99


class StoppedCommand:
    """A command on the project that `prepare` makes in `folder`, to be stopped."""

    def __init__(self, command: KilledCommand, folder: Path) -> None:
        self.command, self.project = command, folder / "project"
        restore(self.project, {"tmp": None})
        os.chdir(self.project)
        command.prepare(self.run_well)
        os.chdir(folder)
        self.before = state_of(self.project)
        self.events = self.run_well(*command.arguments)
        self.after = state_of(self.project)
        if command.back:
            self.run_well(*command.back)
        self.back = state_of(self.project)

    def run_well(self, *arguments: str) -> int:
        """Run a command in the project; return the number of its events."""
        code, count = run(arguments, self.project)
        if code not in (0, 1, self.command.done if arguments == self.command.arguments else 0):
            log = (self.project.parent / "log").read_text(encoding="utf-8")
            raise RuntimeError(f"{' '.join(arguments)}: exit code {code}\n{log}")
        return count

    def faults_at(self, event: int, how: signal.Signals) -> Iterator[str]:
        """What is wrong after the command was stopped at an event, and after the next run."""
        runs = [(self.command.arguments, self.after)]
        if self.command.back and how == signal.SIGKILL:
            runs.append((self.command.back, self.back))
        for then, expected in runs:
            shutil.rmtree(self.project)
            restore(self.project, self.before)
            code, _ = run(self.command.arguments, self.project, (event, how))
            if code != (-how if how == signal.SIGKILL else SIGNAL_EXIT_CODE + how):
                yield f"exit code {code}"
            yield from torn(self.project, self.before, self.after)
            if how == signal.SIGKILL:
                self.run_well(*then)
                yield from differences(state_of(self.project), expected)
            else:
                yield from litter(self.project, self.before, self.after)


def points(count: int, most: int) -> list[int]:
    """The numbers from 1 to `count`, or `most` of them, evenly spread."""
    most = min(most, count)
    return sorted({1 + round(place * (count - 1) / max(most - 1, 1)) for place in range(most)})


def keep_readings(folder: Path) -> None:
    """Have each PDF read once: a reading takes most of the time of a command and changes no file."""
    for module, name in READINGS:
        setattr(import_module(module), name, kept(getattr(import_module(module), name), folder))


def kept(read: Callable[..., T], folder: Path) -> Callable[..., T]:
    """The function with its results kept in the folder, by its arguments and the contents of their files."""

    def look_up(*arguments: object) -> T:
        contents = [each.read_bytes() for each in arguments if isinstance(each, Path)]
        path = folder / hashlib.sha256(pickle.dumps((read.__name__, repr(arguments), contents))).hexdigest()
        if not path.exists():
            path.write_bytes(pickle.dumps(read(*arguments)))
        result: T = pickle.loads(path.read_bytes())
        return result

    return look_up


def main(how: str, folder: str, most: str, *names: str) -> None:
    """For each command, print its number of points, then a line for each fault."""
    for module in LOADED:
        import_module(module)
    all_checks()
    keep_readings(Path(folder))
    for name in names:
        own = Path(folder, name.replace(" ", "_"))
        own.mkdir()
        stopped = StoppedCommand(COMMANDS[name], own)
        numbers = points(stopped.events, int(most))
        print(f"{name}: {len(numbers)} of {stopped.events} events", flush=True)
        for number in numbers:
            for fault in stopped.faults_at(number, signal.Signals[how]):
                print(f"{name}, event {number}: {fault}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
