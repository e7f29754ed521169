"""The tables of a paper turned into what their cells say."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from collections.abc import Mapping

from extract.meaning.arms import ColumnArm, arm_key, arms_of_paper, column_arms, rows_are_arms, sides
from extract.meaning.cell_shapes import ShapedCell, decimal_comma_in, shape_of
from extract.meaning.heads import CONTROL, ColumnHead, column_head, compared_in, head_level
from extract.meaning.notes import caption_words, marked_notes, population_in, telling_notes
from extract.meaning.outline import Line, is_subhead, is_wordy, outline, says_statistic_only, stub_width
from extract.meaning.statistics import GENERAL, Context, Source, Statement, TWO_NAMES, count_fits, statements_of
from extract.meaning.times import is_time, time_in, time_of_caption
from extract.meaning.units import unit_in
from extract.meaning.words import NAMED_MEASURES, said_in
from extract.tables.heads import head_levels
from extract.tables.table import Cell, PrintedTable, Row

_SIZE_LABEL = re.compile(
    r"(?i)(?:total )?(?:n|no\.?|number|#)(?: of)?(?: (?:patients|subjects|participants|women|men|children|eyes|cases))?|participants|patients(?: recruited)?"
    r"|(?:patients|subjects|participants)(?: (?:randomi[sz]ed|analy[sz]ed|included))?"
)
_AT = re.compile(r"\b(?:at|after|on)\s+(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """What a printed cell, or a part of it, says. `row`: the data row, from 1; `cell`: the printed column, from 1, with
    the number of the part where the cell says several things; `values`: by column of the schema `results`, as text;
    `marks`: note marks and words of the cell; `body_row`, `place`: of the cell in the body of the table, from 0."""

    row: int
    cell: str
    section: str
    outcome: str
    level: str
    unit: str
    timepoint: str
    arm: str
    versus: str
    arm_n: str
    population: str
    statistic: str
    adjusted: str
    values: Mapping[str, str]
    evidence: str
    marks: tuple[str, ...]
    body_row: int
    place: int


@dataclass(frozen=True)
class _Segment:
    """Rows under one head. `section`: the text of a subhead in the stub."""

    levels: list[list[str]]
    section: str
    rows: list[tuple[int, Row]] = field(default_factory=list)


def meanings_of(table: PrintedTable, known: Collection[str] = ()) -> list[Meaning]:
    """Return what each cell right of the stub says, row by row. `known`: the keys of the arms of the paper."""
    stub = stub_width(table)
    found: list[Meaning] = []
    for segment in _segments(table, stub):
        found += _SegmentReader(table, segment, stub, known).read(found[-1].row if found else 0)
    return found


def meanings_of_paper(tables: Sequence[PrintedTable]) -> list[list[Meaning]]:
    """Return for each table what its cells say."""
    known = arms_of_paper(tables)
    return [meanings_of(table, known) for table in tables]


def _segments(table: PrintedTable, stub: int) -> list[_Segment]:
    base = head_levels(table.head) or [[] for _ in range(table.width)]
    heads = [text for path in base for text in path if text]
    found = [_Segment(base, "")]
    block: list[Row] = []
    for index, row in enumerate(table.body):
        if is_subhead(row, stub, heads):
            block.append(row)
            continue
        if block:
            found.append(_Segment(_below(base, head_levels(block)), _stub_text(block)))
            block = []
        found[-1].rows.append((index, row))
    if len(found) > 1 and base and (text := " / ".join(text for text in base[0] if text)) and found[1].section:
        found[0] = replace(found[0], section=head_level(text).name)
    return [segment for segment in found if segment.rows]


def _stub_text(block: Sequence[Row]) -> str:
    return " / ".join(row.texts[0] for row in block if row.texts[0])


def _below(base: list[list[str]], lowest: list[list[str]]) -> list[list[str]]:
    """The head levels with the lowest ones replaced by those of a subhead."""
    depth = len(lowest[0])
    return [[*path[: max(len(path) - depth, 0)], *new] for path, new in zip(base, lowest, strict=True)]


class _SegmentReader:
    """What the cells under one head say."""

    def __init__(self, table: PrintedTable, segment: _Segment, stub: int, known: Collection[str]) -> None:
        self.table, self.segment, self.stub, self.known = table, segment, stub, known
        self.places = list(range(stub, table.width))
        self.columns = [column_head(segment.levels[place]) for place in self.places]
        plain = [place for place, column in zip(self.places, self.columns, strict=True) if not column.is_comparison]
        self.lines = outline(segment.rows, stub, plain or self.places)
        self.data = [line for line in self.lines if line.has_values]
        self.by_rows = rows_are_arms([line.label for line in self.data], self.columns, known)
        self.arms = [ColumnArm()] * len(self.columns) if self.by_rows else column_arms(self.columns, known)
        commas = [decimal_comma_in([row.texts[place] for _, row in segment.rows]) for place in self.places]
        rows = dict(segment.rows)
        self.shapes = {
            (line.index, place): _unambiguous(rows[line.index].texts[place], comma)
            for line in self.lines
            for place, comma in zip(self.places, commas, strict=True)
        }
        self.rows = rows
        self.sizes = self._sizes()
        self.among_counts = [self._counts_prevail(place) for place in self.places]
        self.general = [
            _general("caption", caption_words(table.caption)),
            *(_general("note", text) for text in telling_notes(table)),
        ]

    def read(self, before: int) -> list[Meaning]:
        found = []
        for number, line in enumerate(self.data, before + 1):
            for column, place in enumerate(self.places):
                cell = self.rows[line.index].cells[place]
                if cell.text:
                    found += self._meanings(line, number, column, cell)
        return found

    def _sizes(self) -> list[str]:
        """The N of each column: of its head, else of a row that counts the patients, else of the caption."""
        counting = next((line for line in self.data if _SIZE_LABEL.fullmatch(head_level(line.label).name or line.label.strip(" ,()"))), None)
        caption = head_level(self.table.caption).size if len(self.places) == 1 or not any(arm.arm for arm in self.arms) else ""
        found = []
        for arm, place in zip(self.arms, self.places, strict=True):
            cell = self.shapes[counting.index, place] if counting else ShapedCell("")
            counted = cell.numbers[0] if cell.shape == "N" and cell.numbers[0].replace(",", "").isdigit() else ""
            found.append(arm.size or counted or caption)
        return found

    def _counts_prevail(self, place: int) -> bool:
        column = self.places.index(place)
        cells = [cell for line in self.data if (cell := self.shapes[line.index, place]).numbers]
        counted = sum(1 for cell in cells if self._is_count(cell, self.sizes[column]))
        return bool(cells) and counted * 2 >= len(cells)

    @staticmethod
    def _is_count(cell: ShapedCell, size: str) -> bool:
        if cell.shape in ("N(N%)", "N/N(N)", "N/N(N%)", "N/N"):
            return cell.numbers[0].replace(",", "").isdigit()
        return cell.shape == "N(N)" and count_fits(*cell.numbers, size)

    def _meanings(self, line: Line, number: int, column: int, cell: Cell) -> Iterator[Meaning]:
        place = self.places[column]
        shaped = self.shapes[line.index, place]
        head, arm = self.columns[column], self._arm(line, column)
        left = self._head_sources(column - 1) if column else []
        sources = self._sources(line, column, cell)
        words = is_wordy(cell.text) and not said_in(cell.text)
        said = [] if words else statements_of(shaped, Context(sources, arm.size, self.among_counts[column], tuple(left)))
        said = said or [self._absent(column, shaped, sources)]
        section, outcome, level = self._names(line, arm)
        levels = self._split_levels(line, said)
        notes = self._words(shaped, cell)
        for part, statement in enumerate(said, 1):
            values = dict(statement.values)
            yield Meaning(
                row=number,
                cell=f"{place + 1}.{part}" if len(said) > 1 else f"{place + 1}",
                section=section,
                outcome=outcome,
                level=levels[part - 1] if levels else level,
                unit=unit_in(line.label, *(above.label for above in reversed(line.above)), *(part.text for part in reversed(head.levels))),
                timepoint=self._time(line, head),
                arm=arm.arm,
                versus=arm.versus if statement.statistic not in _OF_ONE_ARM else "",
                arm_n=arm.size,
                population=arm.population or population_in(self.table.caption, head.text, line.label),
                statistic=statement.statistic,
                adjusted=next((source.said.adjusted for source in sources if source.said.adjusted and source.place not in GENERAL), ""),
                values=values,
                evidence=statement.evidence,
                marks=(*cell.marks, *notes) if part == 1 else (),
                body_row=line.index,
                place=place,
            )

    @staticmethod
    def _words(shaped: ShapedCell, cell: Cell) -> tuple[str, ...]:
        if not shaped.numbers or is_wordy(cell.text):
            return (cell.text,)
        return (" ".join(shaped.words),) if shaped.words and not said_in(" ".join(shaped.words)) else ()

    def _absent(self, column: int, shaped: ShapedCell, sources: Sequence[Source]) -> Statement:
        """A cell without a number has the statistic that another cell would have there."""
        probe = statements_of(ShapedCell("N", ("0.5",)), Context(tuple(sources)))
        return Statement(probe[0].statistic, {}, "no number")

    def _arm(self, line: Line, column: int) -> ColumnArm:
        arm = self.arms[column]
        size = self.sizes[column]
        if not self.by_rows:
            second = head_level(line.second) if line.second else None
            if second and self._is_arm(second.name) and not arm.versus:
                return replace(arm, arm=second.name, size=second.size or size)
            return replace(arm, size=size) if not arm.versus else arm
        level = head_level(line.label)
        versus = compared_in(line.label)
        compares = self.columns[column].is_comparison
        beside = "" if compares else " / ".join(self.columns[column].names)
        if all(versus):
            return ColumnArm(versus[0], versus[1], beside=beside)
        if level.said:  # a row of tests or P values compares all arms
            names = [head_level(other.label).name for other in self.data if not head_level(other.label).said]
            arms = list(dict.fromkeys(name for name in names if name))
            return ColumnArm(*sides(arms), beside=beside) if len(arms) > 1 else ColumnArm(beside=beside)
        return ColumnArm(level.name, self._reference(column, level.name) if compares else "", size=level.size, beside=beside)

    def _reference(self, column: int, name: str) -> str:
        """The arm with which the others of a column of comparisons are compared: the control, or the only row without a
        value there."""
        names = {head_level(line.label).name: self.shapes[line.index, self.places[column]] for line in self.data}
        controls = [other for other in names if CONTROL.search(other)]
        blank = [other for other, cell in names.items() if not cell.numbers]
        found = controls if len(controls) == 1 else blank
        return found[0] if len(found) == 1 and found[0] != name else ""

    def _is_arm(self, name: str) -> bool:
        return arm_key(name) in self.known or bool(CONTROL.fullmatch(name.strip()))

    def _names(self, line: Line, arm: ColumnArm) -> tuple[str, str, str]:
        """Section, outcome and level of a line."""
        above = [other.label for other in line.above]
        sections = [self.segment.section] if self.segment.section else []
        second = "" if not line.second or is_time(line.second) or self._is_arm(head_level(line.second).name) or says_statistic_only(line.second) else line.second
        if self.by_rows:
            own = arm.beside or (above.pop() if above else "") or self._stub_head()
            kept = "" if arm.arm == head_level(line.label).name or is_time(line.label) else line.label
            return " / ".join(text for text in [*sections, *above] if text != own), own, second or kept
        parent = line.parent
        if parent is not None and parent.is_variable:
            level = "" if is_time(line.label) or says_statistic_only(line.label) else line.label
            return " / ".join([*sections, *above[:-1]]), parent.label, " / ".join(filter(None, [level, second]))
        if arm.beside and is_time(line.label):
            return " / ".join([*sections, *above]), arm.beside, second
        return " / ".join([*sections, *above]), line.label, " / ".join(filter(None, [second, arm.beside]))

    def _stub_head(self) -> str:
        return next((head_level(text).name for text in reversed(self.segment.levels[0]) if text), "")

    def _split_levels(self, line: Line, said: Sequence[Statement]) -> list[str]:
        """The two groups that a label names for the two counts of its cells: "Sex, male/female" with "19/5"."""
        if len(said) != 2 or {statement.statistic for statement in said} != {"count"}:  # noqa: PLR2004
            return []
        match = next((match for text in (line.label, line.second) if (match := TWO_NAMES.search(text))), None)
        return [match[1], match[2]] if match else []

    def _time(self, line: Line, head: ColumnHead) -> str:
        own = line.second if is_time(line.second) else ""
        if not own and is_time(line.label) and (line.parent is not None or self.by_rows or not self._is_age(line)):
            own = line.label
        if own:
            return f"{head.time}, {own}" if "change" in head.time.casefold() else own
        at = _AT.search(line.label)
        if at and is_time(at[1]):
            return at[1]
        above = next((other.label for other in reversed(line.above) if (found := _AT.search(other.label)) and is_time(found[1])), "")
        found = _AT.search(above)
        return self._head_time(head) or (found[1] if found else "") or time_of_caption(self.table.caption)

    def _head_time(self, head: ColumnHead) -> str:
        """The time of a head; of a comparison that names none, the one time of all arms."""
        if head.time or not head.is_comparison:
            return head.time
        times = {column.time for column in self.columns if not column.is_comparison and column.time}
        return times.pop() if len(times) == 1 else ""

    @staticmethod
    def _is_age(line: Line) -> bool:
        return bool(re.search(r"(?i)years?|yrs?|\by\b", line.label))

    def _head_sources(self, column: int) -> list[Source]:
        return [Source("head", level.text, level.said) for level in reversed(self.columns[column].levels)]

    def _sources(self, line: Line, column: int, cell: Cell) -> tuple[Source, ...]:
        """What is said about a cell, the nearest first: a column of comparisons is explained by its head, others by
        the labels of the row, which are more special than the head over all rows."""
        heads = self._head_sources(column)
        texts = [("label", line.label), ("label", line.second)]
        texts += [("heading", other.label) for other in reversed(line.above) if not _adds_up(other, line)]
        labels = [Source(place, text, said_in(text)) for place, text in texts if text]
        if line.parent is not None and line.parent.adds_up:
            labels.append(Source("arithmetic", f"the categories of {line.parent.label} add to 100 %", said_in("n (%)")))
        marks = [mark for other in (self._label_cell(line), cell) for mark in other.marks]
        marked = [Source("note", text, said) for text in marked_notes(self.table, marks) if (said := said_in(text))]
        special = self.columns[column].is_comparison or any(source.said.spread == "ci" and not source.said.centre for source in heads[:1])
        near = [*heads, *marked, *labels] if special else [*labels, *marked, *heads]
        return (*near, *self.general)

    def _label_cell(self, line: Line) -> Cell:
        return self.rows[line.index].cells[0]


def _general(place: str, text: str) -> Source:
    """What caption or note says of all cells. Only the names of measures count there, not "differences" in prose."""
    said = said_in(text)
    return Source(place, text, said if said.measure in NAMED_MEASURES else replace(said, measure=""))


_OF_ONE_ARM = frozenset({"count", "mean", "median", "geometric_mean", "range"})


def _adds_up(heading: Line, line: Line) -> bool:
    """Whether the heading's own statistic is not that of its categories: "BMI (SD)" over "<= 27.0"."""
    return heading.is_variable and not is_time(line.label) and not says_statistic_only(line.label) and not (said_in(heading.label).count or said_in(heading.label).percent)


def _unambiguous(text: str, decimal_comma: bool) -> ShapedCell:
    """The shape of a cell; where its limits would be in the wrong order, its comma is a decimal one: "12 (9,0)"."""
    shaped = shape_of(text, decimal_comma)
    if shaped.shape == "N(N~N)" and "," in text and not decimal_comma:
        low, high = (number.replace(",", "").lstrip("<>=") for number in shaped.numbers[1:])
        other = shape_of(text, True)
        if float(low) > float(high) and other.shape == "N(N)":
            return other
    return shaped
