"""Finds what a table prints of a variable in an arm: mean, SD, median, quartiles, range, over one cell or several."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from schemas.base.printed import Printed
from validations.labels import fold
from validations.tables import Record, Table, once

FIELDS = ("mean", "sd", "se", "median", "q1", "q3", "low", "high", "ci_low", "ci_high", "ci_level")
SUMMARISED = ("mean", "median", "range")
_STATISTIC = re.compile(
    r"[\s,;:]*[(\[]*\b(?:mean|median|SD|S\.D\.|SEM?|standard (?:deviation|error)|(?:interquartile )?range|IQR|"
    r"min(?:imum)?|max(?:imum)?|quartiles?|95 ?% ?CI)\b[)\]]*|±|\+/-",
    re.IGNORECASE,
)
_Key = tuple[str, ...]


class Summary(NamedTuple):
    """The printed numbers of a variable in an arm by name, and the records that print them. `n`: the patients, as the
    cell or else the head says. `title`: the variable without the names of statistics."""

    title: str
    n: int | None
    numbers: dict[str, Printed]
    records: dict[str, Record]

    def number(self, name: str) -> Printed | None:
        """A printed number without < or >, or None."""
        found = self.numbers.get(name)
        return None if found is None or found.comparator else found

    @property
    def record(self) -> Record:
        return next(iter(self.records.values()))

    def placed(self, *names: str) -> tuple[Record, tuple[str, ...], tuple[Record, ...]]:
        """The record of the first of these numbers, the columns that it prints of them, and the other records."""
        first = self.records[names[0]]
        also = tuple(dict.fromkeys(self.records[name] for name in names if self.records[name] is not first))
        return first, names, also


def variable_of(record: Record) -> str:
    """The variable that a record summarises, without the names of statistics."""
    parts = (record["outcome"], record["level"])
    plain = " ".join(text for part in parts if (text := _STATISTIC.sub("", part).strip(" ,;:()[]•*")))
    return fold(plain or _STATISTIC.sub("", record["section"]).strip(" ,;:()[]•*"))


@once
def find_summaries(table: Table) -> tuple[Summary, ...]:
    """The summaries of the table, arm by arm in printed order. Cells of one variable that contradict each other, or
    repeat a number, stay apart."""
    panels = table.panels if table.model.panels() else ()
    return tuple(summary for panel in panels for summary in _of_panel(panel))


def _of_panel(panel: Table) -> Iterator[Summary]:
    groups: dict[_Key, list[Record]] = defaultdict(list)
    for record in panel.records:
        if record["statistic"] in SUMMARISED and not record["versus"] and not record["adjusted"]:
            groups[_key(record)].append(record)
    for group in groups.values():
        names = [name for record in group for name in FIELDS if record[name]]
        for records in [group] if len(set(names)) == len(names) else [[record] for record in group]:
            summary = _summary(records)
            if summary.numbers:
                yield summary


def _key(record: Record) -> _Key:
    """Records of one row, or of one variable in several rows, are of one summary."""
    title = variable_of(record)
    return (record["section"], title, record["unit"]) if title else (record.row,)


def _summary(records: list[Record]) -> Summary:
    placed = {name: record for record in records for name in FIELDS if record[name]}
    numbers = {name: number for name, record in placed.items() if (number := record.number(name)) is not None}
    own = next((n for record in records if (n := record.count("n"))), None)
    n = own or records[0].count("arm_n")
    return Summary(variable_of(records[0]), n, numbers, {name: placed[name] for name in numbers})


def significant_digits(number: Printed) -> int:
    """The number of significant digits: 3 of 0.405, 5 of 665.61."""
    return len(str(number.value).replace(".", "").replace("-", "").lstrip("0"))
