"""Two people who rule on the same paper, each in a file of their own, so that neither sees the other's rulings.

validations/verdicts/li2024/ann-smith.toml   the rulings of Ann Smith
validations/verdicts/li2024/bo-chen.toml     those of Bo Chen
validations/verdicts/li2024.toml             rulings that settle what the two disagree on
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.base.files import load_json
from schemas.base.names import PACKAGE
from validations.rulings.history import Entry, seconds_per_ruling
from validations.rulings.matching import Ruling, missing_parts, read_rulings, ruling_key
from validations.rulings.writing import RulingError

Reviews = Mapping[str, Sequence[Ruling]]
"""The name of each reviewer with the rulings of that person. In a ruling that leaves its file, `of` is that name."""


def slug_of(name: str) -> str:
    """The name of a reviewer as that of a file: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return letters or f"reviewer-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def file_of(rulings: Path, name: str) -> Path:
    """The file of one of several reviewers; `rulings`: the file of the paper. RulingError where it holds the rulings of
    somebody else."""
    path = rulings.with_suffix("") / f"{slug_of(name)}.toml"
    others = {ruling.get("by", "") for ruling in read_rulings(path)} - {name}
    if others:
        raise RulingError(f"{path}: holds the rulings of {sorted(others)[0]}; give another name than {name}")
    return path


def count_of_reviewers(folder: Path) -> int:
    """How many people rule on the paper in a folder, each by themselves, as its data package says; 1 if it does not."""
    package = folder / PACKAGE
    found = load_json(package).get("reviewers") if package.is_file() else 1
    return found if isinstance(found, int) else 1


def file_for(rulings: Path, name: str, key: tuple[str, ...]) -> Path:
    """The file into which somebody's ruling on a finding goes where several people rule: their own, or that of the
    paper if others disagree on it and this ruling settles it."""
    others = [pair for pair in disagreements(read_rulings(rulings), read_reviews(rulings)) if _is_by_others(pair, name)]
    settles = any(ruling_key(pair.rulings[0]) == key for pair in others)
    return rulings if settles else file_of(rulings, name)


def _is_by_others(pair: "TwoRulings", name: str) -> bool:
    return name not in {ruling["by"] for ruling in pair.rulings}


def read_reviews(rulings: Path) -> Reviews:
    """Return the rulings of each reviewer of a paper; empty where it is reviewed by one person."""
    found = {path.stem: read_rulings(path) for path in sorted(rulings.with_suffix("").glob("*.toml"))}
    return {(entries[0].get("by", "") if entries else "") or stem: entries for stem, entries in found.items()}


@dataclass(frozen=True)
class TwoRulings:
    """The rulings of several reviewers on one finding."""

    rulings: tuple[Ruling, ...]

    @property
    def agree(self) -> bool:
        return len({ruling["verdict"] for ruling in self.rulings}) == 1

    @property
    def joint(self) -> Ruling:
        """The ruling on which all agree: its reason is that of the first."""
        first, names = self.rulings[0], " and ".join(ruling["by"] for ruling in self.rulings)
        return {**first, "by": names, "of": first["by"]}


def ruled_twice(reviews: Reviews) -> Iterator[TwoRulings]:
    """Yield the rulings on each finding on which at least two reviewers have ruled."""
    by_finding: dict[tuple[str, ...], list[Ruling]] = {}
    for entries in reviews.values():
        for ruling in entries:
            if not missing_parts(ruling):
                by_finding.setdefault(ruling_key(ruling), []).append(ruling)
    yield from (TwoRulings(tuple(found)) for found in by_finding.values() if len(found) > 1)


def rulings_that_count(settled: Sequence[Ruling], reviews: Reviews) -> tuple[Ruling, ...]:
    """Return the rulings of the paper's own file, then those on which the reviewers agree."""
    done = {ruling_key(ruling) for ruling in settled}
    agreed = [pair.joint for pair in ruled_twice(reviews) if pair.agree]
    return (*settled, *(ruling for ruling in agreed if ruling_key(ruling) not in done))


def rulings_of_one(settled: Sequence[Ruling], reviews: Reviews) -> tuple[Ruling, ...]:
    """Return the rulings of reviewers that do not count yet: of one of them only, or with another verdict than that of
    the other."""
    done = {ruling_key(ruling) for ruling in rulings_that_count(settled, reviews)}
    return tuple(
        {**ruling, "of": name}
        for name, entries in reviews.items()
        for ruling in entries
        if ruling_key(ruling) not in done
    )


def disagreements(settled: Sequence[Ruling], reviews: Reviews) -> list[TwoRulings]:
    """Return the rulings of reviewers who disagree, but for those that a further ruling has settled."""
    done = {ruling_key(ruling) for ruling in settled}
    return [pair for pair in ruled_twice(reviews) if not pair.agree and ruling_key(pair.rulings[0]) not in done]


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on the findings that each of two has ruled on. `kappa`: Cohen's, None where it is not
    defined because all rulings are alike."""

    both: int
    agreed: int
    kappa: float | None


def agreement(reviews: Reviews) -> Agreement:
    """Return the agreement of the first two reviewers of each finding."""
    pairs = [tuple(ruling["verdict"] for ruling in pair.rulings[:2]) for pair in ruled_twice(reviews)]
    total, agreed = len(pairs), sum(first == second for first, second in pairs)
    if not total:
        return Agreement(0, 0, None)
    shares = [[sum(pair[side] == kind for pair in pairs) / total for side in (0, 1)] for kind in {*sum(pairs, ())}]
    chance = sum(first * second for first, second in shares)
    return Agreement(total, agreed, None if chance == 1 else (agreed / total - chance) / (1 - chance))


@dataclass(frozen=True)
class Teamwork:
    """How several reviewers work: their agreement, and the seconds that each usually takes for a ruling, None where
    that is not known."""

    agreement: Agreement
    seconds: Mapping[str, float | None]


def teamwork_of(reviews: Reviews, history: Sequence[Entry]) -> Teamwork:
    """Return how the reviewers of a paper work."""
    return Teamwork(agreement(reviews), {name: seconds_per_ruling(history, name) for name in reviews})
