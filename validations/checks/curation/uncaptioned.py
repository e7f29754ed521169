"""RDR: tables that were found without a caption."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR022", "reading")
def table_uncaptioned(paper: Paper) -> Answers:
    """A table has no caption and no drawn grid: its columns of numbers alone show that it is a table.

    Why it matters
        A caption says what a table holds and where it begins. Without a caption, a list, the text of a figure or a part
        of another table may be read as a table. Look at the page.

    Fires on
        readings: readings
        exhibit   row  column  published  reader      reading  evidence                                     code
        table_p4  -    -       -          pdfplumber  -        no caption: found by its columns of numbers  RDR022

    Silent on
        readings: readings
        exhibit   row  column  published  reader      reading  evidence                                  code
        table4    -    -       -          pdfplumber  -        not read: read 18 rows, the card says 19    RDR020
    """
    yield from faults_of_code(paper, "RDR022")
