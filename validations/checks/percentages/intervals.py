"""CIN: proportions with their intervals. Those of ratios and differences are the matter of EFF."""

from validations.inference.interval_methods import (
    Proportion,
    counts_that_fit,
    explained_by,
    find_method,
    find_proportions,
    interval,
    share_fits,
    spelt,
)
from validations.inference.pooling.plots import MOST_ROWS
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.statistics.proportions import METHODS
from validations.statistics.rounding import to_print
from validations.tables import Table

LIMITS = ("estimate", "ci_low", "ci_high")
COUNTS = ("events", "cr", "pr", "total")


def _fault(row: Proportion, message: str, expected: str, column: str) -> Fault:
    return Fault(message, expected, row.record, column, (*COUNTS, *LIMITS))


def _printed(row: Proportion) -> str:
    return f"{row.estimate} ({row.low} to {row.high})"


def _of(row: Proportion) -> str:
    return f"{row.events}/{row.total}"


def _no_interval(row: Proportion) -> NotCheckable | None:
    """Why the interval of a row cannot be computed; None where it can."""
    if not row.one_sample:
        return NotCheckable("pooled of several studies")
    if not row.possible:
        return NotCheckable("events and total are not both printed, or contradict each other")
    return None


def _too_long(table: Table) -> Answers:
    """The answer for what is called a forest plot and cannot be one."""
    if table.schema == "forest" and len(table.frame) > MOST_ROWS:
        yield NotCheckable(f"no printed forest plot has more than {MOST_ROWS} rows")


@check("CIN001", "impossible")
def interval_by_no_method(table: Table) -> Answers:
    """The interval of a proportion is not that of its counts by any method, while one method gives the other rows.

    Why it matters
        An interval follows from events and total alone: one of the four numbers is wrong. The method is inferred from
        all rows of the plot and named in checks.csv. A meta-analysis takes the counts as they stand.

    Fires on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
        study  Blay 2023    97     17      0.18      0.11    0.27
        study  Chen 2023    52     19      0.37      0.24    0.51
        study  Naing 2021   17     1       0.06      0.02    0.29

    Silent on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
        study  Blay 2023    97     17      0.18      0.11    0.27
        study  Chen 2023    52     19      0.37      0.24    0.51

    Not checkable on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
    """
    yield from _too_long(table)
    method = find_method(table)
    if method is not None:
        yield Noted(str(method))
    for row in find_proportions(table):
        yield _no_interval(row) or (
            NotCheckable("no method gives the column") if method is None else _against(row, table)
        )


def _against(row: Proportion, table: Table) -> Answer:
    method = find_method(table)
    if method is None or row.events is None or row.total is None or explained_by(row, [method.level]):
        return None
    right = spelt(row, *interval(method, row.events, row.total))
    fitting = counts_that_fit(row, method)
    expected = f"{right}, or counts {fitting}" if fitting else right
    message = f"{method} gives {_of(row)} the interval {right}, printed is {row.low} to {row.high}"
    return _fault(row, message, expected, _wrong_limit(row, *interval(method, row.events, row.total)))


def _wrong_limit(row: Proportion, low: float, high: float) -> str:
    """The column of the limit that is not as computed, the lower one where neither is."""
    return "ci_high" if row._replace(high=row.low).shows(low, low) else "ci_low"


@check("CIN002", "unlikely")
def interval_by_another_method(table: Table) -> Answers:
    """The interval of a proportion is by another method than those of the other rows.

    Why it matters
        Software computes a column by one method. A row by another one was taken from the study's own report, typed, or
        its limit is a slip that another method happens to give.

    Fires on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
        study  Blay 2023    97     17      0.18      0.11    0.27
        study  Chen 2023    52     19      0.37      0.24    0.51
        study  Naing 2021   17     1       0.06      0.01    0.27

    Silent on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
        study  Blay 2023    97     17      0.18      0.11    0.27
        study  Chen 2023    52     19      0.37      0.24    0.51
        study  Naing 2021   17     1       0.06      0.00    0.29
    """
    yield from _too_long(table)
    method = find_method(table)
    for row in find_proportions(table):
        reason = _no_interval(row) or (NotCheckable("no method gives the column") if method is None else None)
        others = explained_by(row, [method.level]) if method and not reason and not row.fits(method) else []
        if others and method and row.events is not None and row.total is not None:
            right = spelt(row, *interval(method, row.events, row.total))
            message = f"{row.low} to {row.high} is {others[0]} of {_of(row)}, the other rows are {method}"
            yield _fault(row, message, right, _wrong_limit(row, *interval(method, row.events, row.total)))
        else:
            yield reason


@check("CIN003", "unlikely")
def no_method_gives_column(table: Table) -> Answers:
    """No known method gives these intervals of proportions, and none those of the plot.

    Why it matters
        Every usual method of an interval was tried on the printed counts. Intervals that none gives are of other
        counts than those printed, or were made by a model that the paper should name.

    Fires on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.10    0.27
        study  Blay 2023    97     17      0.18      0.14    0.23
        study  Chen 2023    52     19      0.37      0.30    0.45

    Silent on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
        study  Blay 2023    97     17      0.18      0.11    0.27
        study  Chen 2023    52     19      0.37      0.24    0.51

    Not checkable on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.17      0.07    0.33
    """
    rows = [row for row in find_proportions(table) if _no_interval(row) is None]
    strange = [row.record for row in rows if not explained_by(row)] if find_method(table) is None else []
    if strange:
        message = f"none of {len(METHODS)} methods gives the intervals of {len(strange)} of {len(rows)} rows"
        yield Fault(message, "", strange[0], "ci_low", (*COUNTS, *LIMITS), tuple(strange[1:]))
    elif find_method(table) is not None:
        yield None
    elif rows:
        yield NotCheckable("too few rows to tell the method")


@check("CIN004", "impossible")
def proportion_not_of_its_counts(table: Table) -> Answers:
    """A printed proportion is not events / total.

    Why it matters
        The proportion of a single study is a plain division; one of three numbers is wrong.

    Fires on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tawbi 2017   40     7       0.27      0.07    0.33

    Silent on
        fig2: forest
        kind   label        total  events  estimate  ci_low  ci_high
        study  Tian 2024    40     9       0.22      0.11    0.38
        study  Tian 2025    40     9       0.23      0.11    0.38
        study  None at all  42     0       0.00      0.00    0.08
    """
    yield from _too_long(table)
    for row in find_proportions(table):
        reason = _no_interval(row)
        if reason or share_fits(row) or row.events is None or not row.total:
            yield reason
        else:
            right = to_print(row.per * row.events / row.total, row.estimate.decimals)
            yield _fault(row, f"{_of(row)} is {right}, printed is {row.estimate}", right, "estimate")


@check("CIN005", "impossible")
def proportion_outside_interval(table: Table) -> Answers:
    """A proportion lies outside its own interval, or the limits are reversed.

    Why it matters
        An interval is built around its estimate; one of the three numbers is wrong.

    Fires on
        fig2: forest
        kind     label    total  events  estimate  ci_low  ci_high
        overall  Overall  100    20      0.16      0.18    0.21

    Silent on
        fig2: forest
        kind     label    total  events  estimate  ci_low  ci_high
        overall  Overall  100    16      0.16      0.12    0.21
        study    One arm  42     0       0.00      0.00    0.08
    """
    yield from _too_long(table)
    for row in find_proportions(table):
        ordered = (
            row.low.low <= row.estimate.high and row.estimate.low <= row.high.high and row.low.low <= row.high.high
        )
        halved = not ordered and row.one_sample and explained_by(row)  # 0 of 3 with halves added: 0.00 (0.01 to 0.73)
        message = f"{row.estimate} is not between {row.low} and {row.high}"
        yield None if ordered or halved else _fault(row, message, f"{row.low} to {row.high}", "estimate")


@check("CIN006", "unlikely")
def limit_beyond_zero_or_one(table: Table) -> Answers:
    """A limit of a proportion is below 0 or above 1.

    Why it matters
        No proportion is. Normal intervals of small counts reach there, and should not be used for them; else it is a
        slip.

    Fires on
        fig2: forest
        kind   label     total  events  estimate  ci_low  ci_high
        study  Few 2020  20     1       0.05      -0.05   0.15

    Silent on
        fig2: forest
        kind   label     total  events  estimate  ci_low  ci_high
        study  Few 2020  20     1       0.05      0.00    0.25
        study  All 2020  20     20      1.00      0.83    1.00
    """
    yield from _too_long(table)
    for row in find_proportions(table):
        beyond = "ci_low" if row.low.high < 0 else "ci_high" if row.high.low > row.per else ""
        message = f"{_printed(row)} reaches beyond 0 to {row.per}"
        yield _fault(row, message, f"within 0 to {row.per}", beyond) if beyond else None
