"""CLM: I² and P values in the text against those of the line whose estimate and interval the sentence repeats."""

from collections.abc import Iterator, Sequence

from schemas.base.printed import Printed
from validations.checks.claims.intervals import is_of_other_analysis
from validations.inference.claims.citations import cites
from validations.inference.claims.intervals import (
    FEWEST_EQUAL_DIGITS,
    NAMES,
    PrintedInterval,
    is_doubtful,
    printed_intervals,
    significant_digits,
)
from validations.inference.claims.places import spelt
from validations.inference.claims.targets import paper_claims
from validations.inference.claims.words import all_words, units
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

I2_NEAR_CLAIMS = 2  # claims behind a pooled value, among which the sentence states its I²
FEWEST_DIGITS_OF_LIMITS = 4  # of two limits without their estimate
SLIGHT_I2_UNITS = 1  # of the last digit: one of the two may be cut instead of rounded
NO_POOLED = NotCheckable("no pooled line of a plot has the estimate and the interval before this I²")
NO_I2 = NotCheckable("the pooled line has no I²")
NO_ROW = NotCheckable("no row of a table has this estimate and interval, or several rows have it")
NO_P = NotCheckable("the row has no P value")


def repeated_lines(claim: Record, lines: Sequence[PrintedInterval], paper: Paper) -> list[PrintedInterval]:
    """The lines that a claim repeats and must mean: it states enough digits, or cites the exhibit. Limits alone need no
    estimate if one line has them. A line of a group is meant only if the sentence names the group or cites the
    exhibit."""
    stated = [number for name in NAMES if (number := claim.number(name)) is not None]
    found = [line for line in lines if line.printed_by(claim)]
    fewest = FEWEST_EQUAL_DIGITS if claim["value"] else FEWEST_DIGITS_OF_LIMITS
    telling = sum(map(significant_digits, stated)) >= fewest and (claim["value"] != "" or len(found) == 1)
    return [
        line
        for line in found
        if cites(claim, line.record.exhibit) or (telling and _names_group(claim, line.record, paper))
    ]


def _names_group(claim: Record, record: Record, paper: Paper) -> bool:
    """Whether a claim names the group of a line, if the line is that of a group."""
    group = units(record["group"], spelt(paper)) if record["kind"] in ("subtotal", "subgroup") else []
    words = all_words(units(f"{claim['subject']} {claim['text']}", spelt(paper)))
    return all(unit.in_words(words) for unit in group)


@check("CLM017", "unlikely")
def heterogeneity_in_text_is_not_that_of_its_plot(paper: Paper) -> Answers:
    """The text gives a pooled value as the plot does, but with another I² or P of heterogeneity.

    Why it matters
        Readers take I² as the measure of how well the studies agree. A difference of one in the last digit, where one
        of the two may be cut, is no finding.

    Fires on
        claims: claims
        row  section  text            measure     value  ci_low  ci_high  p
        1    results  OR 4.07 (2.48   odds_ratio  4.07   2.48    6.69     -
        2    results  I2 = 49 %       i2          49     -       -        0.01

        fig1: forest
        kind           label      measure  estimate  ci_low  ci_high  i2  p
        study          Alva 2020  OR       3.10      1.90    5.06     -   -
        overall        Total      OR       4.07      2.48    6.69     -   -
        heterogeneity  -          OR       -         -       -        79  0.01

    Silent on
        claims: claims
        row  section  text            measure     value  ci_low  ci_high  p
        1    results  OR 4.07 (2.48   odds_ratio  4.07   2.48    6.69     -
        2    results  I2 = 79 %       i2          79     -       -        0.01

        fig1: forest
        kind           label      measure  estimate  ci_low  ci_high  i2    p
        study          Alva 2020  OR       3.10      1.90    5.06     -     -
        overall        Total      OR       4.07      2.48    6.69     -     -
        heterogeneity  -          OR       -         -       -        79.4  0.01

    Not checkable on
        claims: claims
        row  section  text            measure     value  ci_low  ci_high
        1    results  OR 4.17 (2.58   odds_ratio  4.17   2.58    6.79
        2    results  I2 = 49 %       i2          49     -       -

        fig1: forest
        kind           label      measure  estimate  ci_low  ci_high  i2  p
        study          Alva 2020  OR       3.10      1.90    5.06     -   -
        overall        Total      OR       4.07      2.48    6.69     -   -
        heterogeneity  -          OR       -         -       -        79  0.01
    """
    lines = [line for line in printed_intervals(paper) if line.record["kind"] in ("overall", "subtotal")]
    for pooled, claim in _with_i2(paper) if lines else ():
        found = repeated_lines(pooled, lines, paper)
        records = [record for line in found if (record := _heterogeneity(line, paper)) is not None]
        if not records:
            yield NO_I2 if found else NO_POOLED
        elif is_of_other_analysis(pooled) or is_of_other_analysis(claim):
            yield NotCheckable("the sentence may speak of another analysis")
        elif any(is_doubtful(line, paper) or _is_doubted(records, paper) for line in found):
            yield NotCheckable("the numbers of the plot are a doubtful reading")
        else:
            yield _against_heterogeneity(claim, records)


def _with_i2(paper: Paper) -> Iterator[tuple[Record, Record]]:
    """Each claim with an interval, and the I² that the same sentence states close behind the interval."""
    found = paper_claims(paper)
    for place, pooled in enumerate(found):
        for claim in found[place + 1 : place + 1 + I2_NEAR_CLAIMS] if pooled["ci_low"] else ():
            if claim["ci_low"] or claim["section"] != pooled["section"]:
                break
            if claim["measure"] == "i2":
                yield pooled, claim
                break


def _heterogeneity(line: PrintedInterval, paper: Paper) -> Record | None:
    """The record with the I² of a pooled line: the line itself, or the line of heterogeneity right below it."""
    records = paper.tables[line.record.exhibit].records
    place = records.index(line.record)
    below = records[place + 1 : place + 2]
    of_line = [line.record, *(one for one in below if one["kind"] == "heterogeneity")]
    return next((record for record in of_line if record["i2"]), None)


def _is_doubted(records: Sequence[Record], paper: Paper) -> bool:
    cells = {(record.exhibit, record.row, name) for record in records for name in ("i2", "p")}
    return any((one["exhibit"], one["row"], one["column"]) in cells for one in paper.readings)


def _against_heterogeneity(claim: Record, records: Sequence[Record]) -> Answer:
    if any(_same_i2(claim.number("value"), record.number("i2")) for record in records):
        p = claim.number("p")
        printed = [number for record in records if (number := record.number("p")) is not None]
        if p is None or not printed or any(p.overlaps(one.low, one.high) for one in printed):
            return None
        message = f"P of heterogeneity {p}, but {records[0].place} has {printed[0]}"
        return Fault(message, printed[0].text, claim, "p", ("value", "p"), tuple(records))
    record = records[0]
    message = f"I² = {claim['value']} %, but {record.place} has {record['i2']} % for this pooled value"
    return Fault(message, record["i2"], claim, "value", ("value",), tuple(records))


def _same_i2(mine: Printed | None, its: Printed | None) -> bool:
    """Whether two I² are equal within their rounding, or one unit of the coarser of the two apart."""
    if mine is None or its is None:
        return True
    unit = max(mine.high - mine.low, its.high - its.low)
    return mine.overlaps(its.low, its.high) or abs(mine.value - its.value) <= SLIGHT_I2_UNITS * unit


@check("CLM018", "unlikely")
def p_in_text_is_not_that_of_its_row(paper: Paper) -> Answers:
    """The text repeats estimate and interval of a row of a table, but with a P value that the row does not have.

    Why it matters
        One of the two P values belongs to another comparison, or has a wrong digit.

    Fires on
        claims: claims
        row  section  text            measure       value  ci_low  ci_high  p
        1    results  HR 1.68 (1.07   hazard_ratio  1.68   1.07    2.63     0.25

        table2: results
        row  cell  outcome  statistic  measure  estimate  ci_low  ci_high  p
        1    2     Sarcoma  effect     HR       1.68      1.07    2.63     -
        1    3     Sarcoma  p          -        -         -       -        0.025

    Silent on
        claims: claims
        row  section  text            measure       value  ci_low  ci_high  p
        1    results  HR 1.68 (1.07   hazard_ratio  1.68   1.07    2.63     <0.05
        2    results  HR 1.68 (1.07   hazard_ratio  1.68   1.07    2.63     0.03

        table2: results
        row  cell  outcome  statistic  measure  estimate  ci_low  ci_high  p
        1    2     Sarcoma  effect     HR       1.68      1.07    2.63     -
        1    3     Sarcoma  p          -        -         -       -        0.025

    Not checkable on
        claims: claims
        row  section  text            measure       value  ci_low  ci_high  p
        1    results  HR 1.78 (1.17   hazard_ratio  1.78   1.17    2.73     0.25

        table2: results
        row  cell  outcome  statistic  measure  estimate  ci_low  ci_high  p
        1    2     Sarcoma  effect     HR       1.68      1.07    2.63     -
        1    3     Sarcoma  p          -        -         -       -        0.025
    """
    plots = {table.name for table in paper.of("forest")}
    lines = [line for line in printed_intervals(paper) if line.record.exhibit not in plots]
    for claim in paper_claims(paper) if lines else ():
        p = claim.number("p")
        if p is not None and claim["value"] and claim["ci_low"]:
            yield _against_rows(claim, p, repeated_lines(claim, lines, paper), paper)


def _against_rows(claim: Record, p: Printed, found: Sequence[PrintedInterval], paper: Paper) -> Answer:
    places = {line.record.place for line in found}
    if len(places) != 1:
        return NO_ROW
    line = found[0]
    row = [one for one in paper.tables[line.record.exhibit].records if one.row == line.record.row and one["p"]]
    printed = [number for one in row if (number := one.number("p")) is not None]
    if not printed:
        return NO_P
    if any(p.overlaps(one.low, one.high) for one in printed):
        return None
    if is_of_other_analysis(claim) or is_doubtful(line, paper) or _is_doubted(row, paper):
        return NotCheckable("the sentence may speak of another analysis, or the row is a doubtful reading")
    message = f"P = {claim['p']}, but {line.record.place} has {', '.join(one.text for one in printed)} for {line}"
    return Fault(message, printed[0].text, claim, "p", ("value", "p"), tuple(row))
