"""What an article's XML holds: its tables and the figures that its text states."""

from dataclasses import dataclass, replace
from pathlib import Path

from extract.claims.claim import Claim
from extract.claims.reading import claims_in_paragraphs
from extract.errors import PartFaults
from extract.jats.paragraphs import paragraphs_of_article
from extract.jats.source import Element, read_article
from extract.jats.tables import JATS_READER, tables_of_article
from extract.jats.text import doi_of, title_of
from extract.tables.proof.doubts import find_doubts
from extract.tables.table import Flag, PrintedTable


@dataclass(frozen=True)
class JatsPaper:
    """The XML of an article."""

    title: str
    doi: str
    tables: tuple[PrintedTable, ...]
    claims: tuple[Claim, ...]


def read_jats(path: Path, faults: PartFaults) -> JatsPaper:
    """Return what the XML of an article holds. UnreadableError if it cannot be read; `faults` keeps the tables whose
    cells it does not hold."""
    article = read_article(path)
    tables = _proved_tables(article, faults)
    return JatsPaper(title_of(article), doi_of(article), tuple(tables), tuple(_claims(article, faults)))


def read_jats_tables(path: Path, faults: PartFaults) -> list[PrintedTable]:
    """Return the tables of the XML of an article. UnreadableError if it cannot be read; `faults` keeps the tables whose
    cells it does not hold."""
    tables = _proved_tables(read_article(path), faults)
    faults.raise_without(tables)
    return tables


def read_jats_claims(path: Path, faults: PartFaults) -> list[Claim]:
    """Return the figures that the text of an article's XML states. UnreadableError if the file cannot be read."""
    claims = _claims(read_article(path), faults)
    faults.raise_without(claims)
    return claims


def _claims(article: Element, faults: PartFaults) -> list[Claim]:
    claims = claims_in_paragraphs(paragraphs_of_article(article), faults)
    return [replace(claim, read_by=JATS_READER) for claim in claims]


def _proved_tables(article: Element, faults: PartFaults) -> list[PrintedTable]:
    """The tables with a flag for each cell in doubt."""
    return [replace(table, flags=(*table.flags, *_doubts(table))) for table in tables_of_article(article, faults)]


def _doubts(table: PrintedTable) -> list[Flag]:
    known = {flag[:2] for flag in table.flags}
    return [flag._replace(reader=JATS_READER) for flag in find_doubts(table) if flag[:2] not in known]
