"""RDR: cells whose shape, row or digits are in doubt."""

from validations.checks.curation.reading_faults import code_of, faults_of_code, reading_fault
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR003", "reading")
def odd_shape(paper: Paper) -> Answers:
    """A cell does not have the shape of the other cells in its column.

    Why it matters
        A lost sign, an overlooked column or two joined rows leave such cells behind: two values where the column has
        one, words after a number, or a number with two decimal points.

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
    """A value may belong to another row.

    Why it matters
        A value under the wrong label is as wrong as a wrong value. The label of the row breaks off, is missing where
        other rows have one, or is itself in doubt.

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
    """A digit inside the table on the page is missing from its cells, marks, captions and notes.

    Why it matters
        Every digit of an exhibit is read exactly once. A missing digit is a lost value, or part of one.

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
    """A digit of a table is not on the page, or occurs there less often.

    Why it matters
        Every digit of an exhibit is read exactly once. A digit that was read twice belongs to only one of two cells.

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


@check("RDR015", "reading")
def rows_counted_otherwise(paper: Paper) -> Answers:
    """The second reader counts more rows of numbers in or below a table than were read.

    Why it matters
        Two rows that are read as one, or a row that is left out, change no digit of the other rows. The second reader
        counts the lines on which numbers stand side by side, whatever columns and rows the first one found.

    Fires on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                         code
        table4   -    -       -          camelot  -        10 rows of numbers; 9 were read  RDR015

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR015")


@check("RDR020", "reading")
def exhibit_missing(paper: Paper) -> Answers:
    """An exhibit of the card could not be read, and the paper was published without it.

    Why it matters
        The numbers of this exhibit are not published and not checked. Look at the page, correct the card and extract
        the paper again.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                  code
        table4   -    -       -          pdfplumber  -        not read: read 18 rows, the card says 19  RDR020

    Silent on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                    code
        table3   -    -       -          pdfplumber  -        the table may be continued  RDR003
    """
    for doubt in paper.readings:
        if not doubt["column"]:  # lines with a column are about cells, not about the whole exhibit
            yield reading_fault(paper, doubt) if code_of(doubt) == "RDR020" else None


@check("RDR021", "reading")
def exhibit_unread(paper: Paper) -> Answers:
    """An exhibit was drafted by software, and no person has compared it with its page.

    Why it matters
        The card says how many rows and which columns are printed, so that lost ones are noticed. In a drafted card
        these numbers come from the same reading and prove nothing. Compare the exhibit with its page, then remove
        `unread = true` from the card and extract the paper again.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                             code
        table2   -    -       -          pdfplumber  -        drafted and not read by a person     RDR021

    Silent on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                    code
        table3   -    -       -          pdfplumber  -        the table may be continued  RDR003
    """
    for doubt in paper.readings:
        if not doubt["column"]:
            yield reading_fault(paper, doubt) if code_of(doubt) == "RDR021" else None
