"""The estimates with intervals that tables and plots print, and which of them a sentence repeats.

A sentence that repeats two of three numbers digit by digit speaks of that line, whatever words it uses. So a line is
found by its numbers, and the third number can be compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from schemas.base.printed import Printed
from validations.inference.claims.citations import cites
from validations.inference.claims.places import spelt
from validations.inference.claims.words import all_words, units
from validations.registry import find_check
from validations.tables import Paper, Record, Table, once

FEWEST_EQUAL_DIGITS = 5  # of the two numbers that find a line: fewer are equal by chance in papers with many intervals
FEWEST_DIGITS_OF_NAMED = 4  # the same, where the sentence cites the exhibit or names the row
SURE_DIGITS = 7  # of the two numbers, where the third differs by hardly more than rounding
SLIGHT_UNITS = 2  # in the last digit: another model or one study less changes a limit by as much
_ESTIMATES = ("estimate", "hazard_ratio", "mean")
NAMES = ("value", "ci_low", "ci_high")


@dataclass(frozen=True)
class PrintedInterval:
    """An estimate with its limits in a line of an exhibit. `numbers`: estimate, lower and upper limit. `columns`: the
    columns of these. `records`: the record of each, as a table may print the estimate in a cell of its own. `scale`:
    100 for proportions, which sentences also give in percent."""

    numbers: tuple[Printed, Printed, Printed]
    columns: tuple[str, str, str]
    records: tuple[Record, Record, Record]
    scale: int = 1

    @property
    def record(self) -> Record:
        return self.records[0]

    def __str__(self) -> str:
        value, low, high = self.numbers
        return f"{value} ({low} to {high})"

    def agreeing(self, claim: Record) -> tuple[bool | None, ...]:
        """For value, lower and upper limit of a claim, whether each can be that of the line; None if not stated."""
        return tuple(self._agrees(claim.number(name), number) for name, number in zip(NAMES, self.numbers, strict=True))

    def _agrees(self, mine: Printed | None, its: Printed) -> bool | None:
        if mine is None:
            return None
        return any(mine.overlaps(its.low * scale, its.high * scale) for scale in {1, self.scale})

    def printed_by(self, claim: Record) -> bool:
        """Whether a claim repeats this line so that it must be meant: numbers of as many decimals are equal, and others
        are rounded. 0.13 is not 0.12, although 0.125 may be printed as either."""
        mine = [claim.number(name) for name in NAMES]
        same = (_is_rounded(one, its) for one, its in zip(mine, self.numbers, strict=True) if one is not None)
        return self.repeated_by(claim) and all(same)

    def repeated_by(self, claim: Record) -> bool:
        """Whether a claim states this line: at least both limits, and nothing that the line does not have."""
        found = self.agreeing(claim)
        return False not in found and None not in found[1:]


@once
def printed_intervals(paper: Paper) -> tuple[PrintedInterval, ...]:
    """All estimates with intervals in the tables and plots of a paper."""
    exhibits = (table for table in paper.tables.values() if table.model.read_from() != "text")
    return tuple(found for table in exhibits for found in _intervals_in(table))


def _intervals_in(table: Table) -> Iterator[PrintedInterval]:
    for _, rows in groupby(table.records, key=lambda record: record.row):
        before: list[tuple[Record, str]] = []
        for record in rows:
            column = next((name for name in _ESTIMATES if record[name]), "")
            complete = bool(record["ci_low"] and record["ci_high"])
            if complete and not column and before:
                yield from _interval(before[-1], (record, "ci_low"), (record, "ci_high"))
            elif complete and column:
                yield from _interval((record, column), (record, "ci_low"), (record, "ci_high"))
            elif column and not complete:
                yield from _interval(*before[-2:], (record, column)) if len(before) > 1 else ()
            before = [*before, (record, column)] if column and not complete else []


def _interval(*places: tuple[Record, str]) -> Iterator[PrintedInterval]:
    """The interval of three cells, if these hold numbers in the order of an estimate and its limits."""
    numbers = [record.number(column) for record, column in places]
    value, low, high = numbers
    if value is None or low is None or high is None or not low.low <= value.high or not value.low <= high.high:
        return
    (one, a), (two, b), (three, c) = places
    share = one["measure"].casefold() in ("es", "proportion", "prevalence", "percent", "rate")
    yield PrintedInterval((value, low, high), (a, b, c), (one, two, three), 100 if share else 1)


def is_doubtful(found: PrintedInterval, paper: Paper) -> bool:
    """Whether a number of the line is a doubtful reading."""
    cells = {(record.exhibit, record.row, name) for record, name in zip(found.records, found.columns, strict=True)}
    return any(
        (doubt["exhibit"], doubt["row"], doubt["column"]) in cells and find_check(doubt["code"]).severity != "note"
        for doubt in paper.readings
    )


def differing_number(claim: Record, numbers: Sequence[Printed], *, named: bool = False) -> str:
    """The name of the only number of a claim that differs from those of a line whose other two it repeats digit by
    digit; "" if there is none, the digits are too few, or the difference is slight. `named`: the sentence names or
    cites the line. A number that only lacks its sign tells which line is meant as much as the others."""
    mine = [claim.number(name) for name in NAMES]
    pairs = [(one, other) for one, other in zip(mine, numbers, strict=True) if one is not None]
    equal = [_same_print(one, other) for one, other in pairs]
    if len(pairs) < len(NAMES) or equal.count(True) != len(NAMES) - 1:
        return ""
    place = equal.index(False)
    one, other = pairs[place]
    mirrored = one.value == -other.value and one.decimals == other.decimals
    digits = sum(significant_digits(pair[0]) for pair, same in zip(pairs, equal, strict=True) if same or mirrored)
    unit = other.high - other.low  # one unit of the last printed digit
    slight = abs(one.value - other.value) <= SLIGHT_UNITS * unit
    fewest = SURE_DIGITS if slight and not mirrored else FEWEST_DIGITS_OF_NAMED if named else FEWEST_EQUAL_DIGITS
    return "" if one.decimals != other.decimals or digits < fewest else NAMES[place]


def is_named(claim: Record, line: PrintedInterval, paper: Paper) -> bool:
    """Whether the sentence of a claim cites the exhibit of a line, or has all words of the label of its row."""
    if cites(claim, line.record.exhibit):
        return True
    label = units(f"{line.record['outcome']} {line.record['level']}", spelt(paper))
    words = all_words(units(f"{claim['subject']} {claim['text']}", spelt(paper)))
    return bool(label) and all(unit.in_words(words) for unit in label)


def _is_rounded(one: Printed, other: Printed) -> bool:
    """Whether two numbers are equal, or the one with fewer decimals is rounded from the other."""
    return one.value == other.value if one.decimals == other.decimals else one.overlaps(other.low, other.high)


def _same_print(one: Printed, other: Printed) -> bool:
    return one.value == other.value and one.decimals == other.decimals and one.comparator == other.comparator


def significant_digits(number: Printed) -> int:
    """The digits of a number without its leading zeros."""
    return len(number.text.lstrip("-<>≤≥= ").replace(".", "").replace(",", "").lstrip("0"))
