"""A first draft of a card: the facts found in the PDF are filled in, a person completes the rest."""

import re
from collections.abc import Sequence
from pathlib import Path

from extract.cards import JSON_SCHEMA
from extract.drafting.figures import draft_figures
from extract.drafting.tables import draft_tables, quoted
from extract.errors import UsageError
from extract.forests.reading import plots_in
from extract.page.document import open_document
from extract.page.title_page import doi, title
from extract.tables.reading import tables_in
from extract.tables.table import PrintedTable

UNKNOWN_FACT = "unknown"


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
