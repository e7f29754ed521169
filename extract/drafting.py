"""A first draft of a card: what can be found out from the PDF filled in, the rest left to a person."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from extract.drafted_figures import draft_figures
from extract.errors import UsageError
from extract.forests.forests import read_forests
from extract.heads import head_paths
from extract.readers.opening import open_fast, open_thorough
from extract.readers.table import Table
from extract.readers.tables import read_tables
from extract.sections import data_rows

_DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]+")
_COUNT = "n (percent)"
# Schema -> what heads or caption say where it is that schema; the first that fits is taken.
_SCHEMAS = {
    "hazard_ratios": r"\bHR\b|hazard ratio",
    "adverse_events": r"adverse|toxicit|\bTR?AEs?\b",
    "responses": r"\bCR\b.*\bPR\b",
    "characteristics": r"",
}
# Schema -> what the first column holds, then (the words of another column's head, what it holds).
_READS: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {
    "hazard_ratios": ("characteristic", [(r"\bHR\b|hazard", "hazard_ratio (ci_low–ci_high)"), (r"\bp\b", "p")]),
    "adverse_events": ("event", [(r"any|all|3", _COUNT)]),
    "responses": (
        "group",
        [
            *((rf"\b{name}\b", f"{name}_n ({name}_percent)") for name in ("cr", "pr", "orr", "sd", "pd", "dcr")),
            (r"evaluable", "n_evaluable"),
            (r"total|^n$", "n_total"),
        ],
    ),
    "characteristics": ("label", [(r"%|\bn\b", _COUNT)]),
}
_CONSTANTS = {
    "hazard_ratios": [(r"PFS|progression", "outcome", "PFS"), (r"OS|overall", "outcome", "OS")],
    "adverse_events": [(r"3", "grade", "3-4"), (r"any|all", "grade", "any")],
    "characteristics": [(r"", "statistic", "count")],
}


def draft_card(paper: str, pdf: Path, folder: Path, password: str | None = None) -> Path:
    """Write folder/<paper>.toml and return its path. UsageError where there is one already; UnreadableError."""
    path = folder / f"{paper}.toml"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", paper):
        raise UsageError(f"'{paper}' cannot name a paper: letters, digits, - and _ are expected, such as smith2026")
    if path.exists():
        raise UsageError(f"{path} exists and is not overwritten; remove it first or choose another name")
    text = draft(title(pdf, password), doi(pdf, password), read_tables(pdf, password=password))
    figures = draft_figures(read_forests(pdf, password=password))
    path.write_text("".join([text, *(f"{figure}\n" for figure in figures)]), encoding="utf-8")
    return path


def title(pdf: Path, password: str | None = None) -> str:
    """The text in the largest type of the first page."""
    with open_thorough(pdf, password) as document:
        page = document.pages[0]
        largest = max((char["size"] for char in page.chars if char["text"].isalpha()), default=0)
        kept = page.filter(lambda item: item["object_type"] != "char" or item["size"] > largest - 0.5)
        return " ".join(kept.extract_text().split())


def doi(pdf: Path, password: str | None = None) -> str:
    """The first DOI on the first two pages, "" for none."""
    with open_fast(pdf, password) as document:
        pages = range(min(2, len(document)))
        text = "\n".join(document[number].get_textpage().get_text_range() for number in pages)
    return match[0].rstrip(".,;:)") if (match := _DOI.search(text)) else ""


def draft(title: str, doi: str, tables: Sequence[Table]) -> str:
    """The text of a card."""
    head = [
        "# A draft: complete it and compare every line with the paper; extract/cards.py says what the keys mean.",
        f"doi = {_quoted(doi)}",
        f"citation = {_quoted(title)}  # such as: Li et al., BMC Cancer 2024",
        'licence = ""',
        "# cohort = 51",
    ]
    names = [re.sub(r"\W+", "", table.label.casefold()) or "table" for table in tables]
    blocks = [_exhibit(name, table) for name, table in sorted(dict(zip(names, tables, strict=True)).items())]
    return "\n".join([*head, *blocks]) + "\n"


def _exhibit(name: str, table: Table) -> str:
    heads = head_paths(table.head) or [""] * table.width
    said = " ".join([*heads, table.caption])
    schema = next(name for name, words in _SCHEMAS.items() if re.search(words, said, re.IGNORECASE))
    rows = data_rows(table.body)
    headings = 'headings = "section"\n' if schema == "characteristics" and len(rows) < len(table.body) else ""
    columns = [f"  {_column(schema, number, head)}," for number, head in enumerate(heads)]
    return (
        f"\n[exhibits.{name}]  # page {table.boxes[0].page}: {' '.join(table.caption.split())}\n"
        f'label = {_quoted(table.label)}\nschema = "{schema}"  # a guess\nrows = {len(rows)}\n{headings}'
        + "\n".join(["columns = [", *columns, "]"])
    )


def _column(schema: str, number: int, head: str) -> str:
    first, others = _READS[schema]
    fitting = (reads for words, reads in others if re.search(words, head.rpartition(" / ")[2], re.IGNORECASE))
    reads = next(fitting, "-") if number else first
    keys = {"head": head, "reads": reads}
    if number and reads != "-":
        found = (
            (key, value) for words, key, value in _CONSTANTS.get(schema, ()) if re.search(words, head, re.IGNORECASE)
        )
        keys |= dict([next(found, ("", ""))])
        keys.pop("", None)
    return "{ " + ", ".join(f"{key} = {_quoted(value)}" for key, value in keys.items()) + " }"


def _quoted(text: str) -> str:
    """A TOML string; JSON writes the same."""
    return json.dumps(text, ensure_ascii=False)
