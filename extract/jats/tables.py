"""The tables of an article's XML: every <table-wrap>, wherever it stands, as a table like those of pages."""

from collections.abc import Iterator, Sequence

from extract.errors import PartFaults, UnreadableError
from extract.jats.layout.heads import head_count
from extract.jats.layout.oasis import lines_of_tgroup
from extract.jats.layout.spans import Line, lines_of
from extract.jats.layout.stub import with_one_stub
from extract.jats.source import Element, children, has, inside, name_of, place_of
from extract.jats.text import NOT_PRINTED, marked_text, plain_text
from extract.page.labels import TABLE_CAPTION, split_continued, table_label
from extract.tables.table import Cell, CellFlag, Flag, PrintedTable, Row

JATS_READER = "jats"
_PICTURED = "RDR003"
_PICTURES = ("inline-graphic", "graphic", "media")


def tables_of_article(article: Element, faults: PartFaults) -> list[PrintedTable]:
    """Return the tables of an article in the order of its file. `faults` keeps those that it has no cells of, and those
    that are too large."""
    found: list[PrintedTable] = []
    for wrap in inside(article, "table-wrap"):
        label = label_and_caption(wrap)[0]
        with faults.within(label or place_of(wrap), label):
            try:
                found.append(table_of(wrap))
            except UnreadableError as error:
                raise UnreadableError(f"{faults.path}: {error}") from None
    return found


def table_of(wrap: Element) -> PrintedTable:
    """Return the table of a <table-wrap>. Several <table> in it stand below one another. UnreadableError if it has no
    cells, or too many."""
    label, caption = label_and_caption(wrap)
    grids = [grid for lines in _blocks(wrap) if (grid := _grid(lines))[1]]
    if not grids:
        raise UnreadableError(_why_unread(wrap, label or "the table"))
    (count, rows), others = grids[0], grids[1:]
    for more, below in others:
        repeated = [row.texts for row in below[:more]] == [row.texts for row in rows[:count]]
        rows = [*rows, *(below[more:] if repeated else below)]
    width = max(len(row.cells) for row in rows)
    padded = tuple(row.padded(width) for row in rows)
    flags = tuple(
        Flag(r, c, *flag) for r, row in enumerate(padded) for c, cell in enumerate(row.cells) for flag in cell.flags
    )
    return PrintedTable(
        *(label, caption, (), count, padded, tuple(_notes(wrap)), flags),
        element=place_of(wrap),
    )


def _blocks(wrap: Element) -> Iterator[list[Line]]:
    """The rows of each <table> in a <table-wrap>; those of each <tgroup> where a table is in the OASIS format."""
    for table in inside(wrap, "table"):
        tgroups = children(table, "tgroup")
        yield from map(lines_of_tgroup, tgroups) if tgroups else [lines_of(table)]


def _why_unread(wrap: Element, label: str) -> str:
    return f"the XML has {'only a picture' if has(wrap, 'graphic', 'media') else 'no cells'} of {label}"


def label_and_caption(wrap: Element) -> tuple[str, str]:
    """The label as journals print it ("Table 2"), and the title behind it, which may hold the label."""
    group = wrap.getparent()
    labels = [*children(wrap, "label"), *(children(group, "label") if group is not None else [])]
    label = plain_text(labels[0]).rstrip(" .:") if labels else ""
    caption = " ".join(filter(None, (marked_text(each).text for each in children(wrap, "caption"))))
    printed = TABLE_CAPTION.match(label)
    if not label and (printed := TABLE_CAPTION.match(caption)):
        caption = caption[printed.end() :].lstrip(" .:|–—-")
    if printed and (not label or printed.end() == len(label)):
        label = table_label(printed)
    return label, split_continued(caption)[0]


def _notes(wrap: Element) -> Iterator[str]:
    """The notes below a table, each with its mark."""
    for foot in children(wrap, "table-wrap-foot"):
        parts = [node for node in inside(foot, "fn", "p", "attrib") if not _is_within_note(node, foot)]
        yield from filter(None, (plain_text(node, NOT_PRINTED) for node in parts or [foot]))


def _is_within_note(node: Element, foot: Element) -> bool:
    """Whether an element below a table stands within another note there."""
    above = node.getparent()
    while above is not None and above is not foot and name_of(above) not in ("fn", "p"):
        above = above.getparent()
    return above is not None and above is not foot


def _grid(lines: Sequence[Line]) -> tuple[int, list[Row]]:
    """The number of rows of the head, and the rows without blank rows and columns."""
    columns = sorted({place for line in lines for place, cell in line.cells.items() if _is_printed(cell)})
    printed = [line for line in lines if any(map(_is_printed, line.cells.values()))]
    indents = [marked_text(line.cells[columns[0]]).indent for line in printed if columns[0] in line.cells]
    least = min(indents, default=0.0)
    return head_count(printed), with_one_stub([_row(line, columns, least) for line in printed])


def _row(line: Line, columns: Sequence[int], least: float) -> Row:
    texts = {place: marked_text(cell) for place, cell in line.cells.items()}
    cells = tuple(
        Cell(texts[place].text, texts[place].marks, flags=tuple(_flags(line.cells[place])))
        if place in texts
        else Cell()
        for place in columns
    )
    indent = texts[columns[0]].indent - least if columns[0] in texts else 0.0
    return Row(cells, indent, (JATS_READER,))


def _is_printed(cell: Element) -> bool:
    return bool(plain_text(cell)) or has(cell, *_PICTURES)


def _flags(cell: Element) -> Iterator[CellFlag]:
    """A flag for a picture in a cell, whose text the XML does not hold."""
    if has(cell, *_PICTURES) and not has(cell, "math", "tex-math", "alt-text"):
        yield CellFlag(_PICTURED, JATS_READER, marked_text(cell).text, "a picture stands in the cell")
