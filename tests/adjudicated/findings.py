"""The judged findings, and those that the papers have now."""

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.publishing.publish import publish
from extract.records.without_card import read_without_card
from validations.registry import Finding
from validations.run import validate_paper

FOLDER = Path(__file__).parent
JUDGED = sorted(path.stem for path in FOLDER.glob("*.csv"))
VERDICTS = ("paper", "reading", "false", "unclear")
_FOLDERS = ("tables/jats", "trials", "forest/vector", "forest/raster", "forest/strangers")

Key = tuple[str, str, str, str]
"""Code, exhibit, column and printed values of a finding. Rows are left out: a better reading numbers them anew."""


@dataclass(frozen=True)
class Judged:
    """A finding with its verdict."""

    key: Key
    severity: str
    verdict: str


def pdf_of(name: str) -> Path | None:
    """The PDF of that name in the corpus; None where there is none."""
    corpus = os.environ.get("DOUBLETAKE_CORPUS", "")
    paths = (Path(corpus) / folder / f"{name}.pdf" for folder in _FOLDERS)
    return next((path for path in paths if corpus and path.is_file()), None)


def judgements(name: str) -> dict[Key, Judged]:
    """The judged findings of a paper."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged = (Judged(_key(row), row["severity"], row["verdict"]) for row in rows)
    return {each.key: each for each in judged}


def _key(row: Mapping[str, str]) -> Key:
    return row["code"], row["exhibit"], row["column"], row["printed"]


def findings_of(pdf: Path) -> list[Finding]:
    """The findings of a PDF without a card, notes apart."""
    with TemporaryDirectory() as folder:
        publish(read_without_card(pdf, "paper"), Path(folder) / "paper")
        outcome = validate_paper(Path(folder) / "paper", Path(folder) / "none.toml")
    return [finding for finding in outcome.findings if finding.severity != "note"]


def key_of(finding: Finding) -> Key:
    return finding.code, finding.exhibit, finding.column, finding.printed


def counted(judged: Iterable[Judged]) -> dict[str, list[int]]:
    """By code, how many findings are true, and how many there are."""
    counts: dict[str, list[int]] = {}
    for each in judged:
        count = counts.setdefault(each.key[0], [0, 0])
        count[0] += each.verdict == "paper"
        count[1] += 1
    return dict(sorted(counts.items()))
