"""RDR: cells in which our own reading of the page is in doubt."""

from collections.abc import Iterator, Mapping

from validations.inference.readings import settled
from validations.registry import Answers, Fault, check
from validations.tables import Paper, Record

REPAIRED = "repaired by the card"


@check("RDR001", "reading")
def reading_in_doubt(paper: Paper) -> Answers:
    """A cell was read in two ways, or what was read could not be understood.

    Why it matters
        A value that no second reading confirms may be ours and not the paper's. Where the arithmetic of the row allows
        only the published value, RDR009 says so instead. Look at the page; where the published
        value is wrong, the card of the paper takes a [[misread]] entry that repairs it.

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
        waits = _code(doubt) == "RDR001" and not settled(paper, doubt)
        yield _fault(paper, doubt) if waits else None


@check("RDR002", "note")
def reading_repaired(paper: Paper) -> Answers:
    """A cell was misread and is published as a person, or a proof, corrected it.

    Why it matters
        The published value is not what the software read; who relies on it may want to look at the page.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                         code
        table1   3    n       24         pdfplumber  Z4       repaired by the card: Z is 2     RDR002

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from _answers(paper, "RDR002")


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
    yield from _answers(paper, "RDR003")


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
    yield from _answers(paper, "RDR004")


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
    yield from _answers(paper, "RDR005")


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
    yield from _answers(paper, "RDR006")


@check("RDR007", "note")
def character_mended(paper: Paper) -> Answers:
    """A character of the text layer was replaced by the sign that its glyph shows.

    Why it matters
        Some fonts draw a sign where their text layer says a letter or a digit, or nothing. What the page shows is
        published; who copies the text from the PDF gets the other.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                         code
        table1   3    p       <0.001     text layer  b0.001   the text layer says b, the glyph is drawn <      RDR007

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from _answers(paper, "RDR007")


@check("RDR008", "reading")
def character_in_doubt(paper: Paper) -> Answers:
    """A character is not drawn as the text layer says, or that says nothing, and what it is could not be proved.

    Why it matters
        A minus sign or a digit may be missing or wrong. Look at the page; where the published value is wrong, the card
        of the paper takes a [[misread]] entry that repairs it.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                            code
        table1   3    n       24         text layer  24       the text layer says 4, the glyph is not drawn so    RDR008

    Silent on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                         code
        table1   3    p       <0.001     text layer  b0.001   the text layer says b, the glyph is drawn <      RDR007
    """
    yield from _answers(paper, "RDR008")


@check("RDR009", "note")
def reading_settled(paper: Paper) -> Answers:
    """A cell was read in two ways, and the arithmetic of its row allows only the published one.

    Why it matters
        The published value is confirmed by what else the row prints; the other reading is a slip of one reader.

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
        yield _fault(paper, doubt) if _code(doubt) == "RDR001" and settled(paper, doubt) else None


@check("RDR010", "reading")
def glyph_in_doubt(paper: Paper) -> Answers:
    """A cell of a picture was not read with certainty, and nothing confirms it.

    Why it matters
        The text of a picture is recognised by its shapes, and some digits look alike in small type. Neither the rest of
        the row nor the drawing says that this one is right. Look at the page; where the published value is wrong, the
        card of the paper takes a [[misread]] entry that repairs it.

    Fires on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence           code
        fig2     3    estimate  0.85       rapidocr  0.85     sure to 0.61 only  RDR010

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence                                       code
        fig2     3    estimate  0.35       rapidocr  0.85     sure to 0.61 only; 7/20 gives 0.35 and 0.15    RDR011
    """
    yield from _answers(paper, "RDR010")


@check("RDR011", "note")
def glyph_settled(paper: Paper) -> Answers:
    """A number of a picture was not read with certainty, and is published as the rest of its row has it.

    Why it matters
        The published value is not what was recognised at first: no letter stands in a number, or of the digits that
        look alike only one fits the counts, the interval or the drawing of the row.

    Fires on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence                                       code
        fig2     3    estimate  0.35       rapidocr  0.85     sure to 0.61 only; 7/20 gives 0.35 and 0.15    RDR011

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence           code
        fig2     3    estimate  0.85       rapidocr  0.85     sure to 0.61 only  RDR010
    """
    yield from _answers(paper, "RDR011")


def _answers(paper: Paper, code: str) -> Iterator[Fault | None]:
    """For each line of the readings, a fault where it has that code."""
    for doubt in paper.readings:
        yield _fault(paper, doubt) if _code(doubt) == code else None


def _code(doubt: Mapping[str, str]) -> str:
    """The code of a line; one of a table typed by hand may have none."""
    return doubt.get("code") or ("RDR002" if doubt["evidence"].startswith(REPAIRED) else "RDR001")


def _fault(paper: Paper, doubt: Mapping[str, str]) -> Fault:
    """The fault at the record that the line names, of several of one row that which holds the published value; at its
    column where it names a row that has no such record."""
    table = paper.tables.get(doubt["exhibit"])
    records = [record for record in (table.records if table else ()) if record.row == doubt["row"]]
    found = [record for record in records if record[doubt["column"]] == doubt["published"]]
    record = next(iter([*found, *records]), None) or Record(
        doubt["exhibit"], {"row": doubt["row"], doubt["column"]: doubt["published"]}
    )
    message = f"read {doubt['reading']!r} by {doubt['reader']}: {doubt['evidence']}"
    return Fault(message, doubt["reading"], record, doubt["column"], (doubt["column"],))
