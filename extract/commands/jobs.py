"""The work on a PDF that commands give to a worker process.

Heavy imports are deferred to the worker, so that the command starts at once and its process stays small.
"""

import io
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from extract.claims.claim import Claim
from extract.errors import PartFaults, UnreadPart, UsageError
from extract.forests.plot import Plot
from extract.pdf.limits import Limits
from extract.pdf.worker import PdfTask, read_safely
from extract.tables.table import PrintedTable
from validations.report.pictures import PagePicture, PageRegion

if TYPE_CHECKING:
    from extract.records.pipeline import ExtractedPaper

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Found(NamedTuple, Generic[T]):
    """What was found in a file, and the parts of the file that could not be read."""

    items: Sequence[T]
    unread: Sequence[UnreadPart]


def tables_of(
    path: Path, pages: range | None, password: str | None, limits: Limits, aloud: bool, xml: Path | None = None
) -> Found[PrintedTable]:
    """Return the tables of a PDF or of a JATS XML; see extract.tables.reading.read_tables and
    extract.jats.reading.read_jats_tables. `xml`: that of the PDF, read besides; see extract.jats.third_reading."""
    return read_safely(PdfTask(_tables, (path, pages, password, xml), path, password), limits, aloud)


def forests_of(path: Path, pages: range | None, password: str | None, limits: Limits, aloud: bool) -> Found[Plot]:
    """Return the forest plots of a PDF or picture; see extract.forests.reading.read_forests."""
    return read_safely(PdfTask(_forests, (path, pages, password), path, password), limits, aloud)


def claims_of(
    path: Path, pages: range | None, password: str | None, limits: Limits, aloud: bool, xml: Path | None = None
) -> Found[Claim]:
    """Return the figures stated in the text of a PDF, text file or JATS XML; see extract.claims.reading.read_claims and
    extract.jats.reading.read_jats_claims. `xml`: that of the PDF, read besides; see extract.jats.third_reading."""
    return read_safely(PdfTask(_claims, (path, pages, password, xml), path, password), limits, aloud)


def picture_of(path: Path, page: int, password: str | None, limits: Limits, aloud: bool) -> bytes:
    """Return a page as PNG with the tables and plots found on it; see draw_page and forests_on in the overlays."""
    return read_safely(PdfTask(_picture, (path, page, password), path, password), limits, aloud)


def crops_of(
    path: Path, regions: Sequence[PageRegion], password: str | None, limits: Limits, aloud: bool
) -> Mapping[PageRegion, PagePicture]:
    """Return pictures of regions of pages; see extract.output.page_crops.crop_regions."""
    return read_safely(PdfTask(_crops, (path, regions, password), path, password), limits, aloud)


def draft_of(paper: str, path: Path, password: str | None, limits: Limits, aloud: bool) -> str:
    """Return the draft of a card; see extract.drafting.draft.draft_card."""
    return read_safely(PdfTask(_draft, (paper, path, password), path, password), limits, aloud)


def paper_of(
    path: Path,
    name: str,
    pages: range | None,
    password: str | None,
    limits: Limits,
    aloud: bool,
    xml: Path | None = None,
) -> "ExtractedPaper":
    """Return all that a PDF or a JATS XML without a card prints; see extract.records.without_card. `xml`: that of the
    PDF, read besides."""
    return read_safely(PdfTask(_paper, (path, name, pages, password, xml), path, password), limits, aloud)


def _is_xml(path: Path, pages: range | None, password: str | None, xml: Path | None) -> bool:
    """Whether a file is an XML. UsageError where an option that is for PDFs goes with it."""
    from extract.pdf.opening import is_xml

    given = {"--pages": pages, "--password": password, "--xml": xml}
    names = [name for name, value in given.items() if value is not None]
    if is_xml(path) and names:
        raise UsageError(f"{path}: {names[0]} is for a PDF, and this is an XML; leave it out")
    return is_xml(path)


def _tables(path: Path, pages: range | None, password: str | None, xml: Path | None) -> Found[PrintedTable]:
    faults = PartFaults(path)
    if _is_xml(path, pages, password, xml):
        from extract.jats.reading import read_jats_tables

        return Found(read_jats_tables(path, faults), faults.unread)
    from extract.tables.reading import read_tables

    tables = read_tables(path, pages, password, faults)
    if xml is not None:
        from extract.jats.third_reading import read_xml_besides, tables_with_xml

        lost = PartFaults(path)
        tables = tables_with_xml(tables, *read_xml_besides(xml), None if pages else lost)
        lost.log()
        return Found(tables, (*faults.unread, *lost.unread))
    return Found(tables, faults.unread)


def _forests(path: Path, pages: range | None, password: str | None) -> Found[Plot]:
    from extract.forests.reading import read_forests

    faults = PartFaults(path)
    return Found(read_forests(path, pages, password, faults), faults.unread)


def _claims(path: Path, pages: range | None, password: str | None, xml: Path | None) -> Found[Claim]:
    faults = PartFaults(path)
    if _is_xml(path, pages, password, xml):
        from extract.jats.reading import read_jats_claims

        return Found(read_jats_claims(path, faults), faults.unread)
    from extract.claims.reading import read_claims

    claims = read_claims(path, pages, password, faults)
    if xml is not None:
        from extract.jats.claims_comparison import claims_with_xml
        from extract.jats.third_reading import read_xml_besides

        compared = claims_with_xml(claims, read_xml_besides(xml)[0].claims)
        claims = list(compared.claims)
        for difference in compared.differences:
            _log.warning(
                "%s", f"row {difference.row}: {difference.evidence}" if difference.row else difference.evidence
            )
    return Found(claims, faults.unread)


def _picture(path: Path, page: int, password: str | None) -> bytes:
    from extract.forests.overlay import forests_on
    from extract.page.document import open_document
    from extract.tables.overlay import draw_page

    png = io.BytesIO()
    with open_document(path, password) as document:
        draw_page(document, page, png, forests_on(document, page))
        document.faults.log()
    return png.getvalue()


def _crops(path: Path, regions: Sequence[PageRegion], password: str | None) -> Mapping[PageRegion, PagePicture]:
    from extract.output.page_crops import crop_regions

    return crop_regions(path, regions, password)


def _draft(paper: str, path: Path, password: str | None) -> str:
    from extract.drafting.draft import draft_card

    return draft_card(paper, path, password)


def _paper(path: Path, name: str, pages: range | None, password: str | None, xml: Path | None) -> "ExtractedPaper":
    from extract.records.without_card import read_without_card, read_xml_without_card

    if _is_xml(path, pages, password, xml):
        return read_xml_without_card(path, name)
    return read_without_card(path, name, pages, password, xml)
