"""RDR: what the XML of the paper says of our reading of its pages."""

from collections.abc import Iterator

from validations.checks.curation.reading_faults import code_of, faults_of_code
from validations.registry import Answers, Fault, check
from validations.tables import Paper

_JATS_READER = "jats"
_CONFIRMED = "RDR027"


@check("RDR026", "reading")
def page_and_xml_differ(paper: Paper) -> Answers:
    """A cell on the page and the same cell in the paper's XML differ.

    Why it matters
        The publisher typeset the table twice, and one of the two is wrong, or we misread the page. Look at the page: if
        it prints the published value, the XML is wrong, and whoever takes the table from there takes an error.

    Fires on
        readings: readings
        exhibit  row  column  published  reader  reading  evidence                                    code
        table1   3    n       24         jats    21       page and XML differ; the page reads '24'    RDR026

    Silent on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                                        code
        table1   3    n       24         camelot  21       the XML reads as the page (RDR001: ...)         RDR027
    """
    yield from _of_third_reading(paper, "RDR026")


@check("RDR027", "note")
def reading_confirmed_by_xml(paper: Paper) -> Answers:
    """A cell was in doubt, and the paper's XML reads as the page.

    Why it matters
        Two independent readings agree. The doubt came from the reader that is named.

    Fires on
        readings: readings
        exhibit  row  column  published  reader   reading  evidence                                        code
        table1   3    n       24         camelot  21       the XML reads as the page (RDR001: ...)         RDR027

    Silent on
        readings: readings
        exhibit  row  column  published  reader  reading  evidence                                    code
        table1   3    n       24         jats    21       page and XML differ; the page reads '24'    RDR026
    """
    yield from _of_third_reading(paper, _CONFIRMED)


@check("RDR028", "note")
def text_and_xml_differ(paper: Paper) -> Answers:
    """A figure of the running text stands only on the page, only in the paper's XML, or in another section.

    Why it matters
        The text of a page is read once. Where its XML says something else, look at the page before you rely on the
        figure; a figure that only the XML states may not have been read.

    Fires on
        readings: readings
        exhibit  row  column  published  reader  reading  evidence                                       code
        claims   3    text    -          jats    -        the XML does not state it: 'in 24 patients'    RDR028

    Silent on
        readings: readings
        exhibit  row  column  published  reader  reading  evidence                                    code
        table1   3    n       24         jats    21       page and XML differ; the page reads '24'    RDR026
    """
    yield from _of_third_reading(paper, "RDR028")


def _of_third_reading(paper: Paper, code: str) -> Iterator[Fault | None]:
    """The faults of a code; nothing where no XML was read."""
    if any(doubt["reader"] == _JATS_READER or code_of(doubt) == _CONFIRMED for doubt in paper.readings):
        yield from faults_of_code(paper, code)
