"""RDR: characters and glyphs that were hard to recognise."""

from validations.checks.curation.reading_faults import code_of, faults_of_code, reading_fault
from validations.inference.readings import printed_again
from validations.registry import Answers, check
from validations.tables import Paper


@check("RDR007", "note")
def character_repaired(paper: Paper) -> Answers:
    """A character of the text layer was replaced by the character that its glyph shows.

    Why it matters
        Some fonts draw a sign where their text layer has a letter, a digit or nothing. The published value is what the
        page shows; text copied from the PDF has the other character.

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
    """A glyph contradicts the text layer or is unmapped, and no proof decides which character it is.

    Why it matters
        A minus sign or a digit may be missing or wrong. Look at the page; if the published value is wrong, repair it
        with a [[misread]] entry in the card of the paper.

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


@check("RDR016", "reading")
def text_struck_out(paper: Paper) -> Answers:
    """Text of a cell is struck out on the page, and the published value is without it.

    Why it matters
        A line through a number says that it no longer holds: a correction, or the tracked changes of a manuscript. Look
        at the page and decide whether what remains is the value.

    Fires on
        readings: readings
        exhibit  row  column  published  reader      reading  evidence                                    code
        table1   3    n       24         text layer  21 24    struck out on the page and left out: 21     RDR016

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                 code
        table1   3    n       24         camelot  21       pdfplumber reads it 24   RDR001
    """
    yield from faults_of_code(paper, "RDR016")


@check("RDR010", "reading")
def glyph_in_doubt(paper: Paper) -> Answers:
    """A cell of a picture was read with low confidence, and nothing confirms it.

    Why it matters
        Text in a picture is recognised by its shapes, and some digits look alike in small type. Neither the rest of the
        row, nor the drawing, nor another table or the text confirms this one. Look at the page; if the published value
        is wrong, repair it with a [[misread]] entry in the card of the paper.

    Fires on
        readings: readings
        exhibit  row  column    published  reader    reading  evidence             code
        fig2     3    estimate  0.85       rapidocr  0.85     OCR confidence 0.61  RDR010

    Silent on
        fig2: forest
        row  kind     label  estimate  ci_low  ci_high
        12   overall  Total  0.79      0.58    0.98

        claims: claims
        section  text                       measure  value  ci_low  ci_high
        results  the pooled risk was 0.785  rr       0.785  0.580   0.984

        readings: readings
        exhibit  row  column    published  reader    reading  evidence                                       code
        fig2     12   ci_high   0.98       rapidocr  0.98     drawn at 0.961                                 RDR010
        fig2     3    estimate  0.35       rapidocr  0.85     OCR confidence 0.61; 7/20 gives 0.35 and 0.15  RDR011
    """
    for doubt in paper.readings:
        waits = code_of(doubt) == "RDR010" and not printed_again(paper, doubt)
        yield reading_fault(paper, doubt) if waits else None


@check("RDR011", "note")
def glyph_decided_by_its_row(paper: Paper) -> Answers:
    """A number of a picture was read with low confidence, and the rest of its row decided the published value.

    Why it matters
        The published value is not what the software recognised first: a number has no letters, or only one of the
        digits that look alike fits the counts, the interval or the drawing of the row.

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
