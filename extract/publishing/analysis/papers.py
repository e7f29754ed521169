"""A curated paper as the sources need it: tables, captions, disputes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.publishing.analysis.disputes import Disputes, read_disputes
from validations.inputs.curated import read_curated_paper
from validations.tables import Paper, Table


@dataclass(frozen=True, eq=False)
class CuratedPaper:
    """A paper by the name of its folder. `package`: its datapackage.json, empty without one."""

    name: str
    paper: Paper
    package: Mapping[str, Any]
    disputes: Disputes

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


def read_paper(folder: Path) -> CuratedPaper:
    """Read the folder of a paper; InputError where a file is not as expected."""
    paper, package = read_curated_paper(folder), folder / "datapackage.json"
    known = json.loads(package.read_text(encoding="utf-8")) if package.is_file() else {}
    return CuratedPaper(folder.resolve().name, paper, known, read_disputes(folder))
