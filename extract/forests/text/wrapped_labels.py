"""Labels over several lines: a text alone in its line that stands nearer to a row than rows stand to one another is
part of the label of that row."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.forests.text.layout import Entry, PlotLayout

WRAP_PITCH_SHARE = 0.75  # of the distance of rows: lines of one label are nearer, headings stand a whole row away
LABEL_HANG_EM = 3.0  # by which a heading may begin before the column of labels
_ENTRY_KINDS = ("row", "drawn")
GOES_ON = re.compile(r"^[a-z(+&/,]|^(?:and|or|et al)\b")
UNFINISHED = re.compile(r"[-+&/,(]$|\b(?:and|or|of|with|vs\.?)$")


def with_wrapped_labels(layout: PlotLayout) -> list[Entry]:
    """The entries, with the lines of wrapped labels joined to their rows. The remaining texts are headings; those below
    the last row are left out."""
    entries = [entry for entry in layout.entries if entry.kind != "text" or stands_at_labels(entry, layout)]
    done: list[Entry] = []
    for i, entry in enumerate(entries):
        if entry.kind != "text":
            done.append(entry)
        elif continues_label(done, entry, layout):
            done[-1] = with_words_of(done[-1], entry)
        elif i + 1 < len(entries) and begins_label(entry, entries[i + 1], layout):
            entries[i + 1] = with_words_of(entries[i + 1], entry)
        else:
            done.append(entry)
    last = max((i for i, entry in enumerate(done) if entry.kind in _ENTRY_KINDS), default=-1)
    return [entry for i, entry in enumerate(done) if entry.kind != "text" or i < last]


def stands_at_labels(entry: Entry, layout: PlotLayout) -> bool:
    """Whether a text alone begins at a column of texts; a text elsewhere belongs to the drawing."""
    texts = [column for column in layout.columns if column.is_text]
    x, size = entry.line.x0, entry.line.words[0].size
    return any(column.x0 - LABEL_HANG_EM * size < x < column.x1 for column in texts)


def continues_label(before: Sequence[Entry], entry: Entry, layout: PlotLayout) -> bool:
    """Whether a text continues the row above it. A bold text with a capital below a labelled row is a heading."""
    if not before or before[-1].kind not in _ENTRY_KINDS:
        return False
    near = entry.line.middle - before[-1].line.middle < WRAP_PITCH_SHARE * layout.pitch
    return near and not (has_label(before[-1], layout) and entry.line.text[:1].isupper() and is_bold(entry))


def begins_label(entry: Entry, row: Entry, layout: PlotLayout) -> bool:
    """Whether a text begins the label of the row below it: the row has no label, its label goes on in small letters, or
    the text is unfinished."""
    if row.kind not in _ENTRY_KINDS or row.line.middle - entry.line.middle >= WRAP_PITCH_SHARE * layout.pitch:
        return False
    unfinished = UNFINISHED.search(entry.text) or GOES_ON.match(row.text)
    return bool(not has_label(row, layout) or unfinished)


def has_label(row: Entry, layout: PlotLayout) -> bool:
    return any((row.cells or {}).get(i) for i in layout.numbers_of("label"))


def is_bold(entry: Entry) -> bool:
    return all(word.bold for word in entry.line.words)


def with_words_of(row: Entry, text: Entry) -> Entry:
    """The row with the words of a text in its columns."""
    cells = dict(row.cells or {})
    for i, words in (text.cells or {}).items():
        cells[i] = (*cells.get(i, ()), *words)
    return replace(row, cells=cells)
