"""DUP: rows that are printed twice."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby

from schemas.base.exhibit import PROVENANCE, Exhibit
from schemas.forest import DRAWN_COLUMNS
from validations.labels import without_case
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, once

_BY_LAYOUT = NotCheckable("several labels repeat, and no heading tells them apart")
BLOCK_ROWS = 4  # consecutive rows that repeat others: fewer coincide by chance in columns of small counts


def printed_rows(table: Table) -> Iterator[tuple[Hashable, list[Record]]]:
    """Each printed row that has a label, as its names and its records. (A row with two outcomes or grades has two
    records.) In a table that is read by rules, a row has a record for each cell, and digits beside its label."""
    names = table.model.identity()
    aside = table.model.panels()
    plain = [without_case(table.column(name)) for name in (*names, *aside)]
    labels = [name for name in table.model.names() if name not in aside]
    beside = [name for name in table.model.columns() if name not in {*labels, *aside, "row", "cell", *PROVENANCE}]
    by_cell = not table.model.read_by_rules()
    rows = zip(table.cells(("row", *names)), zip(*plain, strict=True), table.records, strict=True)
    for _, group in groupby(rows, key=lambda row: row[0] if by_cell else row[0][:1]):
        found = list(group)
        keys, records = tuple(key for _, key, _ in found), [record for _, _, record in found]
        if _has(str.isalnum, records[:1], labels) and (by_cell or _has(str.isdigit, records, beside)):
            yield (keys[0] if by_cell else keys), records


def _has(kind: Callable[[str], bool], records: Iterable[Record], columns: Sequence[str]) -> bool:
    """Whether a character of a kind stands in one of the columns of one of the records."""
    return any(kind(char) for record in records for name in columns for char in record[name])


def valued_columns(table: Table) -> list[str]:
    """The columns with values: all but names, places on the page and what is read from a drawing."""
    aside = {*table.model.identity(), "row", "position", "patient", *DRAWN_COLUMNS, *PROVENANCE}
    return [name for name in table.model.columns() if name not in aside]


@once
def repeated(table: Table) -> tuple[tuple[list[Record], list[Record] | None, bool], ...]:
    """Each printed row, the first row before it with the same names (or None), and whether their values are equal."""
    seen: dict[Hashable, list[Record]] = {}
    found = [(records, seen.setdefault(key, records)) for key, records in printed_rows(table)]
    values = dict(zip(table.records, table.cells(valued_columns(table)), strict=True))
    return tuple(
        (records, None, False)
        if first is records
        else (records, first, [values[each] for each in records] == [values[each] for each in first])
        for records, first in found
    )


def quantity_columns(model: type[Exhibit]) -> tuple[str, ...]:
    """The columns of a model that hold quantities."""
    return tuple(dict.fromkeys(column for group in model.quantities() for column in group.values()))


def repeats_by_layout(table: Table) -> bool:
    """Whether several labels of an arm's rows are printed again: then headings that were not told apart, or rows of one
    study, repeat them, and no label shows that a row is printed twice."""
    return bool(table.model.panels()) and sum(1 for _, before, _ in repeated(table) if before) > 1


def _rows_again(table: Table, equal: bool, how: str) -> Answers:
    """A fault for each row that is printed again, `equal`: with the values that it had before."""
    if repeats_by_layout(table):
        yield _BY_LAYOUT
        return
    for records, before, same in repeated(table):
        yield _fault(table, records, before, how) if before and same == equal else None


def _fault(table: Table, records: list[Record], before: list[Record], how: str) -> Fault:
    column = table.model.names()[-1]
    name, numbers = records[0][column], quantity_columns(table.model)
    shows = (column, *(number for number in numbers if records[0][number]))
    message = f"{name} is printed in row {before[0].row} and again in row {records[0].row}, {how}"
    return Fault(message, "one row", records[0], column, shows, tuple(before))


@check("DUP001", "impossible", by_panel=False)
def label_twice_with_different_values(table: Table) -> Answers:
    """A table, or a section of it, prints one label in two rows with different values.

    Why it matters
        One thing cannot have two counts. One of the rows has a wrong label or is left over from an earlier version, and
        readers cannot know which one to use.

    Fires on
        table4: adverse_events
        row  grade  event      n
        1    any    Pneumonia  3
        2    any    Toothache  2
        3    any    Pneumonia  2

    Silent on
        table4: adverse_events
        row  grade  event      n
        1    any    Pneumonia  3
        1    3-4    Pneumonia  1

        table1: characteristics
        section    label  n
        Site       Other  6
        Histology  Other  9

        fig2: forest
        kind   label       events  total  estimate
        study  Smith 2020  6       46     0.13
        study  Smith 2020  7       14     0.50

        table1: sheet
        row  cell  label      head  text
        1    2     Liu 2011   T     38
        2    2     Liu 2011   T     69

    Not checkable on
        table2: results
        row  cell  outcome  arm   statistic  n
        1    2     Nausea   Drug  count      3
        2    2     Mild     Drug  count      2
        3    2     Fatigue  Drug  count      4
        4    2     Mild     Drug  count      1
        5    2     Nausea   Drug  count      7
    """
    yield from _rows_again(table, False, "with different values")


@check("DUP002", "unlikely", by_panel=False)
def label_twice_with_equal_values(table: Table) -> Answers:
    """A table, or a section of it, prints one label in two rows with the same values.

    Why it matters
        The row is printed twice, or one of the two should have another label. Sums over the column count it twice.

    Fires on
        table4: adverse_events
        row  grade  event      n
        1    any    Pneumonia  3
        2    any    pneumonia  3

    Silent on
        table4: adverse_events
        row  grade  event      n
        1    any    Pneumonia  3
        2    any    Toothache  3

        table2: sheet
        row  cell  label      head      text
        1    2     Liu 2011   Blinding  yes
        2    2     Liu 2011   Blinding  yes
        3    2     Zhao 2012  Arms      2

        table3: results
        row  cell  outcome  arm   statistic  n
        1    2     +        Drug  count      3
        2    2     +        Drug  count      3
        3    2     Pain     Drug  count      3

    Not checkable on
        table2: results
        row  cell  outcome  arm   statistic  n
        1    2     Nausea   Drug  count      3
        2    2     Mild     Drug  count      2
        3    2     Fatigue  Drug  count      4
        4    2     Mild     Drug  count      2
        5    2     Nausea   Drug  count      3
    """
    yield from _rows_again(table, True, "with the same values")


@check("DUP005", "unlikely")
def block_of_values_twice(table: Table) -> Answers:
    """Four or more consecutive rows repeat the values of other rows in the same order.

    Why it matters
        One block was copied over the other, and the values that belonged there are lost.

    Fires on
        table1: characteristics
        section  label  n   percent
        A        a      11  21.6
        A        b      6   11.8
        A        c      5   9.8
        A        d      29  56.9
        B        e      11  21.6
        B        f      6   11.8
        B        g      5   9.8
        B        h      29  56.9

    Silent on
        table1: characteristics
        section  label  n   percent
        A        a      2   3.9
        A        b      2   3.9
        A        c      2   3.9
        A        d      2   3.9
        A        e      2   3.9
        A        f      1   2.0
        A        g      1   2.0
        A        h      1   2.0
    """
    columns = [
        column for group in table.model.quantities() for name, column in group.items() if name in ("n", "percent")
    ]
    if "n" not in columns or table.model.taken_from():
        return
    cells = zip(table.cells(columns), table.column("n"), table.records, strict=True)
    rows = [(texts, record) for texts, n, record in cells if n]
    seen: dict[tuple[tuple[str, ...], ...], int] = {}
    last = -1
    for place in range(len(rows) - BLOCK_ROWS + 1):
        block = tuple(cells for cells, _ in rows[place : place + BLOCK_ROWS])
        counts = [record["n"] for _, record in rows[place : place + BLOCK_ROWS]]
        varied = len(set(block)) == BLOCK_ROWS and any(
            len(count) > 1 for count in counts
        )  # counts of one digit recur by chance
        first = seen.setdefault(block, place) if varied else place
        again = first + BLOCK_ROWS <= place
        if again and place > last:
            last = place + BLOCK_ROWS
            here, there = rows[place][1], [record for _, record in rows[first : first + BLOCK_ROWS]]
            message = (
                f"row {here.row} and the rows after it repeat the values of rows {there[0].row} to {there[-1].row}"
            )
            yield Fault(message, "", here, "n", tuple(columns), tuple(there))
        elif not again:
            yield None
