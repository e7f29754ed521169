"""The claims that the running text of a file states."""

from collections.abc import Sequence
from pathlib import Path

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures.lexicon import terms_of
from extract.claims.statements import claims_in
from extract.claims.text.pdf_lines import lines_of_document
from extract.claims.text.sections import paragraphs_of, paragraphs_of_plain
from extract.claims.text.text_lines import read_text_lines
from extract.errors import PartFaults, place_of_part
from extract.page.document import Document, open_document
from extract.pdf.opening import is_plain_text, refuse_non_pdf


def read_claims(
    path: Path, pages: range | None = None, password: str | None = None, faults: PartFaults | None = None
) -> list[Claim]:
    """Return the claims of a PDF or a plain text file, in reading order.

    UnreadableError if the file cannot be read, UsageError if a PDF has none of the pages. Plain text has no pages. A
    page or paragraph that cannot be read costs no other one: `faults` keeps it.
    """
    faults = faults or PartFaults(path)
    if is_pdf(path):
        with open_document(path, password, faults) as document:
            claims = claims_in_document(document, pages)
    else:
        claims = claims_in_paragraphs(paragraphs_of_plain(read_text_lines(path)), faults)
    faults.raise_without(claims)
    return claims


def claims_in_document(document: Document, pages: range | None = None) -> list[Claim]:
    """Return the claims of an open PDF, in reading order; UsageError if it has none of the pages."""
    return claims_in_paragraphs(paragraphs_of(lines_of_document(document, pages)), document.faults)


def claims_in_paragraphs(paragraphs: Sequence[Paragraph], faults: PartFaults) -> list[Claim]:
    """Return the claims of all paragraphs of a paper, read with the terms that the paper defines."""
    terms, claims = terms_of(paragraphs), list[Claim]()
    for number, paragraph in enumerate(paragraphs, 1):
        page = paragraph.places[0][1].page if paragraph.places else 0
        with faults.within(place_of_part(page, f"paragraph {number} of the text"), "", page):
            claims += claims_in(paragraph, terms)
    return claims


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF: a .txt file if it begins like one, any other file always.

    UnreadableError if a file that is not called .txt does not begin like a PDF.
    """
    if is_plain_text(path):
        return False
    refuse_non_pdf(path)
    return True
