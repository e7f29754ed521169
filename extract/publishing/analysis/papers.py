"""A curated paper as the sources need it: tables, captions, disputes."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extract.publishing.analysis.disputes import Disputes
from validations.inputs.curated import read_curated_paper
from validations.inputs.package import read_package
from validations.rulings.matching import Ruling, read_rulings, rulings_of
from validations.tables import Paper, Table


@dataclass(frozen=True, eq=False)
class CuratedPaper:
    """A paper by the name of its folder. `package`: its datapackage.json, empty without one. `findings`, `tallies`: the
    rows of findings.csv and checks.csv, none where the paper was not checked. `rulings`: as their file has them."""

    name: str
    paper: Paper
    package: Mapping[str, Any]
    findings: Sequence[Mapping[str, str]] = ()
    tallies: Sequence[Mapping[str, str]] = ()
    rulings: Sequence[Mapping[str, str]] = ()

    @cached_property
    def disputes(self) -> Disputes:
        """The findings that no ruling explains, by place."""
        return Disputes(self.findings)

    def caption(self, table: Table) -> str:
        """The caption of an exhibit, "" where it is not known."""
        for resource in self.package.get("resources", ()):
            if resource.get("name") == table.name:
                return str((resource.get("exhibit") or {}).get("caption") or "")
        return ""

    @property
    def is_review(self) -> bool:
        """Whether the paper has data of several studies: their arms, or a forest plot of studies."""
        plots = self.paper.of("forest")
        return bool(self.paper.of("study_arms")) or any("study" in table.column("kind") for table in plots)


def read_paper(folder: Path, verdicts: Path | None = None) -> CuratedPaper:
    """Read the folder of a paper; FileError where a file is not as expected. `verdicts`: the folder or the file of the
    rulings, unless they stand in the folder of the paper."""
    paper, package = read_curated_paper(folder), read_package(folder)
    findings, tallies = _rows(folder / "findings.csv"), _rows(folder / "checks.csv")
    return CuratedPaper(folder.resolve().name, paper, package, findings, tallies, _rulings(folder, verdicts))


def _rulings(folder: Path, verdicts: Path | None) -> tuple[Ruling, ...]:
    own = folder / "verdicts.toml"
    if verdicts is None and not own.is_file():
        return ()
    return read_rulings(own if own.is_file() or verdicts is None else rulings_of(folder, verdicts))


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV; none where it does not exist."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
