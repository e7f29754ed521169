"""RDR: characters and glyphs that were hard to recognise."""

from validations.checks.curation.reading_faults import faults_of_code
from validations.registry import Answers, check
from validations.tables import Paper


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
    yield from faults_of_code(paper, "RDR007")


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
    yield from faults_of_code(paper, "RDR008")


@check("RDR010", "reading")
def glyph_in_doubt(paper: Paper) -> Answers:
    """A cell of a picture was not read with certainty, and nothing confirms it.

    Why it matters
        The text of a picture is recognised by its shapes, and some digits look alike in small type. Neither the rest of
        the row nor the drawing says that this one is right. Look at the page; where the published value is wrong, the
        card of the paper takes a [[misread]] entry that repairs it.

    Fires on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence             code
        fig2     3    estimate  0.85       rapidocr  0.85     OCR confidence 0.61  RDR010

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence                                       code
        fig2     3    estimate  0.35       rapidocr  0.85     OCR confidence 0.61; 7/20 gives 0.35 and 0.15  RDR011
    """
    yield from faults_of_code(paper, "RDR010")


@check("RDR011", "note")
def glyph_settled(paper: Paper) -> Answers:
    """A number of a picture was not read with certainty, and is published as the rest of its row has it.

    Why it matters
        The published value is not what was recognised at first: no letter stands in a number, or of the digits that
        look alike only one fits the counts, the interval or the drawing of the row.

    Fires on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence                                       code
        fig2     3    estimate  0.35       rapidocr  0.85     OCR confidence 0.61; 7/20 gives 0.35 and 0.15  RDR011

    Silent on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence             code
        fig2     3    estimate  0.85       rapidocr  0.85     OCR confidence 0.61  RDR010
    """
    yield from faults_of_code(paper, "RDR011")
