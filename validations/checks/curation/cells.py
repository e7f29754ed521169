"""RDR: cells whose shape, row or digits are in doubt."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR003", "reading")
def odd_shape(paper: Paper) -> Answers:
    """A cell is not of the shape that the other cells of its column have.

    Why it matters
        Two values in a cell whose column has one, words behind a number or a number with two decimal points are what
        a sign that was lost, a column that was not seen or a row that was joined to the next leave behind.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading    evidence                        code
        table1   3    n       24         pdfplumber  24 31      two values, its column has one  RDR003

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR003")


@check("RDR004", "reading")
def row_in_doubt(paper: Paper) -> Answers:
    """It is in doubt to which row a value belongs.

    Why it matters
        A value under the wrong label is as wrong as a wrong value. The label of the row breaks off, is missing where
        the other rows have one, or is itself in doubt.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                              code
        table1   3    n       24         pdfplumber  24       the label of its row is not closed    RDR004

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR004")


@check("RDR005", "reading")
def digit_lost(paper: Paper) -> Answers:
    """A digit that stands on the page inside the table is in none of its cells, marks, captions and notes.

    Why it matters
        Every digit of an exhibit is read exactly once. One that is nowhere is a lost value, or a part of one.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                      code
        table1   3    n       2          pdfplumber  24       4 stands there and is lost    RDR005

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR005")


@check("RDR006", "reading")
def digit_invented(paper: Paper) -> Answers:
    """A digit of a table does not stand on the page, or not so often.

    Why it matters
        Every digit of an exhibit is read exactly once. One that is read twice belongs to one of two cells only.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                          code
        table1   3    n       244        pdfplumber  244      4 stands there once, not twice    RDR006

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR006")
