"""What the sources yield: results of arms, effects, median times, and what had to be left out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from extract.publishing.analysis.values import NOTHING, Value
from validations.tables import Record


@dataclass(frozen=True, eq=False)
class Source:
    """Where a result is printed. `records`: the first names the row; `columns`: those that are used; `part`: what
    tells results of one record apart; `said`: the cells by their heads, where these tell them apart."""

    records: tuple[Record, ...]
    columns: tuple[str, ...]
    part: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        return self.records[0]

    @property
    def printed(self) -> str:
        """The printed cells by column: n=12 | percent=23.5"""
        cells = {name: record[name] for record in reversed(self.records) for name in self.columns if record[name]}
        texts = self.said or {name: cells[name] for name in self.columns if name in cells}
        return " | ".join(f"{name}={text}" for name, text in texts.items())


@dataclass(frozen=True, eq=False)
class ArmResult:
    """An outcome in an arm. `about`: study, section, outcome, subgroup, timepoint, population, unit, by column.
    `belongs`: equal in the results that may be compared with one another; () if with none. `xi`: patients with the
    event, of `ni`; or `mean` and `sd` in `ni` patients. `event`, `grade`: of adverse events."""

    source: Source
    about: Mapping[str, str]
    arm: str
    ni: Value
    xi: Value = NOTHING
    mean: Value = NOTHING
    sd: Value = NOTHING
    belongs: tuple[Hashable, ...] = ()
    event: str = ""
    grade: str = ""

    @property
    def is_count(self) -> bool:
        """Whether the result is a count of patients."""
        return self.xi is not NOTHING


@dataclass(frozen=True, eq=False)
class Effect:
    """An effect. `scale_from`: what shows its scale. `values`: yi, sei, vi. `plain`: the columns that have no
    receipt."""

    source: Source
    about: Mapping[str, str]
    values: Mapping[str, Value]
    plain: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class MedianTime:
    """A median time to an event in an arm."""

    source: Source
    about: Mapping[str, str]
    plain: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A printed result that cannot be in the frame `wanted`, with the reason."""

    source: Source
    wanted: str
    reason: str
    about: Mapping[str, str] = field(default_factory=dict)


Result = ArmResult | Effect | MedianTime | LeftOut
