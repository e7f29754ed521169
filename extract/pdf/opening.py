"""Opening a PDF: whatever makes a file unreadable is reported in one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from traceback import walk_tb

import pdfplumber
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfDocument, PdfiumError

from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.limits import Limits
from schemas.base.files import MB, FileError, MissingFileError, irregular_kind, too_large

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
HEAD_BYTES = 1024  # %PDF- may stand anywhere in them (PDF 1.7, implementation note 13)
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE_SIGNATURES = (PNG_SIGNATURE, b"\xff\xd8\xff")  # PNG, JPEG
TEXT_SUFFIX = ".txt"
XML_SUFFIXES = (".xml", ".nxml")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
CAUSE_LETTERS = 80  # of a library's message
PDF_LIBRARIES = ("pdfminer", "pdfplumber.page", "pdfplumber.pdf", "pypdfium2")


def refuse_irregular(path: Path, expected: str = "a PDF") -> None:
    """Raise UnreadableError unless `path` is a regular file: opening a pipe or a device may wait for ever."""
    try:
        kind = irregular_kind(path)
    except MissingFileError:
        raise UnreadableError(f"{path}: there is no such file; give the path of {expected}") from None
    except FileError as error:
        raise UnreadableError(str(error)) from None
    if kind:
        raise UnreadableError(f"{path}: expected {expected}, found {kind}")


def head_of(path: Path) -> bytes:
    """The first bytes of a regular file. UnreadableError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error


def refuse_non_pdf(path: Path) -> None:
    """Raise UnreadableError unless `path` is a file that begins like a PDF."""
    refuse_irregular(path)
    head = head_of(path)
    if not head:
        raise UnreadableError(f"{path}: the file is empty (0 bytes); download it again")
    if b"%PDF-" not in head:
        kind = "neither PDF nor PNG nor JPEG" if path.suffix.lower() in PICTURE_SUFFIXES else "not a PDF"
        raise UnreadableError(f"{path}: {kind}: it begins with {head[:8]!r} where %PDF- was expected")


def is_picture(path: Path) -> bool:
    """Whether a file begins like a PNG or JPEG; False for what is no regular file."""
    return path.is_file() and head_of(path).startswith(PICTURE_SIGNATURES)


def is_plain_text(path: Path) -> bool:
    """Whether a file is called .txt and does not begin like a PDF."""
    return path.suffix.lower() == TEXT_SUFFIX and not (path.is_file() and b"%PDF-" in head_of(path))


def is_xml(path: Path) -> bool:
    """Whether a file is to be read as XML: it is called .xml or .nxml and does not begin like a PDF."""
    return path.suffix.lower() in XML_SUFFIXES and not (path.is_file() and b"%PDF-" in head_of(path))


def refuse_over_limits(path: Path, password: str | None, limits: Limits) -> None:
    """Raise UnreadableError for a file that is too large, and for a PDF that has too many pages or cannot be opened."""
    other = is_picture(path) or is_plain_text(path) or is_xml(path)
    if other:
        refuse_irregular(path, "a PDF, a text file or an XML")
    else:
        refuse_non_pdf(path)
    size = path.stat().st_size
    if size > limits.megabytes * MB:
        raise UnreadableError(f"{path}: {too_large(size, limits.megabytes * MB)}; raise --max-mb to read it anyway")
    if other:
        return
    with open_fast(path, password) as document:
        count = len(document)
    if count > limits.pages:
        found = f"the PDF has {count} pages, more than {limits.pages}"
        raise UnreadableError(f"{path}: {found}; raise --max-pages to read it anyway")


@contextmanager
def open_fast(path: Path, password: str | None = None) -> Iterator[PdfDocument]:
    """Open the document in pdfium, which searches all pages quickly."""
    refuse_non_pdf(path)
    try:
        document = PdfDocument(path, password=password)
    except PdfiumError as error:
        raise UnreadableError(f"{path}: {_refusal(error, password)}") from error
    with library_errors_as_unreadable(path), closing(document):
        yield document


def _refusal(error: PdfiumError, password: str | None) -> str:
    if getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower():
        return "the password is wrong" if password else "the PDF is encrypted; give its password with --password"
    return f"the PDF is damaged and cannot be opened ({error}); download it again"


@contextmanager
def open_thorough(path: Path, password: str | None = None) -> Iterator[PDF]:
    """Open the document in pdfplumber, which gives every character and line of a page."""
    refuse_non_pdf(path)
    with library_errors_as_unreadable(path), pdfplumber.open(path, password=password or "") as document:
        yield document


def refuse_fewer_pages(document: PDF, count: int) -> None:
    """Raise UnreadableError where pdfplumber finds fewer pages than pdfium's `count`, as in a damaged PDF."""
    if len(document.pages) < count:
        found = f"one library finds {len(document.pages)} pages, another {count} or more"
        raise UnreadableError(f"{document.path}: the PDF is damaged: {found}; download it again")


@contextmanager
def library_errors_as_unreadable(path: Path) -> Iterator[None]:
    """Raise UnreadableError in place of an error inside a PDF library; let other errors, which are ours, pass."""
    try:
        yield
    except (DoubletakeError, MemoryError):
        raise
    except Exception as error:
        cause = _cause_of(error)
        if isinstance(cause, MemoryError):
            raise cause from None
        if not _is_from_pdf_library(error):
            raise
        raise UnreadableError(f"{path}: the PDF is damaged ({_summary(cause)}); download it again") from error


def _cause_of(error: Exception) -> object:
    """The error of pdfminer, unwrapped from pdfplumber's."""
    return error.args[0] if isinstance(error, PdfminerException) and error.args else error


def _summary(cause: object) -> str:
    """The kind of an error and the beginning of its message, in one line."""
    return " ".join(f"{type(cause).__name__}: {cause}".split())[:CAUSE_LETTERS].rstrip(": ")


def _is_from_pdf_library(error: Exception) -> bool:
    """Whether an error was raised inside a library that parses PDFs."""
    modules = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    return any(module.startswith(PDF_LIBRARIES) for module in modules)
