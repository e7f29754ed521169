"""A card and a PDF turned into the frames that are published, each valid by its schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from extract.cards.card import Card, ExhibitCard
from extract.claims.claim import Claim
from extract.claims.frame import claims_frame
from extract.claims.reading import claims_in_document
from extract.errors import DoubletakeError, ExhibitError, PartFaults, UnreadPart
from extract.forests.plot import Plot
from extract.forests.reading import plots_in
from extract.jats.claims_comparison import ComparedClaims, claims_with_xml
from extract.jats.reading import read_jats
from extract.jats.tables import JATS_READER
from extract.jats.third_reading import read_xml_besides, tables_with_xml
from extract.page.box import Box
from extract.page.document import Document, open_document
from extract.records.exhibits import ExtractedExhibit, MissingExhibit, unread_exhibits
from extract.records.figures import read_figure
from extract.records.heads import match_key
from extract.records.records import Doubt
from extract.records.tables import read_exhibit
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable
from schemas.base.faults import must_pass
from schemas.base.files import sha256_of

FACSIMILE = "Facsimile typeset from published figures"
READINGS = ["exhibit", "row", "column", "published", "reader", "reading", "evidence", "code"]
_OTHER_CLAIM = "RDR028"
_UNREAD = "drafted and not read by a person: compare it with its page, then remove `unread = true` from the card"


@dataclass(frozen=True)
class ExtractedPaper:
    """A paper that was read: its exhibits in the order of the card, its claims, name and sha256 of the PDF. `missing`:
    the exhibits of the card that could not be read. `xml`: name and sha256 of the XML that was read besides;
    `from_xml`: `pdf` and `sha256` are those of an XML, which was read alone. `pages`:
    the shown part of each page with a record, by number."""

    card: Card
    exhibits: tuple[ExtractedExhibit, ...]
    pdf: str
    sha256: str
    facsimile: bool
    claims: tuple[Claim, ...] = ()
    missing: tuple[MissingExhibit, ...] = ()
    claim_doubts: tuple[Doubt, ...] = ()
    xml: tuple[str, str] | None = None
    from_xml: bool = False
    pages: Mapping[int, Box] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """Whose pages were read: "publisher" or "facsimile"; "jats" for an XML."""
        return "jats" if self.from_xml else "facsimile" if self.facsimile else "publisher"

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Name of the CSV -> its frame; claims only where the text states any."""
        found = {exhibit.card.name: exhibit.frame for exhibit in self.exhibits}
        return found | ({"claims": claims_frame(self.claims)} if self.claims else {}) | {"readings": self.readings}

    @property
    def unread(self) -> list[str]:
        """The published exhibits that are drafted and that nobody has compared with their pages."""
        return [exhibit.card.name for exhibit in self.exhibits if exhibit.card.unread]

    @property
    def readings(self) -> pd.DataFrame:
        """The frame of readings.csv: the cells that are doubtful or repaired, and the exhibits that are missing."""
        doubts = [doubt for exhibit in self.exhibits for doubt in exhibit.doubts]
        doubts += [
            Doubt(item.card.name, "", "", "", "", f"not read: {item.why}", code="RDR020") for item in self.missing
        ]
        doubts += [Doubt(name, "", "", "", "", _UNREAD, code="RDR021") for name in self.unread]
        doubts += self.claim_doubts if self.claims else ()
        return pd.DataFrame([vars(doubt) for doubt in doubts], columns=READINGS, dtype=str)


def with_xml_of(paper: ExtractedPaper, xml: Path, compared: ComparedClaims) -> ExtractedPaper:
    """Return a paper with the name and hash of its XML, and a doubt for each figure of the text that differs."""
    doubts = [
        Doubt("claims", str(row or ""), "text" if row else "", "", reading, why, JATS_READER, _OTHER_CLAIM)
        for row, reading, why in compared.differences
    ]
    return replace(paper, claims=compared.claims, claim_doubts=tuple(doubts), xml=(xml.name, sha256_of(xml)))


def read_paper(
    card: Card, pdf: Path, password: str | None = None, partial: bool = False, xml: Path | None = None
) -> ExtractedPaper:
    """All exhibits of the card, read from the PDF. UnreadableError where it cannot be opened; ExhibitError with a line
    for each exhibit that is not as the card says. `partial`: these are `missing` instead, unless all are. `xml`: the
    JATS XML of the paper, as a third reading."""
    besides = None if xml is None else read_xml_besides(xml)
    with open_document(pdf, password) as document:
        plots, tables = _read_document(card, document)
        tables = tables if besides is None else tables_with_xml(tables, *besides)
        claims = claims_in_document(document)
        facsimile = any(document.each([1], lambda number: [FACSIMILE in document.text(number)]))
        exhibits, missing = _read_exhibits(card, plots, tables, document.faults, pdf, partial)
        paper = ExtractedPaper(card, exhibits, pdf.name, sha256_of(pdf), facsimile, tuple(claims), missing)
        paper = replace(paper, pages=pages_of(paper, document))
    if xml is None or besides is None:
        return paper
    return with_xml_of(paper, xml, claims_with_xml(claims, besides[0].claims))


def pages_of(paper: ExtractedPaper, document: Document) -> dict[int, Box]:
    """Return the shown part of each page on which a record of the paper is printed, by number."""
    columns = [exhibit.frame[name] for exhibit in paper.exhibits for name in ("page", "continued")]
    places = [place for column in columns for cell in column for place in cell.split(";") if place]
    numbers = {int(place.partition(":")[0]) for place in places}
    numbers |= {box.page for claim in paper.claims for box in claim.boxes if box.page}
    return {number: document.shown(number) for number in sorted(numbers)}


def read_paper_from_xml(card: Card, xml: Path, partial: bool = False) -> ExtractedPaper:
    """All exhibits of the card, read from the JATS XML of the paper alone. Errors as of `read_paper`."""
    faults = PartFaults(xml)
    read = read_jats(xml, faults)
    exhibits, missing = _read_exhibits(card, [], read.tables, faults, xml, partial)
    return ExtractedPaper(card, exhibits, xml.name, sha256_of(xml), False, read.claims, missing, from_xml=True)


def _read_document(card: Card, document: Document) -> tuple[list[Plot], list[PrintedTable]]:
    """The plots and tables of a PDF, as far as the card asks for any. Plots are read first, so that each page is parsed
    once for its drawing and its sheets."""
    figures = [exhibit for exhibit in card.exhibits if exhibit.is_plot]
    plots = plots_in(document) if figures else []
    return plots, tables_in(document) if len(figures) < len(card.exhibits) else []


def _read_exhibits(
    card: Card, plots: Sequence[Plot], tables: Sequence[PrintedTable], faults: PartFaults, path: Path, partial: bool
) -> tuple[tuple[ExtractedExhibit, ...], tuple[MissingExhibit, ...]]:
    """The exhibits, and those that are not as the card says; ExhibitError if there are such and they may not be
    missing."""
    found, missing = list[ExtractedExhibit](), list[MissingExhibit]()
    for exhibit in card.exhibits:
        try:
            if exhibit.is_plot:
                found.append(read_figure(card, exhibit, plots, path))
            else:
                found.append(read_exhibit(card, exhibit, tables, path))
        except Exception as error:
            missing.append(_missing(card, exhibit, error, faults))
    missing += unread_exhibits(_other_parts(card, faults, missing), [exhibit.name for exhibit in card.exhibits])
    faults.log()
    if missing and not (partial and found):
        raise ExhibitError("\n".join(dict.fromkeys(item.error for item in missing)))
    return tuple(found), tuple(missing)


def _missing(card: Card, exhibit: ExhibitCard, error: Exception, faults: PartFaults) -> MissingExhibit:
    """The exhibit that was not read by this error, or by one before it: then no table or plot has its label. Other
    errors are raised."""
    before = [item for item in faults.unread if item.label and match_key(item.label) == match_key(exhibit.label)]
    if isinstance(error, ExhibitError) and not before:
        return MissingExhibit(exhibit, str(error), error.difference)
    if not isinstance(error, ExhibitError) and (isinstance(error, DoubletakeError) or must_pass(error)):
        raise error
    item = before[0] if before else faults.keep(error, exhibit.label, exhibit.label)
    return MissingExhibit(exhibit, f"{card.paper} exhibits.{exhibit.name}: {item.part}: not read: {item.why}", item.why)


def _other_parts(card: Card, faults: PartFaults, missing: Sequence[MissingExhibit]) -> list[UnreadPart]:
    """The parts that were not read, and that hold text or parts of exhibits of the card which are not missing."""
    labels = {match_key(exhibit.label) for exhibit in card.exhibits}
    labels -= {match_key(item.card.label) for item in missing}
    return [item for item in faults.unread if not item.label or match_key(item.label) in labels]
