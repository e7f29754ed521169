"""RDR: parts of a table that may be missing."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR013", "reading")
def part_of_table_missing(paper: Paper) -> Answers:
    """A table goes on over pages, and a part of it may be missing or belong to another table.

    Why it matters
        A table that ends at the foot of a page without a last rule, or that says "continued on next page", has more
        rows. If they were not found, the published table is incomplete. Look at the next page.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                      code
        table2   -    -       -          pdfplumber  -        page 4 says that the table goes on, no rest   RDR013

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table2   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR013")
