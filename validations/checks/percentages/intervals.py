"""CIN: intervals of proportions against the method that gives the other rows. (Ratios and differences: see EFF.)"""

from validations.inference.interval_methods import (
    Proportion,
    counts_that_fit,
    explained_by,
    find_method,
    find_proportions,
    interval_by,
    printed_limits,
)
from validations.inference.pooling.plots import MOST_ROWS
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.statistics.proportions import INTERVAL_METHODS
from validations.tables import Table

_LIMITS = ("estimate", "ci_low", "ci_high")
_COUNTS = ("events", "cr", "pr", "total")


def proportion_fault(row: Proportion, message: str, expected: str, column: str) -> Fault:
    """The fault at a proportion. It quotes counts, estimate and limits."""
    return Fault(message, expected, row.record, column, (*_COUNTS, *_LIMITS))


def events_of_total(row: Proportion) -> str:
    """Events and total as a fraction: 7/40"""
    return f"{row.events}/{row.total}"


def no_interval(row: Proportion) -> NotCheckable | None:
    """Why the interval of a row cannot be computed; None if it can."""
    if not row.one_sample:
        return NotCheckable("the row pools several studies")
    if not row.possible:
        return NotCheckable("events or total is not printed, or the two contradict each other")
    return None


def too_long_for_a_plot(table: Table) -> Answers:
    """NotCheckable for a forest plot with more rows than a printed one has; else nothing."""
    if table.schema == "forest" and len(table.frame) > MOST_ROWS:
        yield NotCheckable(f"more than {MOST_ROWS} rows: no printed forest plot has so many")


@check("CIN001", "impossible")
def interval_by_no_method(table: Table) -> Answers:
    """No method gives the interval of a proportion from its counts, although one method gives the other rows.

    Why it matters
        An interval follows from events and total alone, so one of the four numbers is wrong. A meta-analysis uses the
        counts as printed. (The method is inferred from all rows of the plot and named in checks.csv.)

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
    yield from too_long_for_a_plot(table)
    method = find_method(table)
    if method is not None:
        yield Noted(str(method))
    for row in find_proportions(table):
        yield no_interval(row) or (
            NotCheckable("no method gives the intervals of the column") if method is None else _against(row, table)
        )


def _against(row: Proportion, table: Table) -> Answer:
    method = find_method(table)
    if method is None or row.events is None or row.total is None or explained_by(row, [method.level]):
        return None
    right = printed_limits(row, *interval_by(method, row.events, row.total))
    fitting = counts_that_fit(row, method)
    expected = f"{right}, or counts {fitting}" if fitting else right
    message = f"the interval of {events_of_total(row)} by {method} is {right}, printed is {row.low} to {row.high}"
    return proportion_fault(row, message, expected, _wrong_limit(row, *interval_by(method, row.events, row.total)))


def _wrong_limit(row: Proportion, low: float, high: float) -> str:
    """The column of the limit that differs from the computed one; the lower limit if both differ."""
    return "ci_high" if row._replace(high=row.low).shows(low, low) else "ci_low"


@check("CIN002", "unlikely")
def interval_by_another_method(table: Table) -> Answers:
    """The interval of a proportion comes from another method than the intervals of the other rows.

    Why it matters
        Software computes a column by one method. A row by another method was copied from the report of the study, or
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
    yield from too_long_for_a_plot(table)
    method = find_method(table)
    for row in find_proportions(table):
        reason = no_interval(row) or (
            NotCheckable("no method gives the intervals of the column") if method is None else None
        )
        others = explained_by(row, [method.level]) if method and not reason and not row.fits(method) else []
        if others and method and row.events is not None and row.total is not None:
            right = printed_limits(row, *interval_by(method, row.events, row.total))
            message = (
                f"{row.low} to {row.high} is the interval of {events_of_total(row)} by {others[0]}, "
                f"the other rows are by {method}"
            )
            yield proportion_fault(row, message, right, _wrong_limit(row, *interval_by(method, row.events, row.total)))
        else:
            yield reason


@check("CIN003", "unlikely")
def no_method_gives_column(table: Table) -> Answers:
    """No known method gives the intervals of proportions in the plot.

    Why it matters
        All usual methods were tried on the printed counts. The intervals come from other counts, or from a model that
        the paper should name.

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
    rows = [row for row in find_proportions(table) if no_interval(row) is None]
    strange = [row.record for row in rows if not explained_by(row)] if find_method(table) is None else []
    if strange:
        message = f"none of {len(INTERVAL_METHODS)} methods gives the intervals of {len(strange)} of {len(rows)} rows"
        yield Fault(message, "", strange[0], "ci_low", (*_COUNTS, *_LIMITS), tuple(strange[1:]))
    elif find_method(table) is not None:
        yield None
    elif rows:
        yield NotCheckable("too few rows to tell the method")
