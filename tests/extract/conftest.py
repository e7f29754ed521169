"""Words, lines, pages and tables as tests need them.

The face of the drawn ones has letters half as wide as they are high."""

import re
import runpy
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typst

from extract.page.box import Box
from extract.page.captions import Caption
from extract.page.lines import Line, make_lines
from extract.page.objects import Character, Edges
from extract.page.sheet import Sheet
from extract.page.words import Word
from extract.tables.grid.cell_lines import CellLine
from extract.tables.grid.cell_split import split_by_columns
from extract.tables.grid.columns import find_columns
from extract.tables.reading import read_tables
from extract.tables.region import Region
from extract.tables.table import Cell, PrintedTable, Row

FACSIMILES = Path(__file__).parents[2] / "raw_pdfs" / "facsimiles"
SIZE = 8.0
LETTER = SIZE / 2
PITCH = 9.0
Printed = str | tuple[str, str]
typesetter: dict[str, Any] = runpy.run_path(str(FACSIMILES / "typeset.py"))


def _set_word(text: str, x0: float = 0.0, top: float = 0.0, size: float = SIZE, font: str = "Sans") -> Word:
    return Word(text, x0, top, x0 + len(text) * size / 2, top + size, size, font)


def _is_ruled(row: str) -> bool:
    return bool(row.strip()) and not row.strip("- ")


def _draw(picture: str, pitch: float = PITCH) -> list[Line]:
    """The words of a table drawn with letters, two spaces or more between cells; a star before a word makes it bold.
    A line of nothing but dashes takes no room."""
    words = []
    rows = [row for row in picture.strip("\n").split("\n") if not _is_ruled(row)]
    for number, row in enumerate(rows):
        stars = 0
        for match in re.finditer(r"\S+", row):
            bold = bool(re.match(r"\*\w", match[0]))
            x0, font = (match.start() - stars) * LETTER, "Sans-Bold" if bold else "Sans"
            words.append(_set_word(match[0][bold:], x0, number * pitch, font=font))
            stars += bold
    return make_lines(words)


def _find_rules(picture: str) -> list[tuple[float, float, float]]:
    """Left end, height and right end of the rules that a picture shows as dashes, between two of its lines."""
    rules, above = [], 0
    for row in picture.strip("\n").split("\n"):
        if _is_ruled(row):
            rules += [(m.start() * LETTER, above * PITCH - 0.5, m.end() * LETTER) for m in re.finditer(r"-+", row)]
        else:
            above += 1
    return rules


def _regard(picture: str) -> Region:
    lines = [line for line in _draw(picture) if line.words]
    sheet = _lay(lines, _find_rules(picture))
    x0, x1 = min(line.x0 for line in lines) - 4, max(line.x1 for line in lines) + 4
    caption = Caption("Table 1", "1", "", False, x0, -20, x1, -10, 1.0)
    return Region(sheet, caption, x0, -1, x1, lines[-1].bottom + 1, tuple(lines), sheet.across)


def _spell(*runs: tuple[str, float, float]) -> list[Character]:
    """The characters of runs of (text, size, rise of the baseline in points) behind one another."""
    chars: list[Character] = []
    x = 0.0
    for text, size, rise in runs:
        for letter in text:
            bottom = 100 - rise
            edges = Edges(x0=x, top=bottom - size, x1=x + size / 2, bottom=bottom)
            chars.append(
                {**edges, "text": letter, "fontname": "Sans", "size": size, "matrix": (1, 0, 0, 1, x, -bottom)}
            )
            x += size / 2
    return chars


def _lay(lines: Sequence[Line], rules: Sequence[tuple[float, float, float]] = (), width: float = 595.0) -> Sheet:
    words = tuple(word for line in lines for word in line.words)
    across = tuple(Box(x0, y, x1, y) for x0, y, x1 in rules)
    return Sheet(1, 0, width, 800.0, words, across, (), ())


@cache
def _read_facsimile(folder: Path, paper: str, variant: str | None) -> tuple[Path, tuple[PrintedTable, ...]]:
    path = folder / f"{paper}-{variant}.pdf"
    typesetter["typeset"](paper, path, variant)
    return path, tuple(read_tables(path))


@pytest.fixture(scope="session")
def word() -> Callable[..., Word]:
    """word("Male", x0, top, size, font)"""
    return _set_word


@pytest.fixture(scope="session")
def draw() -> Callable[..., list[Line]]:
    """draw(picture, pitch): the lines of a table that is drawn with letters."""
    return _draw


@pytest.fixture(scope="session")
def cell_lines() -> Callable[..., list[CellLine]]:
    """cell_lines(picture, pitch): the lines of a drawn table, their words by column."""

    def make(picture: str, pitch: float = PITCH) -> list[CellLine]:
        lines = _draw(picture, pitch)
        spans = find_columns(lines)
        return [CellLine({c: tuple(w) for c, w in split_by_columns(line.words, spans).items()}) for line in lines]

    return make


@pytest.fixture(scope="session")
def regard() -> Callable[[str], Region]:
    """regard(picture): a drawn table as the region of a page; lines of dashes are its rules."""
    return _regard


@pytest.fixture(scope="session")
def spell() -> Callable[..., list[Character]]:
    """spell(("kg/m", 8, 0), ("2", 5, 3)): characters of runs of text, size, rise."""
    return _spell


@pytest.fixture(scope="session")
def lay() -> Callable[..., Sheet]:
    """lay(lines, rules): a sheet; a rule is its left end, height and right end."""
    return _lay


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[[str], Path]:
    """pdf(source): a PDF that Typst makes of its markup, without fonts of the machine."""

    def make(source: str) -> Path:
        path = tmp_path / "made.pdf"
        path.write_bytes(typst.compile(source.encode(), ignore_system_fonts=True, timestamp=0))
        return path

    return make


@pytest.fixture(scope="session")
def facsimile(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, tuple[PrintedTable, ...]]]:
    """facsimile("li2024", "hard"): the PDF in a layout (None: its journal's), and the tables that were read from it."""
    folder = tmp_path_factory.mktemp("facsimiles")
    return lambda paper, variant=None: _read_facsimile(folder, paper, variant)


def _row(top: float, texts: Sequence[Printed], indent: float) -> Row:
    cells = []
    for number, printed in enumerate(texts):
        text, mark = printed if isinstance(printed, tuple) else (printed, "")
        box = Box(50.0 + 100 * number, top, 140.0 + 100 * number, top + 8, page=1)
        cells.append(Cell(text, (mark,) if mark else (), (box,) if text else ()))
    return Row(tuple(cells), indent)


@pytest.fixture
def table_of() -> Callable[..., PrintedTable]:
    """table_of("Table 1", heads, body): rows of texts, a mark given as (text, mark), a leading ">" for an indent."""

    def make(label: str, heads: Sequence[Sequence[Printed]], body: Sequence[Sequence[Printed]]) -> PrintedTable:
        rows = []
        for number, texts in enumerate([*heads, *body]):
            first = texts[0][0] if isinstance(texts[0], tuple) else texts[0]
            plain = [(first[1:], texts[0][1]) if isinstance(texts[0], tuple) else first[1:], *texts[1:]]
            indented = first.startswith(">")
            rows.append(_row(100 + 10 * number, plain if indented else texts, 9.0 if indented else 0.0))
        box = Box(50.0, 100.0, 590.0, 100 + 10 * len(rows), page=1)
        return PrintedTable(label, "Caption", (box,), len(heads), tuple(rows))

    return make
