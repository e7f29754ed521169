"""A paper on the desk: its files, and its findings as a reviewer sees them."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.review.desk.items import Item, items_of
from extract.review.desk.kept import Kept
from validations.files.locking import locked
from validations.inputs.curated import read_curated_paper
from validations.inputs.package import read_package
from validations.report.pictures import Crop
from validations.report.view import About, PaperView, about_paper
from validations.rulings.history import Entry, history_of, read_history
from validations.rulings.matching import Ruling, read_rulings, ruling_key
from validations.rulings.reviewers import Reviews, count_of_reviewers, file_of, read_reviews
from validations.run import Checked, Outcome, join_rulings, run_all_checks

_DERIVED = ("findings.csv", "checks.csv")


@dataclass(frozen=True)
class Sources:
    """What the command lends to a paper. `crop`: cuts pictures out of its PDF; `pdf`: finds that PDF, or raises
    NoPicturesError; `grids`: reads the exhibits of its card; `read_again`: publishes the paper anew with the card in
    a folder, and returns errors. The last two are None where there is no card."""

    crop: Crop
    pdf: Callable[[], Path]
    grids: Callable[[], Sequence[Any]] | None = None
    read_again: Callable[[Path], Sequence[str]] | None = None


@dataclass(eq=False)
class ReviewedPaper:
    """A paper under review. `folder`: its CSVs; `rulings`: the file of its rulings; `card`: its card, None where it has
    none."""

    folder: Path
    rulings: Path
    card: Path | None
    sources: Sources
    _changing: threading.RLock = field(default_factory=threading.RLock)
    keeping: Kept = field(default_factory=Kept)

    @property
    def name(self) -> str:
        return self.folder.resolve().name

    @property
    def history(self) -> Path:
        return history_of(self.rulings)

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Change the rulings and the history of the paper: one change at a time, in this program and among programs."""
        self.rulings.parent.mkdir(parents=True, exist_ok=True)
        with self._changing, locked(self.rulings.parent):
            yield

    @property
    def package(self) -> dict[str, Any]:
        """What the data package of the paper says; {} without one."""
        found: dict[str, Any] = self.kept("package", lambda: read_package(self.folder))
        return found

    @property
    def about(self) -> About:
        return about_paper(self.name, self.package)

    @property
    def reviewers(self) -> int:
        """How many people rule on the paper, each by themselves."""
        count: int = self.kept("reviewers", lambda: count_of_reviewers(self.folder))
        return count

    @property
    def stamp(self) -> object:
        """What changes whenever the CSVs of the paper or its card do."""
        own = [path for path in (*self.folder.glob("*.csv"), *self.folder.glob("*.json")) if path.name not in _DERIVED]
        paths = [*own, self.card] if self.card is not None and self.card.exists() else own
        return states(paths)

    def kept(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """What `make` returns, made once for each state of the CSVs and the card."""
        return self.keeping.get(name, self.stamp, make)

    def checked(self) -> Checked:
        """The paper with the findings of all checks."""
        found: Checked = self.kept("checked", lambda: run_all_checks(read_curated_paper(self.folder), self.name))
        return found

    def file_of(self, reviewer: str) -> Path:
        """The file into which the rulings of a reviewer go."""
        return self.rulings if self.reviewers < 2 else file_of(self.rulings, reviewer)

    def reviews(self) -> Reviews:
        return read_reviews(self.rulings) if self.reviewers > 1 else {}

    def seen_by(self, reviewer: str) -> tuple[Ruling, ...]:
        """The rulings that a reviewer sees: of several, each sees only their own, and what is settled."""
        settled = read_rulings(self.rulings)
        own = read_rulings(self.file_of(reviewer)) if self.reviewers > 1 else ()
        done = {ruling_key(ruling) for ruling in settled}
        return (*settled, *(ruling for ruling in own if ruling_key(ruling) not in done))

    def outcome(self, reviewer: str) -> Outcome:
        """The findings, with the rulings that the reviewer sees."""
        return join_rulings(self.checked(), self.seen_by(reviewer))

    def joint_outcome(self) -> Outcome:
        """The findings, with the rulings that count for the paper."""
        return join_rulings(self.checked(), read_rulings(self.rulings), self.reviews())

    def entries(self) -> tuple[Entry, ...]:
        return read_history(self.history)

    def items(self, reviewer: str) -> list[Item]:
        """The findings in the order in which they are ruled on."""
        decided = states([self.rulings, self.history, *self.rulings.with_suffix("").glob("*.toml")])
        found: list[Item] = self.keeping.get(
            f"items of {reviewer}", (self.stamp, decided), lambda: self._items(reviewer)
        )
        return found

    def _items(self, reviewer: str) -> list[Item]:
        outcome, checked = self.outcome(reviewer), self.checked()
        shown = PaperView(checked.paper, self.about, outcome).show()
        return items_of(checked.paper, self.about.labels, shown, self.entries(), reviewer, self.reviewers < 2)


def states(paths: Iterable[Path]) -> tuple[object, ...]:
    """What tells whether files have changed: a file that is replaced is another one, even if it has the same age."""
    found = [(path, path.stat()) for path in paths if path.exists()]
    return tuple(sorted((str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size) for path, stat in found))
