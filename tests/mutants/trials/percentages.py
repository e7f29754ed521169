"""PCT: counts with their percentages out of the N of the cell or of the head of its column."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from tests.mutants.trials.equations import Equation, Place, Texts, count, number
from validations.tables import Record, Table

FEWEST_OF_A_HEAD = 3  # percentages of a column that the N in its head gives


def equations(table: Table) -> Iterator[Equation]:
    """One for each cell with count and percentage, and one for the N in the head of each column of them."""
    heads: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for line, record in enumerate(table.records):
        if record["n"] and record["percent"] and (record["total"] or record["arm_n"]):
            names = ("n", "percent", "total") if record["total"] else ("n", "percent")
            texts = {(line, name): record[name] for name in names}
            yield Equation(texts, partial(_cell_holds, line, record["arm_n"]))
            if not record["total"] and count(record["n"]):
                heads[tuple(record[name] for name in ("arm", "timepoint", "arm_n"))].append((line, "arm_n"))
    for places in heads.values():
        if len(places) >= FEWEST_OF_A_HEAD:
            records = [table.records[line] for line, _ in places]
            yield Equation({places[0]: records[0]["arm_n"]}, partial(_head_holds, places[0], records))


def _cell_holds(line: int, arm_n: str, texts: Texts) -> bool:
    return fits(texts[line, "n"], texts[line, "percent"], texts.get((line, "total"), arm_n))


def fits(n_text: str, percent_text: str, total_text: str) -> bool:
    """Whether count, percentage and N agree."""
    n, percent, total = count(n_text), number(percent_text), count(total_text)
    if n is None or percent is None or not total or n > total:
        return False
    return percent.holds(Fraction(100 * n, total))


def _head_holds(place: Place, records: Sequence[Record], texts: Texts) -> bool:
    """Whether the N gives half of the percentages of its column or more."""
    fitting = sum(fits(record["n"], record["percent"], texts[place]) for record in records)
    return 2 * fitting >= len(records)
