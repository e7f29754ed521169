"""CLM: "A versus B" in the text against the two arms of the same row of a table."""

from collections.abc import Sequence

from validations.checks.claims.intervals import is_of_other_analysis
from validations.inference.claims.pairs import (
    FEWEST_EQUAL_DIGITS,
    ComparedPair,
    RowOfArms,
    agreement,
    column_of,
    compared_pairs,
    is_about,
    rows_of_arms,
    telling_digits,
)
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper

NO_ROW = NotCheckable("no row of a table is named by the sentence and has two of the three numbers")


@check("CLM019", "unlikely")
def compared_value_is_not_that_of_its_arm(paper: Paper) -> Answers:
    """The text compares two groups with two values and a P value, one of which differs from the row of the table.

    Why it matters
        Two of the three numbers and the words of the label show which row the sentence quotes. The third has a wrong
        digit in one place, or is that of another group or row.

    Fires on
        claims: claims
        row  section  text                     measure  subject          value  unit  p
        1    results  rash 17.2% vs. 28.1%; p  percent  rash, drug       17.2   %     0.021
        2    results  rash 17.2% vs. 28.1%; p  percent  rash, placebo    28.1   %     0.021

        table3: results
        row  cell  outcome  arm      statistic  n   percent  p
        1    2     Rash     Drug     count      11  17.2     -
        1    3     Rash     Placebo  count      18  21.8     -
        1    4     Rash     -        p          -   -        0.021

    Silent on
        claims: claims
        row  section  text                     measure  subject          value  unit  p
        1    results  rash 17.2% vs. 21.8%; p  percent  rash, drug       17.2   %     0.021
        2    results  rash 17.2% vs. 21.8%; p  percent  rash, placebo    21.8   %     0.021
        3    results  rash 22% vs. 17%; p = 0  percent  rash, placebo    22     %     0.02
        4    results  rash 22% vs. 17%; p = 0  percent  rash, drug       17     %     0.02

        table3: results
        row  cell  outcome  arm      statistic  n   percent  p
        1    2     Rash     Drug     count      11  17.2     -
        1    3     Rash     Placebo  count      18  21.8     -
        1    4     Rash     -        p          -   -        0.021

    Not checkable on
        claims: claims
        row  section  text                      measure  subject          value  unit  p
        1    results  cough 17.2% vs. 28.1%; p  percent  cough, drug      17.2   %     0.021
        2    results  cough 17.2% vs. 28.1%; p  percent  cough, placebo   28.1   %     0.021

        table3: results
        row  cell  outcome  arm      statistic  n   percent  p
        1    2     Rash     Drug     count      11  17.2     -
        1    3     Rash     Placebo  count      18  21.8     -
        1    4     Rash     -        p          -   -        0.021
    """
    pairs = list(compared_pairs(paper))
    rows = rows_of_arms(paper) if pairs else ()
    for pair in pairs if rows else ():
        yield _against_rows(pair, [row for row in rows if row.column == column_of(pair.first)], paper)


def _against_rows(pair: ComparedPair, rows: Sequence[RowOfArms], paper: Paper) -> Answer:
    found = [(row, agreement(pair, row)) for row in rows]
    if any(agreed[0] and agreed[1] and agreed[2] is not False for _, agreed in found):
        return None
    near = [
        (row, agreed)
        for row, agreed in found
        if agreed.count(True) == 2
        and telling_digits(pair, agreed) >= FEWEST_EQUAL_DIGITS
        and is_about(pair, row, paper)
    ]
    if len(near) != 1:
        return NO_ROW
    row, agreed = near[0]
    records = (*row.cells, *row.tests)
    doubted = any((one["exhibit"], one["row"]) == (row.cells[0].exhibit, row.cells[0].row) for one in paper.readings)
    if is_of_other_analysis(pair.first) or is_of_other_analysis(pair.second) or doubted:
        return NotCheckable("the sentence may speak of another analysis, or the row is a doubtful reading")
    claim = pair.first if not agreed[0] else pair.second
    column = "p" if agreed[2] is False else "value"
    has = " and ".join(f"{cell[row.column]} ({cell['arm']})" for cell in row.cells)
    tested = f", P = {', '.join(one['p'] for one in row.tests)}" if row.tests else ""
    stated = f"{pair.first['value']} against {pair.second['value']}"
    message = f"{stated}{f', P = {pair.p}' if pair.p else ''}, but {row.cells[0].place} has {has}{tested}"
    return Fault(message, "", claim, column, ("value", "p"), (pair.first, pair.second, *records))
