"""A first draft of a card: the facts found in the PDF are filled in, a person completes the rest."""

import re
from collections.abc import Sequence
from pathlib import Path

from extract.cards import JSON_SCHEMA
from extract.drafting.figures import draft_figures
from extract.drafting.tables import draft_tables, quoted
from extract.errors import UsageError
from extract.forests.reading import plots_in
from extract.page.document import Document, open_document
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable

UNKNOWN_FACT = "unknown"
_DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]+")


def draft_card(paper: str, pdf: Path, folder: Path, password: str | None = None) -> Path:
    """Write folder/<paper>.toml and return its path. UsageError if the card exists
    or nothing can be drafted; UnreadableError."""
    path = folder / f"{paper}.toml"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", paper):
        raise UsageError(f"'{paper}' is not a paper name; expected letters, digits, - and _, such as smith2026")
    if path.exists():
        raise UsageError(f"{path} already exists; remove it or choose another name")
    with open_document(pdf, password) as document:
        name, identifier = title(document), doi(document)
        figures = draft_figures(plots_in(document))
        tables = tables_in(document)
    if not tables and not figures:
        raise UsageError(f"{pdf}: found no table and no forest plot, so there is nothing to draft")
    directive = f"#:schema {JSON_SCHEMA}\n" if (folder / JSON_SCHEMA).is_file() else ""
    path.write_text(directive + draft(name, identifier, tables, figures), encoding="utf-8")
    return path


def title(document: Document) -> str:
    """The text in the largest type of the first page."""
    with document.parsed(1) as page:
        largest = max((char["size"] for char in page.chars if char["text"].isalpha()), default=0)
        kept = page.filter(lambda item: item["object_type"] != "char" or item["size"] > largest - 0.5)
        return " ".join(kept.extract_text().split())


def doi(document: Document) -> str:
    """The first DOI on the first two pages, "" if there is no DOI."""
    text = "\n".join(document.text(number) for number in document.numbers(range(1, 3)))
    return match[0].rstrip(".,;:)") if (match := _DOI.search(text)) else ""


def draft(title: str, doi: str, tables: Sequence[PrintedTable], figures: Sequence[str] = ()) -> str:
    """Return the text of a card. `figures`: the TOML of each figure's exhibit."""
    head = [
        "# A draft: complete it, compare every line with the paper; extract/papers/README.md says what the keys mean.",
        f"doi = {quoted(doi or UNKNOWN_FACT)}",
        f"citation = {quoted(title or UNKNOWN_FACT)}  # such as: Li et al., BMC Cancer 2024",
        f"licence = {quoted(UNKNOWN_FACT)}  # such as: CC BY 4.0",
        "# cohort = 51  # N of the paper; an exhibit of other patients has its own",
        "",
    ]
    blocks = [*draft_tables(tables, alone=not figures), *(f"{figure}\n" for figure in figures)]
    return "\n".join(head) + "".join(blocks)
