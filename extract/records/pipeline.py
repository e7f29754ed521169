"""A card and a PDF turned into the frames that are published, each valid by its schema."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from extract.cards.card import Card, ExhibitCard
from extract.claims.claim import Claim
from extract.claims.frame import claims_frame
from extract.claims.reading import claims_in_document
from extract.errors import ExhibitError
from extract.forests.reading import plots_in
from extract.page.document import Document, open_document
from extract.records.exhibits import ExtractedExhibit
from extract.records.figures import read_figure
from extract.records.records import Doubt
from extract.records.tables import read_exhibit
from extract.tables.reading import tables_in

FACSIMILE = "Facsimile typeset from published figures"
READINGS = ["exhibit", "row", "column", "published", "reader", "reading", "evidence", "code"]
_UNREAD = "drafted and not read by a person: compare it with its page, then remove `unread = true` from the card"


class MissingExhibit(NamedTuple):
    """An exhibit of the card that could not be read. `error`: the line for the screen; `why`: what differs from the
    card, for the published files, which name no place on this machine."""

    card: ExhibitCard
    error: str
    why: str


@dataclass(frozen=True)
class ExtractedPaper:
    """A paper that was read: its exhibits in the order of the card, its claims, name and sha256 of the PDF. `missing`:
    the exhibits of the card that could not be read."""

    card: Card
    exhibits: tuple[ExtractedExhibit, ...]
    pdf: str
    sha256: str
    facsimile: bool
    claims: tuple[Claim, ...] = ()
    missing: tuple[MissingExhibit, ...] = ()

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
        return pd.DataFrame([vars(doubt) for doubt in doubts], columns=READINGS, dtype=str)


def read_paper(card: Card, pdf: Path, password: str | None = None, partial: bool = False) -> ExtractedPaper:
    """All exhibits of the card, read from the PDF. UnreadableError where it cannot be opened; ExhibitError with a line
    for each exhibit that is not as the card says. `partial`: these are `missing` instead, unless all are."""
    with open_document(pdf, password) as document:
        exhibits, missing = _read_exhibits(card, document)
        if missing and not (partial and exhibits):
            raise ExhibitError("\n".join(dict.fromkeys(item.error for item in missing)))
        claims = tuple(claims_in_document(document))
        facsimile = FACSIMILE in document.text(1)
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    return ExtractedPaper(card, exhibits, pdf.name, sha256, facsimile, claims, missing)


def _read_exhibits(card: Card, document: Document) -> tuple[tuple[ExtractedExhibit, ...], tuple[MissingExhibit, ...]]:
    """The exhibits, and those that are not as the card says. Plots are read first, so that each page is parsed once for
    its drawing and its sheets."""
    figures = [exhibit for exhibit in card.exhibits if exhibit.is_plot]
    plots = plots_in(document) if figures else []
    tables = tables_in(document) if len(figures) < len(card.exhibits) else []
    found, missing = list[ExtractedExhibit](), list[MissingExhibit]()
    for exhibit in card.exhibits:
        try:
            if exhibit in figures:
                found.append(read_figure(card, exhibit, plots, document.path))
            else:
                found.append(read_exhibit(card, exhibit, tables, document.path))
        except ExhibitError as error:
            missing.append(MissingExhibit(exhibit, str(error), error.difference))
    return tuple(found), tuple(missing)
