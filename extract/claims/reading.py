"""From a file to the claims that its running text makes."""

from pathlib import Path

from extract.claims.claim import Claim
from extract.claims.figures.lexicon import terms_of
from extract.claims.statements import claims_in
from extract.claims.text import pdf_lines as running
from extract.claims.text import text_lines as plain
from extract.claims.text.sections import paragraphs_of, paragraphs_of_plain
from extract.pdf.opening import HEAD_BYTES, refuse_non_pdf


def read_claims(path: Path, pages: range | None = None, password: str | None = None) -> list[Claim]:
    """Every figure that the running text of a PDF or of a plain text file states, in reading order.

    Raises UnreadableError where the file cannot be read, UsageError where a page is asked for that it does not have.
    """
    if is_pdf(path):
        paragraphs = paragraphs_of(running.read_lines(path, pages, password))
    else:
        paragraphs = paragraphs_of_plain(plain.read_lines(path))
    terms = terms_of(paragraphs)
    return [claim for paragraph in paragraphs for claim in claims_in(paragraph, terms)]


def is_pdf(path: Path) -> bool:
    """Whether a file begins like a PDF, or is called one; UnreadableError where there is none."""
    if path.suffix.lower() != ".txt":
        refuse_non_pdf(path)
        return True
    return path.is_file() and b"%PDF-" in path.open("rb").read(HEAD_BYTES)
