"""A card and a PDF turned into the frames that are published, each valid by its schema."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from extract.cards.card import Card
from extract.claims.claim import Claim
from extract.claims.frame import claims_frame
from extract.claims.reading import claims_in_document
from extract.errors import ExhibitError
from extract.forests.reading import plots_in
from extract.page.document import Document, open_document
from extract.records.exhibits import ExtractedExhibit
from extract.records.figures import read_figure
from extract.records.tables import read_exhibit
from extract.tables.reading import tables_in

FACSIMILE = "Facsimile typeset from published figures"
READINGS = ["exhibit", "row", "column", "published", "reader", "reading", "evidence", "code"]


@dataclass(frozen=True)
class ExtractedPaper:
    """A paper that was read: its exhibits in the order of the card, its claims, name and sha256 of the PDF."""

    card: Card
    exhibits: tuple[ExtractedExhibit, ...]
    pdf: str
    sha256: str
    facsimile: bool
    claims: tuple[Claim, ...] = ()

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Name of the CSV -> its frame; claims only where the text states any."""
        found = {exhibit.card.name: exhibit.frame for exhibit in self.exhibits}
        return found | ({"claims": claims_frame(self.claims)} if self.claims else {}) | {"readings": self.readings}

    @property
    def readings(self) -> pd.DataFrame:
        """The frame of readings.csv: the cells that are doubtful or repaired."""
        rows = [vars(doubt) for exhibit in self.exhibits for doubt in exhibit.doubts]
        return pd.DataFrame(rows, columns=READINGS, dtype=str)


def read_paper(card: Card, pdf: Path, password: str | None = None) -> ExtractedPaper:
    """All exhibits of the card, read from the PDF. UnreadableError where it cannot be opened; ExhibitError with a line
    for each exhibit that is not as the card says."""
    with open_document(pdf, password) as document:
        exhibits = _read_exhibits(card, document)
        claims = tuple(claims_in_document(document))
        facsimile = FACSIMILE in document.text(1)
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    return ExtractedPaper(card, exhibits, pdf.name, sha256, facsimile, claims)


def _read_exhibits(card: Card, document: Document) -> tuple[ExtractedExhibit, ...]:
    """Plots are read first, so that each page is parsed once for its drawing and its sheets."""
    figures = [exhibit for exhibit in card.exhibits if exhibit.is_plot]
    plots = plots_in(document) if figures else []
    tables = tables_in(document) if len(figures) < len(card.exhibits) else []
    exhibits, errors = [], []
    for exhibit in card.exhibits:
        try:
            if exhibit in figures:
                exhibits.append(read_figure(card, exhibit, plots, document.path))
            else:
                exhibits.append(read_exhibit(card, exhibit, tables, document.path))
        except ExhibitError as error:
            errors.append(str(error))
    if errors:
        raise ExhibitError("\n".join(dict.fromkeys(errors)))
    return tuple(exhibits)
