"""RDR: drawn marks and printed rows of a forest plot that do not belong together."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


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
