"""Two values of two groups that a sentence compares, and the row of a table whose two arms have them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from schemas.base.printed import Printed
from validations.inference.claims.intervals import significant_digits
from validations.inference.claims.places import spelt
from validations.inference.claims.targets import paper_claims
from validations.inference.claims.words import Unit, all_words, units
from validations.tables import Paper, Record, once

FEWEST_EQUAL_DIGITS = 4  # of the two numbers that find a row, beside the words of its label
_COLUMNS = ("percent", "mean", "median")


@dataclass(frozen=True)
class ComparedPair:
    """Two neighbouring claims about two groups, with the P value of their comparison."""

    first: Record
    second: Record
    p: Printed | None

    @property
    def words(self) -> str:
        """What the sentence says around both."""
        names = ("subject", "versus", "text")
        return " ".join(claim[name] for claim in (self.first, self.second) for name in names)


@dataclass(frozen=True)
class RowOfArms:
    """Two cells of a row, of two arms, with the P values of the row. `label`: the words of the row."""

    label: tuple[Unit, ...]
    cells: tuple[Record, Record]
    column: str
    tests: tuple[Record, ...]

    def numbers(self) -> tuple[Printed, Printed] | None:
        first, second = (cell.number(self.column) for cell in self.cells)
        return None if first is None or second is None else (first, second)


def compared_pairs(paper: Paper) -> Iterator[ComparedPair]:
    """The pairs of neighbouring values of one sentence that "versus" or one P value compares."""
    for first, second in pairwise(paper_claims(paper)):
        same = all(first[name] == second[name] for name in ("measure", "unit", "section"))
        quoted = first["value"] in second["text"] and second["value"] in first["text"]
        compared = bool(first["versus"] and first["versus"] == second["subject"])
        tested = bool(first["p"]) and first["p"] == second["p"]
        if same and first["value"] and quoted and (compared or tested) and column_of(first):
            yield ComparedPair(first, second, first.number("p") if tested else None)


def column_of(claim: Record) -> str:
    """The column of `results` that holds the values of a claim's measure; "" for measures without one."""
    if claim["unit"] == "%":
        return "percent"
    return next((name for name in _COLUMNS if claim["measure"].endswith(name)), "")


@once
def rows_of_arms(paper: Paper) -> tuple[RowOfArms, ...]:
    """All pairs of cells of two arms in one row of a table."""
    known = spelt(paper)
    return tuple(
        row
        for table in paper.of("results")
        for _, records in groupby(table.records, key=lambda record: record.row)
        for row in _pairs_of_row(list(records), known)
    )


def _pairs_of_row(records: Sequence[Record], known: Mapping[str, str]) -> Iterator[RowOfArms]:
    tests = tuple(record for record in records if record["p"])
    for column in _COLUMNS:
        cells = [record for record in records if record[column] and record["arm"] and not record["versus"]]
        for one, other in combinations(cells, 2):
            if one["arm"] != other["arm"] and one["timepoint"] == other["timepoint"]:
                label = units(f"{one['outcome']} {one['level']}", known)
                yield RowOfArms(tuple(label), (one, other), column, tests)


def is_about(pair: ComparedPair, row: RowOfArms, paper: Paper) -> bool:
    """Whether the sentence names everything that the label of a row does."""
    words = all_words(units(pair.words, spelt(paper)))
    return bool(row.label) and all(unit.in_words(words) for unit in row.label)


def agreement(pair: ComparedPair, row: RowOfArms) -> tuple[bool, bool, bool | None]:
    """Whether the two values, in the better order of the two arms, and P agree with a row; P None if not printed."""
    numbers, stated = row.numbers(), (pair.first.number("value"), pair.second.number("value"))
    tests = [number for record in row.tests if (number := record.number("p")) is not None]
    p = None if pair.p is None or not tests else any(pair.p.overlaps(one.low, one.high) for one in tests)
    if numbers is None or stated[0] is None or stated[1] is None:
        return False, False, p
    orders = [(numbers[0], numbers[1]), (numbers[1], numbers[0])]
    found = [(_agrees(stated[0], one), _agrees(stated[1], other)) for one, other in orders]
    best = max(found, key=sum)
    return best[0], best[1], p


def _agrees(mine: Printed, its: Printed) -> bool:
    return mine.overlaps(its.low, its.high)


def telling_digits(pair: ComparedPair, agreed: tuple[bool, bool, bool | None]) -> int:
    """The digits of the numbers that agree with a row."""
    numbers = (pair.first.number("value"), pair.second.number("value"), pair.p)
    return sum(significant_digits(one) for one, same in zip(numbers, agreed, strict=True) if same and one is not None)
