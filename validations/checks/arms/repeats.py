"""ARM: the same numbers in two arms."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Record, Table

FEWEST_REPEATED_ROWS = 3  # in sequence, each with numbers that two arms do not share by chance
COUNTED_VARIABLES_PER_MEAN = 2  # counts are equal more often: patients are allotted by strata
FEWEST_DIGITS = {"count": 4, "mean": 4, "median": 6}  # of an informative cell: 4.3 (0.4) has three, 56.3 (14.9) six
COMPARED = tuple(FEWEST_DIGITS)
VALUES = ("n", "total", "percent", "mean", "sd", "se", "median", "q1", "q3", "low", "high", "value")
_Place = tuple[str, ...]


@check("ARM009", "unlikely", by_panel=False)
def two_arms_have_the_same_numbers(table: Table) -> Answers:
    """Three or more rows in sequence have the same numbers in two arms.

    Why it matters
        Different patients do not have the same means and SDs in row after row. One column was copied into the other.

    Fires on
        table1: results
        row  cell  outcome  arm      statistic  mean   sd
        1    2     Age      Drug     mean       54.21  11.31
        1    3     Age      Placebo  mean       54.21  11.31
        2    2     Weight   Drug     mean       78.45  14.02
        2    3     Weight   Placebo  mean       78.45  14.02
        3    2     Height   Drug     mean       171.2  8.93
        3    3     Height   Placebo  mean       171.2  8.93

    Silent on
        table1: results
        row  cell  outcome  arm      statistic  mean   sd
        1    2     Age      Drug     mean       54.21  11.31
        1    3     Age      Placebo  mean       55.02  10.98
        2    2     Weight   Drug     mean       78.45  14.02
        2    3     Weight   Placebo  mean       78.45  14.02
        3    2     Height   Drug     mean       171.2  8.93
        3    3     Height   Placebo  mean       169.9  9.12
    """
    if not table.model.panels():
        return
    if "cross-over" in table.words.casefold() or "crossover" in table.words.casefold():
        yield NotCheckable("in a crossover trial the arms are the same patients")
        return
    for (first, one), (second, other) in combinations(_columns(table).items(), 2):
        if first[0] != second[0] and first[1:] == second[1:]:
            yield from _repeats(one, other)


def _columns(table: Table) -> dict[tuple[str, ...], dict[_Place, Record]]:
    """The records of each arm by label, statistic and place among equal ones."""
    found: dict[tuple[str, ...], dict[_Place, Record]] = defaultdict(dict)
    times = Counter[tuple[tuple[str, ...], _Place]]()
    for record in table.records:
        if record["arm"] and not record["versus"] and record["statistic"] in COMPARED:
            column = (record["arm"], record["population"], record["timepoint"])
            label = (record["section"], record["outcome"], record["level"])
            place = (*label, record["cell"].partition(".")[2], record["statistic"])
            times[column, place] += 1
            found[column][*place, str(times[column, place])] = record
    return found


def _repeats(one: dict[_Place, Record], other: dict[_Place, Record]) -> Iterator[Fault | None]:
    """A fault for each run of equal rows; rows with few digits neither count nor end it."""
    run: list[tuple[Record, Record]] = []
    for place in [place for place in one if place in other]:
        cells = _cells(one[place])
        if cells != _cells(other[place]):
            yield _run_fault(run)
            run = []
        elif sum(len(cell.strip("0-")) for cell in cells) >= FEWEST_DIGITS[one[place]["statistic"]]:
            run.append((one[place], other[place]))
    yield _run_fault(run)


def _cells(record: Record) -> tuple[str, ...]:
    return tuple(record[name].replace(".", "").replace(",", "") for name in VALUES)


def _run_fault(run: Sequence[tuple[Record, Record]]) -> Fault | None:
    means = {_cells(record) for _, record in run if record["statistic"] != "count"}
    counted = {(record["section"], record["outcome"]) for _, record in run if record["statistic"] == "count"}
    if len(means) + len(counted) / COUNTED_VARIABLES_PER_MEAN < FEWEST_REPEATED_ROWS:
        return None
    (left, first), *others = run
    message = f"rows {first.row} to {others[-1][1].row} have the same numbers in {left['arm']} and {first['arm']}"
    shows = tuple(name for name in VALUES if any(record[name] for _, record in run))
    return Fault(message, "", first, shows[0], shows, tuple(record for _, record in others))
