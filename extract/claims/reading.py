"""From a file to the claims that its running text makes."""

from collections.abc import Sequence
from pathlib import Path

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures.lexicon import terms_of
from extract.claims.statements import claims_in
from extract.claims.text.pdf_lines import lines_in
from extract.claims.text.sections import paragraphs_of, paragraphs_of_plain
from extract.claims.text.text_lines import read_lines
from extract.page.document import Document, open_document
from extract.pdf.opening import HEAD_BYTES, refuse_non_pdf


def read_claims(path: Path, pages: range | None = None, password: str | None = None) -> list[Claim]:
    """Every figure that the running text of a PDF or of a plain text file states, in reading order.

    Raises UnreadableError where the file cannot be read, UsageError where a page is asked for that it does not have.
    """
    if is_pdf(path):
        with open_document(path, password) as document:
            return claims_in_document(document, pages)
    return _claims_in_paragraphs(paragraphs_of_plain(read_lines(path)))


def claims_in_document(document: Document, pages: range | None = None) -> list[Claim]:
    """The same of a PDF that is open."""
    return _claims_in_paragraphs(paragraphs_of(lines_in(document, pages)))


def _claims_in_paragraphs(paragraphs: Sequence[Paragraph]) -> list[Claim]:
    terms = terms_of(paragraphs)
    return [claim for paragraph in paragraphs for claim in claims_in(paragraph, terms)]


def is_pdf(path: Path) -> bool:
    """Whether a file begins like a PDF, or is called one; UnreadableError where there is none."""
    if path.suffix.lower() != ".txt":
        refuse_non_pdf(path)
        return True
    return path.is_file() and b"%PDF-" in path.open("rb").read(HEAD_BYTES)
