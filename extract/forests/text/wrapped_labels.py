"""Labels over several lines: a text alone that stands nearer to a row than rows to one another is part of its label."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.text.layout import Entry, Layout

CLOSE = 0.75  # of the distance of rows
GOES_ON = re.compile(r"^[a-z(+&/,]|^(?:and|or|et al)\b")
UNFINISHED = re.compile(r"[-+&/,(]$|\b(?:and|or|of|with|vs\.?)$")


def with_wrapped(layout: Layout) -> list[Entry]:
    """The lines with those put together that are one row; the texts that remain are headings."""
    entries = [entry for entry in layout.entries if entry.kind != "text" or stands_at_labels(entry, layout)]
    done: list[Entry] = []
    for i, entry in enumerate(entries):
        if entry.kind != "text":
            done.append(entry)
        elif follows(done, entry, layout):
            done[-1] = joined(done[-1], entry)
        elif i + 1 < len(entries) and leads(entry, entries[i + 1], layout):
            entries[i + 1] = joined(entries[i + 1], entry)
        else:
            done.append(entry)
    last = max((i for i, entry in enumerate(done) if entry.kind == "row"), default=-1)
    return [entry for i, entry in enumerate(done) if entry.kind != "text" or i < last]


def stands_at_labels(entry: Entry, layout: Layout) -> bool:
    """Whether a text alone begins where texts do; what stands elsewhere belongs to the drawing."""
    texts = [column for column in layout.columns if column.is_text]
    x, size = entry.line.x0, entry.line.words[0].size
    return any(column.x0 - 3 * size < x < column.x1 for column in texts)


def follows(before: Sequence[Entry], entry: Entry, layout: Layout) -> bool:
    """Whether a text carries on the row above it."""
    if not before or before[-1].kind != "row":
        return False
    near = entry.line.middle - before[-1].line.middle < CLOSE * layout.pitch
    return near and not (has_label(before[-1], layout) and entry.line.text[:1].isupper() and is_bold(entry))


def leads(entry: Entry, row: Entry, layout: Layout) -> bool:
    """Whether a text begins the label of the row below it: that has none, or goes on in small letters."""
    if row.kind != "row" or row.line.middle - entry.line.middle >= CLOSE * layout.pitch:
        return False
    unfinished = UNFINISHED.search(entry.text) or GOES_ON.match(row.text)
    return bool(not has_label(row, layout) or unfinished)


def has_label(row: Entry, layout: Layout) -> bool:
    return any((row.cells or {}).get(i) for i in layout.column("label"))


def is_bold(entry: Entry) -> bool:
    return all(word.bold for word in entry.line.words)


def joined(row: Entry, text: Entry) -> Entry:
    """The row with the words of a text in its columns."""
    cells = dict(row.cells or {})
    for i, words in (text.cells or {}).items():
        cells[i] = (*cells.get(i, ()), *words)
    return replace(row, cells=cells)
