"""The cells of exhibits that a sentence can state, each with the words of its label and its measure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schemas.adverse_events import ADVERSE
from schemas.base.uses import ClaimCell
from validations.inference.claims.nested import possible_sums
from validations.inference.claims.words import Unit, all_words, units
from validations.labels import is_total
from validations.tables import Paper, Record, Table, once

_SPEAKS_OF = {
    "orr": ("objective response", "orr", "response rate"),
    "dcr": ("disease control", "dcr"),
    "adverse": ("adverse event", "trae", "toxicity"),
}


@dataclass(frozen=True)
class ClaimTarget:
    """A cell: its record and column, the column of the count beside it, the words of its label (none: it is that of all
    patients), words that say nothing new, what it measures; `scale`: what makes it a percentage; `of`: the columns of
    which one must hold the total that the claim states; `unsure`: it may be meant, but need not."""

    record: Record
    column: str
    label: tuple[Unit, ...]
    harmless: frozenset[str]
    measures: tuple[str, ...]
    count: str = ""
    scale: int = 1
    of: tuple[str, ...] = ()
    unsure: bool = False
    limits: tuple[str, ...] = ()
    totals: tuple[int, ...] = ()


@once
def places(paper: Paper) -> tuple[ClaimTarget, ...]:
    """Return all cells that a claim may mean."""
    return tuple(place for table in paper.tables.values() for place in _places_in(table, spelt(paper)))


@once
def spelt(paper: Paper) -> Mapping[str, str]:
    """The abbreviations that the notes of any exhibit define, the first meaning of each, and the initials of their
    labels; none that has two meanings (ES: effect size, epithelioid sarcoma)."""
    found: dict[str, str] = {}
    several = set()
    for table in paper.tables.values():
        for term, meaning in table.abbreviations.items():
            if is_short(term, meaning):
                first = found.setdefault(term, meaning)
                several |= set() if all_words(units(first, {})) & all_words(units(meaning, {})) else {term}
    found = {term: meaning for term, meaning in found.items() if term not in several}
    for table in paper.tables.values():
        for record in table.records:
            for label in (record["label"], record["group"]):
                if (short := initials(label)) not in several:
                    found.setdefault(short, label)
    found.pop("", None)
    return found


def initials(label: str) -> str:
    """ASPS of "Alveolar soft part sarcoma", "" for a label of fewer than three plain words."""
    words = label.replace("-", " ").split()
    return "".join(word[0].upper() for word in words) if len(words) > 2 and all(map(str.isalpha, words)) else ""


def is_short(term: str, meaning: str) -> bool:
    """Whether a term looks like an abbreviation: capitals or digits behind its first letter, or it begins its
    meaning."""
    return term[1:] != term[1:].lower() or any(map(str.isdigit, term)) or meaning.casefold().startswith(term.casefold())


def spoken_with(table: Table, known: Mapping[str, str]) -> frozenset[str]:
    """What every row of an exhibit is about: the words of its caption and heads without the list of abbreviations, and
    the terms of that list which no row bears, or each."""
    return _spoken_with(table, tuple(known.items()))


@once
def _spoken_with(table: Table, known: tuple[tuple[str, str], ...]) -> frozenset[str]:
    words, own = table.words, {**dict(known), **table.abbreviations}
    rows = [
        all_words(units(" ".join(record[name] for name in table.model.row_words()), own))
        for record in table.records
        if record["kind"] not in ("subtotal", "overall", "heterogeneity")
    ]
    terms = []
    for term, meaning in table.abbreviations.items():
        words = words.replace(f"{term}: {meaning}", " ")
        borne = [all(unit.in_words(row) for unit in units(term, own)) for row in rows if row]
        terms += [meaning] if all(borne) or not any(borne) else []
    return all_words(units(" ".join([words, *terms]), own))


def _places_in(table: Table, known: Mapping[str, str]) -> Iterator[ClaimTarget]:
    return _of_plot(table, known) if table.model.read_from() == "plot" else _of_cells(table, known)


def _of_cells(table: Table, known: Mapping[str, str]) -> Iterator[ClaimTarget]:
    """The cells that the schema of a table says a claim may repeat."""
    cells, naming = table.model.claim_cells(), table.model.label_column()
    if not cells:
        return
    general = spoken_with(table, known) | table.model.claim_words()
    for record in table.records:
        total = is_total(record[naming])
        for cell in cells:
            if cell.rows in ("all", "total" if total else "groups") and all(
                record[column] in texts for column, texts in cell.only.items()
            ):
                yield from _of_cell(record, cell, general, known)


def _of_cell(
    record: Record, cell: ClaimCell, general: frozenset[str], known: Mapping[str, str]
) -> Iterator[ClaimTarget]:
    """The place of a cell; a second, unsure one without the words that an earlier sentence may hold."""
    words = {column: _words_of(record[column], cell, known) for column in cell.label}
    label = (*units(cell.words, {}), *(unit for column in cell.label for unit in words[column]))
    harmless = general.union(*(all_words(units(record[column], known)) for column in cell.context))
    place = ClaimTarget(record, cell.column, label, harmless, cell.measures, cell.count, of=cell.of, unsure=cell.unsure)
    yield place
    if cell.said_before and words[cell.said_before]:
        shorter = (unit for column in cell.label if column != cell.said_before for unit in words[column])
        yield replace(place, label=tuple(shorter), unsure=True)


def _words_of(text: str, cell: ClaimCell, known: Mapping[str, str]) -> list[Unit]:
    return [] if text in cell.silent else units(text, known)


def _of_plot(table: Table, known: Mapping[str, str]) -> Iterator[ClaimTarget]:
    measures = spoken_of(table.words)
    general = spoken_with(table, known) | (ADVERSE if "adverse" in measures else frozenset())
    subgroups = [record for record in table.records if record["kind"] == "subgroup"]
    totals = possible_sums(subgroups, "total", known)
    for record in subgroups if totals else ():  # of all patients
        label = tuple(units(record["label"], known))
        yield ClaimTarget(record, "", label, general, ("percent",), "total", totals=totals)
    for record in table.records:
        name = {"subtotal": record["group"], "subgroup": record["label"], "overall": ""}.get(record["kind"])
        if name is not None and measures and record["measure"] in ("ES", "proportion"):
            label, limits = tuple(units(name, known)), ("ci_low", "ci_high")
            yield ClaimTarget(record, "estimate", label, general, measures, scale=100, limits=limits)
            yield ClaimTarget(record, "i2", label, general, tuple(f"i2 {name}" for name in measures))


def spoken_of(words: str) -> tuple[str, ...]:
    """The measures that the caption and the heads of a figure name."""
    text = words.casefold()
    return tuple(name for name, terms in _SPEAKS_OF.items() if any(term in text for term in terms))
