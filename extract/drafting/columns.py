"""What a draft says of the columns of a table: what is read from each, by its head and by what its cells hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.cards.formats import CellError, Format, compile_format, parse_cell
from schemas import SCHEMAS

LABELS = {
    "hazard_ratios": "characteristic",
    "adverse_events": "event",
    "responses": "group",
    "characteristics": "label",
}
COUNT, RANGE = "n (percent)", "median (low–high)"
_LEAF = " / "
# Under a head with one of these are no counts of patients: "RR (95% CI)", "Mean (SD)", "Studies, n".
_MEASURE = (
    r"\bCI\b|\ba?(?:[ORH]|IR|S[IM])R\b|\bratio|\bmeans?\b|\bs\.?d\b|±|\bmedian|\bp\b|\bp[\s-]?value|\byears?\b|\bI2\b"
    r"|stud(?:y|ies)\b"
)
_COUNTED = r"\bn\b|\bno\b|%|number|count|patients|participants|subjects|cases|events|total|any|all|grade"
# Schema -> for a column the words of its head and what it may hold; the format that most cells follow is taken.
_READS: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "hazard_ratios": (
        (r"\bHR\b|hazard", ("hazard_ratio (ci_low–ci_high)", "hazard_ratio")),
        (r"\bCI\b", ("ci_low–ci_high",)),
        (r"\bp\b", ("p",)),
    ),
    "adverse_events": ((r"^\W*%\W*$|percent", ("percent",)), (r"", (COUNT, "n"))),
    "responses": (
        *((rf"\b{name}\b", (f"{name}_n ({name}_percent)",)) for name in ("cr", "pr", "orr", "sd", "pd", "dcr")),
        (r"evaluable", ("n_evaluable",)),
        (r"total|^n$", ("n_total",)),
    ),
    "characteristics": ((r"^\W*%\W*$|percent", ("percent",)), (r"", (COUNT, "n"))),
}
_OUTCOMES = ((r"\bPFS\b|progression", "PFS"), (r"\bOS\b|overall", "OS"))
_GRADES = (r"[1-5]\s*(?:[-–/]|to|or|and)\s*[1-5]\b", r"(?:≥|>=)\s*(?:grade\s*)?[1-5]", r"grades?\s*[1-5]\b|\bG[1-5]\b")


@dataclass(frozen=True)
class Drafted:
    """A printed column: its head, the formats of its cells (none: not read), the constants of each format."""

    head: str
    reads: tuple[str, ...] = ()
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {name for text in self.reads for name in compile_format(text, ()).fields}


def draft_columns(schema: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Drafted]:
    """What is read from each column of a table. `rows`: the texts of its data rows."""
    place = label_column(rows) if schema in ("characteristics", "adverse_events") else 0
    labels = [" ".join(row[: place + 1]) for row in rows]
    columns = [[row[number] for row in rows] for number in range(len(heads))]
    drafted = [_column(schema, head, labels, cells) for head, cells in zip(heads, columns, strict=True)]
    drafted[: place + 1] = [Drafted(head) for head in heads[: place + 1]]
    drafted[place] = Drafted(heads[place], (LABELS[schema],))
    if place and schema == "characteristics":
        drafted[0] = Drafted(heads[0], ("section",))
    if schema == "hazard_ratios" and len(heads) > 1 and not drafted[1].reads and not any(map(_begins, columns[1])):
        drafted[1] = Drafted(heads[1], ("comparison",))
    return drafted


def _begins(text: str) -> bool:
    """Whether a cell begins with a number."""
    return re.match(r"\W*\d", text) is not None


def label_column(rows: Sequence[Sequence[str]]) -> int:
    """The first column if all rows have it, else the first of those that all rows have in words; the first for none."""
    for number, texts in enumerate(zip(*rows, strict=True)):
        if all(texts) and (number == 0 or not any(map(_begins, texts))):
            return number
        if number and sum(map(_begins, texts)) > len(texts) / 2:
            return 0
    return 0


def _column(schema: str, head: str, labels: Sequence[str], cells: Sequence[str]) -> Drafted:
    leaf = head.rpartition(_LEAF)[2]
    for words, formats in _READS[schema]:
        if not re.search(words, leaf, re.IGNORECASE):
            continue
        plain = [text for text in formats if "(" not in text or any("(" in cell for cell in cells)]
        best = max(plain or formats, key=lambda text: sum(fits(schema, text, cell) for cell in cells if cell))
        if not _usual(schema, best, cells) or (best in (COUNT, "n") and not _counts(leaf, labels, cells)):
            return Drafted(head)
        ranged = schema == "characteristics" and best == COUNT and any(map(_is_range, labels, cells))
        reads = (best, RANGE) if ranged else (best,)
        return Drafted(head, reads, _constants(schema, head, len(reads)))
    return Drafted(head)


def fits(schema: str, text: str, cell: str) -> bool:
    """Whether a cell follows a format, once, with whole numbers where the schema counts and shares up to 100."""
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
    """Whether most cells that are not blank follow a format; of counts with shares, which often stand among means, one
    in four."""
    printed = [cell for cell in cells if cell]
    fitting = [cell for cell in printed if fits(schema, text, cell)]
    shares = [cell for cell in fitting if "(" in cell] if text == COUNT else []
    return 2 * len(fitting) > len(printed) or (len(shares) > 1 and 4 * len(shares) >= len(printed))


def _counts(leaf: str, labels: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether numbers are counts: by their head, by shares printed with them, or by the labels of their rows."""
    if re.search(_MEASURE, re.sub(r"\([nN]\s*=.*?\)", "", leaf), re.IGNORECASE):
        return False
    said = re.search(_COUNTED, leaf, re.IGNORECASE) or any(re.search(r"\bn\b|%", text) for text in labels)
    return bool(said) or any("(" in cell for cell in cells)


def _is_range(label: str, cell: str) -> bool:
    """Whether a row prints a median with its range."""
    said = re.search(r"median|range", label, re.IGNORECASE) and not re.search(r"IQR|quartile", label, re.IGNORECASE)
    return bool(said) and "(" in cell and fits("characteristics", RANGE, cell)


def is_read(schema: str, drafted: Drafted, label: str, cell: str) -> bool:
    """Whether a cell is what the draft says of its column: a mean is no count, although it is printed like one."""
    measured = schema == "characteristics" and re.search(
        r"\bmeans?\b|\bs\.?d\b|±|\bmedian|\bIQR\b", label, re.IGNORECASE
    )
    reads = [text for text in drafted.reads if not measured or text == RANGE]
    return not cell or any(fits(schema, text, cell) for text in reads)


def _constants(schema: str, head: str, count: int) -> dict[str, tuple[str, ...]]:
    if schema == "characteristics":
        return {"statistic": ("count", "median_range")[:count]}
    if schema == "adverse_events":
        return {"grade": (_grade(head),)}
    if schema == "hazard_ratios":
        found = [name for words, name in _OUTCOMES if re.search(words, head, re.IGNORECASE)]
        return {"outcome": (found[0],)} if found else {}
    return {}


def _grade(head: str) -> str:
    """The grades that a head names, "any" where it names none; those from 3 on are 3-5."""
    for words in _GRADES:
        if found := re.search(words, head, re.IGNORECASE):
            low, *rest = re.findall(r"[1-5]", found[0])
            high = "5" if "≥" in found[0] or ">=" in found[0] else rest[0] if rest else low
            return f"{low}-{high}" if low < high else low
    return "any"
