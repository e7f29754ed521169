"""The columns of a drafted table: the formats read from each, chosen by its head and its cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.cards.formats import CellError, Format, compile_format, parse_cell
from schemas import SCHEMAS
from schemas.base.uses import Drafting

COUNT_FORMAT = "n (percent)"
_LEAF = " / "
# Heads of columns that do not count patients: "RR (95% CI)", "Mean (SD)", "Studies, n".
_MEASURE = (
    r"\bCI\b|\ba?(?:[ORH]|IR|S[IM])R\b|\bratio|\bmeans?\b|\bs\.?d\b|±|\bmedian|\bp\b|\bp[\s-]?value|\byears?\b|\bI2\b"
    r"|stud(?:y|ies)\b"
)
_COUNTED = r"\bn\b|\bno\b|%|number|count|patients|participants|subjects|cases|events|total|any|all|grade"
_MEASURED = r"\bmeans?\b|\bs\.?d\b|±|\bmedian|\bIQR\b"


@dataclass(frozen=True)
class Drafted:
    """A printed column: its head, the formats of its cells, () if it is not read, and the constants of each format."""

    head: str
    reads: tuple[str, ...] = ()
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {name for text in self.reads for name in compile_format(text, ()).fields}


def draft_columns(schema: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Drafted]:
    """Return what is read from each column of a table. `rows`: the texts of its data rows."""
    model, use = SCHEMAS[schema], drafting_of(schema)
    place = _label_place(rows) if use.labels_follow_headings else 0
    labels = [" ".join(row[: place + 1]) for row in rows]
    columns = [[row[number] for row in rows] for number in range(len(heads))]
    drafted = [_column(schema, head, labels, cells) for head, cells in zip(heads, columns, strict=True)]
    drafted[: place + 1] = [Drafted(head) for head in heads[: place + 1]]
    drafted[place] = Drafted(heads[place], (model.label_column(),))
    if place and "section" in model.columns():
        drafted[0] = Drafted(heads[0], ("section",))
    beside = place + 1
    if (
        use.beside_label
        and len(heads) > beside
        and not drafted[beside].reads
        and not any(map(_begins, columns[beside]))
    ):
        drafted[beside] = Drafted(heads[beside], (use.beside_label,))
    return drafted


def drafting_of(schema: str) -> Drafting:
    """Return how drafts read tables of the schema; ValueError if drafts never propose it."""
    if (use := SCHEMAS[schema].drafting()) is None:
        raise ValueError(f"{schema}: expected a schema that drafts propose; its class does not override drafting()")
    return use


def _begins(text: str) -> bool:
    """Whether a cell begins with a number."""
    return re.match(r"\W*\d", text) is not None


def _label_place(rows: Sequence[Sequence[str]]) -> int:
    """The index of the first column if no cell of it is blank, else of the first column with words in all rows; 0 if
    there is no such column."""
    for number, texts in enumerate(zip(*rows, strict=True)):
        if all(texts) and (number == 0 or not any(map(_begins, texts))):
            return number
        if number and sum(map(_begins, texts)) > len(texts) / 2:
            return 0
    return 0


def _column(schema: str, head: str, labels: Sequence[str], cells: Sequence[str]) -> Drafted:
    leaf = head.rpartition(_LEAF)[2]
    use = drafting_of(schema)
    for words, formats in use.columns:
        if not re.search(words, leaf, re.IGNORECASE):
            continue
        plain = [text for text in formats if "(" not in text or any("(" in cell for cell in cells)]
        best = max(plain or formats, key=lambda text: sum(fits(schema, text, cell) for cell in cells if cell))
        if not _usual(schema, best, cells) or (best in (COUNT_FORMAT, "n") and not _counts(leaf, labels, cells)):
            return Drafted(head)
        ranged = use.range_format and best == COUNT_FORMAT
        ranged = ranged and any(_is_range(schema, *each) for each in zip(labels, cells, strict=True))
        reads = (best, use.range_format) if ranged else (best,)
        return Drafted(head, reads, _constants(schema, head, reads))
    return Drafted(head)


def fits(schema: str, text: str, cell: str) -> bool:
    """Whether a cell follows a format exactly once, with whole numbers as counts and percentages up to 100."""
    types = {item.name: item for item in SCHEMAS[schema].fields()}
    try:
        parts = parse_cell(cell, _format(schema, text))
    except CellError:
        return False
    values = [(types[name], value) for part in parts for name, value in part.values.items() if value]
    whole = all(re.fullmatch(r"[\d,]+", value) for item, value in values if item.type == "integer")
    shares = [float(re.sub(r"[^\d.]", "", value) or 0) for item, value in values if item.unit == "%"]
    return len(parts) == 1 and whole and all(share <= 100 for share in shares)


def _format(schema: str, text: str) -> Format:
    return compile_format(text, SCHEMAS[schema].numeric())


def _usual(schema: str, text: str, cells: Sequence[str]) -> bool:
    """Whether most printed cells follow a format; for counts with percentages, which often stand among means, whether
    one cell in four does."""
    printed = [cell for cell in cells if cell]
    fitting = [cell for cell in printed if fits(schema, text, cell)]
    shares = [cell for cell in fitting if "(" in cell] if text == COUNT_FORMAT else []
    return 2 * len(fitting) > len(printed) or (len(shares) > 1 and 4 * len(shares) >= len(printed))


def _counts(leaf: str, labels: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the head, percentages in the cells or the row labels show that the numbers are counts."""
    if re.search(_MEASURE, re.sub(r"\([nN]\s*=.*?\)", "", leaf), re.IGNORECASE):
        return False
    said = re.search(_COUNTED, leaf, re.IGNORECASE) or any(re.search(r"\bn\b|%", text) for text in labels)
    return bool(said) or any("(" in cell for cell in cells)


def _is_range(schema: str, label: str, cell: str) -> bool:
    """Whether a row prints a median with its range."""
    said = re.search(r"median|range", label, re.IGNORECASE) and not re.search(r"IQR|quartile", label, re.IGNORECASE)
    return bool(said) and "(" in cell and fits(schema, drafting_of(schema).range_format, cell)


def is_read(schema: str, drafted: Drafted, label: str, cell: str) -> bool:
    """Whether a cell fits the formats that the draft gives its column. A mean is not a count, though printed alike."""
    ranged = drafting_of(schema).range_format
    measured = ranged and re.search(_MEASURED, label, re.IGNORECASE)
    reads = [text for text in drafted.reads if not measured or text == ranged]
    return not cell or any(fits(schema, text, cell) for text in reads)


def _constants(schema: str, head: str, reads: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The constants of a column: name -> its value for each format, in their order."""
    each = [SCHEMAS[schema].drafted_constants(head, text) for text in reads]
    return {name: tuple(constants[name] for constants in each) for name in each[0]}
