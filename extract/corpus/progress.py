"""The progress of a run on a terminal: files, rate, failures, time left."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Self

from extract.corpus.row import DONE
from extract.corpus.shards.work import ShardReport

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """A bar on stderr that moves with each shard. `total`: files of the run. Silent unless `shown`."""

    def __init__(self, total: int, shown: bool, clock: Callable[[], float] = monotonic) -> None:
        self.total, self.done, self.failed, self.clock = total, 0, 0, clock
        self.started = clock()
        self._bar = _bar() if shown else None

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
            self._bar.add_task("", total=self.total, said=self.text())
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, report: ShardReport) -> None:
        """Count the files of a shard that is done."""
        self.done += report.files
        self.failed += report.files - report.statuses[DONE]
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self.done, said=self.text())

    def text(self) -> str:
        """Files done, failures, files an hour, and the time that the others need at this rate."""
        seconds = max(self.clock() - self.started, 1e-3)
        said = [f"{self.done:,} of {self.total:,} files", f"{self.failed:,} failed"]
        if self.done:
            left = (self.total - self.done) * seconds / self.done
            said += [f"{3600 * self.done / seconds:,.0f} an hour", f"{_duration(left)} left"]
        return ", ".join(said)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(BarColumn(), TextColumn("{task.fields[said]}"), console=Console(stderr=True), transient=True)
