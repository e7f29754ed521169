"""GEO: marks, lines and squares of a forest plot against the printed numbers. The drawing prints estimates, intervals
and weights a second time."""

from collections.abc import Iterator

from validations.inference.drawings import Mark, astray, find_weight_squares, judged_marks, rows_measured_wrongly
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.tables import Table

_COLUMNS = {"estimate": "estimate", "low": "ci_low", "high": "ci_high", "weight": "weight"}


def _fault(mark: Mark, message: str) -> Fault:
    column = _COLUMNS[mark.quantity]
    return Fault(message, f"about {mark.drawn}", mark.record, column, (column, f"drawn_{column}"))


@check("GEO001", "unlikely")
def mark_not_at_estimate(table: Table) -> Answers:
    """The square or diamond of a row is not drawn at its printed estimate.

    Why it matters
        Software draws the plot from the data, but people may type the numbers. If the two differ, the number is a slip,
        or the row has another row's mark. The rest of the plot shows how exactly the drawing can be read.

    Fires on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high
        study  Smith 2020  0.25      0.07    0.33     0.174           0.071          0.328
        study  Jones 2021  0.08      0.02    0.21     0.079           0.017          0.214

    Silent on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high
        study  Smith 2020  0.17      0.07    0.33     0.174           0.071          0.328
        study  Jones 2021  0.08      0.02    0.21     0.079           0.017          0.214
    """
    yield from _placed(table, ("estimate",), "the mark is drawn at")


@check("GEO002", "unlikely")
def line_not_at_limits(table: Table) -> Answers:
    """The line or diamond of a row does not end at its printed confidence limit.

    Why it matters
        The width of the interval gives the study its weight. If a printed limit is not where it is drawn, one of them
        is wrong. Lines that are cut at the edge of the plot are left out.

    Fires on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high
        study  Smith 2020  0.17      0.07    0.53     0.174           0.071          0.328
        study  Jones 2021  0.08      0.02    0.21     0.079           0.017          0.214

    Silent on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high
        study  Smith 2020  0.17      0.07    0.33     0.174           0.071          0.328
        study  Cut at 1    2.20      0.90    5.40     2.190           0.901          -
    """
    yield from _placed(table, ("low", "high"), "the line ends at")


def _placed(table: Table, quantities: tuple[str, ...], how: str) -> Iterator[Answer]:
    several = rows_measured_wrongly(table)
    for mark, wrong in judged_marks(table):
        if mark.quantity not in quantities:
            continue
        if wrong and several:
            yield NotCheckable("the marks of several rows of the picture are measured wrongly")
        else:
            yield _fault(mark, f"{how} {mark.drawn}, printed is {mark.printed}") if wrong else None


@check("GEO003", "unlikely")
def square_not_of_weight(table: Table) -> Answers:
    """The square of a study is too large or too small for its printed weight.

    Why it matters
        Software sizes the squares by the weights that it computed with. The plot shows whether area or side stands for
        the weight; a square that does not follow the others has another weight than the printed one.

    Fires on
        fig2: forest
        kind   label  weight  drawn_weight
        study  A      8.67    8.71
        study  B      4.57    7.55
        study  C      6.38    6.40
        study  D      4.74    4.72
        study  E      8.02    8.05
        study  F      7.15    7.11
        study  G      8.54    8.58
        study  H      9.47    9.51

    Silent on
        fig2: forest
        kind   label  weight  drawn_weight
        study  A      8.67    8.71
        study  B      7.57    7.55
        study  C      6.38    6.40
        study  D      4.74    4.72
        study  E      8.02    8.05
        study  F      7.15    7.11
        study  G      8.54    8.58
        study  H      9.47    9.51

    Not checkable on
        fig2: forest
        kind   label  weight  drawn_weight
        study  A      60.1    58.71
        study  B      39.9    41.29
    """
    marks, how = find_weight_squares(table)
    if how:
        yield Noted(f"weights are drawn as the {how} of the squares")
    for mark, wrong in zip(marks, astray(marks), strict=True):
        message = f"the {how} of the square shows a weight of about {mark.drawn}, printed is {mark.printed}"
        yield (_fault(mark, message) if wrong else None) if how else NotCheckable("all squares have one size")
    if not marks and any(record["drawn_weight"] for record in table.records):
        yield NotCheckable("too few squares, or measured too roughly, to tell how they show the weights")
