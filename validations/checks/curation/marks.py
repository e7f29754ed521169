"""RDR: drawn marks and printed rows of a forest plot that do not belong together."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR012", "reading")
def mark_without_row(paper: Paper) -> Answers:
    """A forest plot draws a mark without a printed row, or a row has no mark or its numbers are only drawn.

    Why it matters
        Each study of a forest plot has a row of text and a mark. Where one of the two is missing, a row may be lost, or
        its numbers stand in the drawing only. Look at the page.

    Fires on
        readings: readings
        exhibit  row  column    published  reader   reading  evidence                                    code
        fig2     3    estimate  -          drawing  -        a mark is drawn here, and no row was found  RDR012

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence             code
        fig2     3    estimate  0.85       rapidocr  0.85     OCR confidence 0.61  RDR010
    """
    yield from faults_of_code(paper, "RDR012")
