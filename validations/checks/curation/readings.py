"""RDR: cells that were read in two ways."""

from validations.checks.curation.reading_faults import code_of, faults_of_code, reading_fault
from validations.inference.readings import arithmetic_decides
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR001", "reading")
def reading_in_doubt(paper: Paper) -> Answers:
    """A cell was read in two ways, or its text could not be understood.

    Why it matters
        A value that no second reading confirms may be our mistake and not the paper's. Look at the page; if the
        published value is wrong, repair it with a [[misread]] entry in the card of the paper. (Where the arithmetic of
        the row allows only the published value, RDR009 says so instead.)

    Fires on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001

    Silent on
        table1: characteristics, N = 51
        row  label  n   percent
        1    Male   24  47.1

        readings: readings
        exhibit  row  column  published  reader      reading  evidence                         code
        table1   1    n       24         camelot     21       pdfplumber reads it 24           RDR001
        table1   1    n       24         pdfplumber  Z4       repaired by the card: Z is 2     RDR002
    """
    for doubt in paper.readings:
        waits = code_of(doubt) == "RDR001" and not arithmetic_decides(paper, doubt)
        yield reading_fault(paper, doubt) if waits else None


@check("RDR002", "note")
def reading_repaired(paper: Paper) -> Answers:
    """A cell was misread, and its published value was corrected by a person or by a proof.

    Why it matters
        The published value is not the one that the software read. Whoever relies on it may want to look at the page.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                         code
        table1   3    n       24         pdfplumber  Z4       repaired by the card: Z is 2     RDR002

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR002")


@check("RDR009", "note")
def reading_confirmed_by_its_row(paper: Paper) -> Answers:
    """A cell was read in two ways, and the arithmetic of its row allows only the published value.

    Why it matters
        The other numbers of the row confirm the published value. The other reading is a slip of one reader.

    Fires on
        table1: characteristics, N = 51
        row  label  n   percent
        1    Male   24  47.1

        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   1    n       24         camelot  21       pdfplumber reads it 24   RDR001

    Silent on
        table1: characteristics, N = 51
        row  label  n   percent
        1    Male   21  47.1

        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   1    n       21         camelot  24       pdfplumber reads it 21   RDR001
    """
    for doubt in paper.readings:
        yield reading_fault(paper, doubt) if code_of(doubt) == "RDR001" and arithmetic_decides(paper, doubt) else None
