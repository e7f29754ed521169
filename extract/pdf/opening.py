"""Opening a PDF: every way in which it can be no PDF that we can read is said in one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from traceback import walk_tb

import pdfplumber
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfDocument, PdfiumError

from extract.errors import DoubletakeError, UnreadableError
from extract.pdf.limits import MB, Limits

PASSWORD_WANTED = 4  # FPDF_ERR_PASSWORD
HEAD_BYTES = 1024  # the header may stand anywhere in them (PDF 1.7, implementation note 13)
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # PNG, JPEG
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
SAID = 80  # letters of what a library says
LIBRARIES = ("pdfminer", "pdfplumber.page", "pdfplumber.pdf", "pypdfium2")


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
        kind = "neither PDF nor PNG nor JPEG" if path.suffix.lower() in PICTURE_SUFFIXES else "not a PDF"
        raise UnreadableError(f"{path}: {kind}: it begins with {head[:8]!r} where %PDF- was expected")


def is_picture(path: Path) -> bool:
    """Whether a file begins like a PNG or JPEG."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).startswith(PICTURES)
    except OSError:
        return False


def refuse_what_is_over(path: Path, password: str | None, limits: Limits) -> None:
    """Raise UnreadableError for a PDF that is too large or has too many pages, or that cannot be opened at all; for a
    picture that is too large."""
    picture = is_picture(path)
    if not picture:
        refuse_what_is_no_pdf(path)
    size = path.stat().st_size
    if size > limits.megabytes * MB:
        found = f"the file has {size / MB:.1f} MB, more than {limits.megabytes} MB"
        raise UnreadableError(f"{path}: {found}; raise --max-mb to read it all the same")
    if picture:
        return
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
    with told_in_one_line(path), closing(document):
        yield document


def reason(error: PdfiumError, password: str | None) -> str:
    if getattr(error, "err_code", None) == PASSWORD_WANTED or "password" in str(error).lower():
        return "the password is wrong" if password else "the PDF is encrypted; give its password with --password"
    return f"the PDF is damaged and cannot be opened ({error}); download it again"


@contextmanager
def open_thorough(path: Path, password: str | None = None) -> Iterator[PDF]:
    """The document in pdfplumber, which knows every character and line of a page."""
    refuse_what_is_no_pdf(path)
    with told_in_one_line(path), pdfplumber.open(path, password=password or "") as document:
        yield document


def refuse_fewer_pages(document: PDF, count: int) -> None:
    """Raise UnreadableError where a page is there for pdfium and not for pdfplumber, as in a damaged PDF."""
    if len(document.pages) < count:
        found = f"one library finds {len(document.pages)} pages in it, another one {count} or more"
        raise UnreadableError(f"{document.path}: the PDF is damaged: {found}; download it again")


@contextmanager
def told_in_one_line(path: Path) -> Iterator[None]:
    """Raise UnreadableError for whatever a PDF makes the libraries stumble over; other errors are faults of ours."""
    try:
        yield
    except (DoubletakeError, MemoryError):
        raise
    except Exception as error:
        cause = cause_of(error)
        if isinstance(cause, MemoryError):
            raise cause from None
        if not is_of_library(error):
            raise
        raise UnreadableError(f"{path}: the PDF is damaged ({said_by(cause)}); download it again") from error


def cause_of(error: Exception) -> object:
    """What pdfminer stumbled over; pdfplumber wraps it."""
    return error.args[0] if isinstance(error, PdfminerException) and error.args else error


def said_by(cause: object) -> str:
    """The kind of a fault and the beginning of what it says, in one line."""
    return " ".join(f"{type(cause).__name__}: {cause}".split())[:SAID].rstrip(": ")


def is_of_library(error: Exception) -> bool:
    """Whether an error comes from within the code that takes PDFs apart."""
    modules = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    return any(module.startswith(LIBRARIES) for module in modules)
