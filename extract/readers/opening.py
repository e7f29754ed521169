"""Opening a PDF: every way in which it can be no PDF that we can read is said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfDocument, PdfiumError

from extract.errors import UnreadableError
from extract.readers.limits import MB, Limits

PASSWORD_WANTED = 4  # FPDF_ERR_PASSWORD
HEAD_BYTES = 1024  # the header may stand anywhere in them (PDF 1.7, implementation note 13)


def refuse_what_is_no_pdf(path: Path) -> None:
    """Raise UnreadableError unless `path` is a file that begins like a PDF."""
    if not path.exists():
        raise UnreadableError(f"{path}: there is no such file; give the path of a PDF")
    if not path.is_file():
        raise UnreadableError(f"{path}: a PDF file was expected, this is {'a folder' if path.is_dir() else 'no file'}")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error
    if not head:
        raise UnreadableError(f"{path}: the file is empty (0 bytes); download it again")
    if b"%PDF-" not in head:
        raise UnreadableError(f"{path}: not a PDF: it begins with {head[:8]!r} where %PDF- was expected")


def refuse_what_is_over(path: Path, password: str | None, limits: Limits) -> None:
    """Raise UnreadableError for a PDF that is too large or has too many pages, or that cannot be opened at all."""
    refuse_what_is_no_pdf(path)
    size = path.stat().st_size
    if size > limits.megabytes * MB:
        found = f"the file has {size / MB:.1f} MB, more than {limits.megabytes} MB"
        raise UnreadableError(f"{path}: {found}; raise --max-mb to read it all the same")
    with open_fast(path, password) as document:
        count = len(document)
    if count > limits.pages:
        found = f"the PDF has {count} pages, more than {limits.pages}"
        raise UnreadableError(f"{path}: {found}; raise --max-pages to read it all the same")


@contextmanager
def open_fast(path: Path, password: str | None = None) -> Iterator[PdfDocument]:
    """The document in pdfium, which finds things on all pages quickly."""
    refuse_what_is_no_pdf(path)
    try:
        document = PdfDocument(path, password=password)
    except PdfiumError as error:
        raise UnreadableError(f"{path}: {reason(error, password)}") from error
    try:
        yield document
    except PdfiumError as error:
        raise UnreadableError(f"{path}: a page of the PDF is damaged ({error}); download it again") from error
    finally:
        document.close()


def reason(error: PdfiumError, password: str | None) -> str:
    if getattr(error, "err_code", None) == PASSWORD_WANTED or "password" in str(error).lower():
        return "the password is wrong" if password else "the PDF is encrypted; give its password with --password"
    return f"the PDF is damaged and cannot be opened ({error}); download it again"


@contextmanager
def open_thorough(path: Path, password: str | None = None) -> Iterator[PDF]:
    """The document in pdfplumber, which knows every character and line of a page."""
    refuse_what_is_no_pdf(path)
    try:
        document = pdfplumber.open(path, password=password or "")
    except (PdfminerException, PDFException) as error:
        raise UnreadableError(f"{path}: the PDF cannot be opened ({cause_of(error)})") from error
    try:
        yield document
    except (PdfminerException, PDFException) as error:
        raise UnreadableError(f"{path}: a page of the PDF is damaged ({cause_of(error)}); download it again") from error
    finally:
        document.close()


def cause_of(error: Exception) -> str:
    """The kind of fault that pdfminer stumbled over; pdfplumber wraps it."""
    return type(error.args[0] if error.args else error).__name__
