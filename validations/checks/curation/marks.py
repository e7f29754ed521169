"""RDR: drawn marks of a forest plot without a printed row, or measured wrongly."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.inference.drawings import rows_measured_wrongly
from validations.registry import Answers, Fault, check
from validations.tables import Paper, Table


@check("RDR012", "reading")
def mark_without_row(paper: Paper) -> Answers:
    """A forest plot draws a mark without a printed row, a row without mark, or a part that is not read.

    Why it matters
        Each study of a forest plot has a row of text and a mark. Where one of the two is missing, a row may be lost, or
        its numbers stand in the drawing only. A line without row is about the whole plot: a second column of intervals,
        for example, is not published. Look at the page.

    Fires on
        readings: readings
        exhibit  row  column    published  reader   reading  evidence                                    code
        fig2     3    estimate  -          drawing  -        a mark is drawn here, and no row was found  RDR012
        fig3     -    -         -          drawing  -        two marks stand beyond the last row         RDR012

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence             code
        fig2     3    estimate  0.85       rapidocr  0.85     OCR confidence 0.61  RDR010
    """
    yield from faults_of_code(paper, "RDR012")


@check("RDR023", "reading", by_panel=False)
def marks_measured_wrongly(table: Table) -> Answers:
    """The marks of several rows of a forest plot in a picture are not where the printed numbers are.

    Why it matters
        One such row may be the paper's error; several are errors of measuring: marks that touch, hollow diamonds, faint
        lines. The drawn values of these rows (`drawn_estimate` and the others) are not to be used, and prove nothing
        about the printed ones.

    Fires on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high  read_by
        study  Smith 2020  0.25      0.07    0.33     0.174           0.071          0.328         rapidocr+drawing
        study  Jones 2021  0.08      0.02    0.21     0.079           0.017          0.214         rapidocr+drawing
        study  Brown 2022  0.12      0.05    0.20     0.171           0.052          0.199         rapidocr+drawing

    Silent on
        fig2: forest
        kind   label       estimate  ci_low  ci_high  drawn_estimate  drawn_ci_low  drawn_ci_high  read_by
        study  Smith 2020  0.25      0.07    0.33     0.174           0.071          0.328         rapidocr+drawing
        study  Jones 2021  0.08      0.02    0.21     0.079           0.017          0.214         rapidocr+drawing
        study  Brown 2022  0.12      0.05    0.20     0.119           0.052          0.199         rapidocr+drawing
    """
    if table.schema != "forest":
        return
    rows = rows_measured_wrongly(table)
    if not rows:
        yield None
        return
    named = ", ".join(row.row for row in rows)
    message = f"the marks of rows {named} are not measured where the numbers are printed: do not use their drawn values"
    yield Fault(message, "", rows[0], "drawn_estimate", ("drawn_estimate",), rows[1:])
