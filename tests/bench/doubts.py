"""Measures whether doubts are right: the shares of wrong and of right numeric cells that carry a flag.

    python -m tests.bench.doubts ../shared/corpus

reads the tables of the sets jats and icdar2013 of the corpus and compares them with the published ones. A repaired
character (RDR007) is no doubt. Cells that the page prints as we read them, and the XML otherwise, are left out: see
PAGE_IS_RIGHT. Wrong cells without a flag are listed.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from extract.errors import DoubletakeError
from extract.output.doubts import REPAIR_CODES
from extract.tables.reading import read_tables
from extract.tables.table import PrintedTable

SETS = ("jats", "icdar2013")
WORKERS = 2
PAGE_IS_RIGHT = {
    ("PMC4996097", "postop1stmo"): "the page prints mo, the XML month",
    ("PMC4996097", "postop3rdmo"): "the page prints mo, the XML month",
    ("PMC5056957", "baselineto12m"): "words of a head, which the XML has on another level",
    ("PMC5617873", "bodymassindex,kg/m2"): "the raised a is a note mark, which the XML has in the label",
    ("PMC5686687", "ppnouseofpainmedication"): "the page prints (n = 15) in the cell",
}
"""Paper and label of the row, as the scores write it -> what differs."""


class DoubtCounts(NamedTuple):
    """Numeric cells of published tables that were found, and those of them with a flag. `silent`: the wrong ones
    without a flag, by paper, table, label of the row and cell."""

    wrong: int
    wrong_flagged: int
    right: int
    right_flagged: int
    silent: tuple[tuple[str, str, str, str], ...]


def measure_doubts(corpus: Path) -> DoubtCounts:
    """Return the counts over the sets of a corpus, whose package `scoring` compares the tables."""
    sys.path.insert(0, str(corpus))
    pdfs = [pdf for name in SETS for pdf in sorted((corpus / "tables" / name).glob("*.pdf"))]
    with ProcessPoolExecutor(WORKERS) as pool:
        found = list(pool.map(_read, pdfs))
    each = [counts for pdf, tables in zip(pdfs, found, strict=True) for counts in compared(pdf, tables)]
    silent = tuple(place for counts in each for place in counts.silent)
    return DoubtCounts(*(sum(counts[place] for counts in each) for place in range(4)), silent)


def _read(pdf: Path) -> list[PrintedTable]:
    try:
        return read_tables(pdf)
    except DoubletakeError as error:
        print(error, file=sys.stderr)
        return []


def compared(pdf: Path, tables: Sequence[PrintedTable]) -> Iterator[DoubtCounts]:
    """Yield the counts of each published table of a document."""
    from scoring.table_metric import harmless_marks, make_grid, match
    from scoring.table_truth import read_truth

    truth = read_truth(pdf)
    true = [make_grid(table.label, table.rows) for table in truth]
    seen = [[_grid_of(table, harmless_marks(published)) for table in tables] for published in truth]
    for place, read in match(true, seen).items():
        yield _counts(pdf.stem, truth[place].label, true[place], seen[place][read])


def _grid_of(table: PrintedTable, marks: dict[str, str]) -> Any:  # noqa: ANN401 - a Grid of the corpus
    from scoring.table_metric import make_grid

    doubts = [(flag.row, flag.column) for flag in table.flags if flag.row >= 0 and flag.code not in REPAIR_CODES]
    return make_grid(table.label, [list(row.texts) for row in table.rows], marks, doubts)


def _counts(paper: str, label: str, true: Any, read: Any) -> DoubtCounts:  # noqa: ANN401
    wrong = Counter(
        {cell: n for cell, n in (read.numbers - true.numbers).items() if (paper, cell[0]) not in PAGE_IS_RIGHT}
    )
    right = read.numbers - wrong
    silent = (wrong - read.flagged).elements()
    return DoubtCounts(
        wrong.total(),
        (wrong & read.flagged).total(),
        right.total(),
        (right & (read.flagged - wrong)).total(),
        tuple((paper, label, *cell) for cell in silent),
    )


def main() -> None:
    counts = measure_doubts(Path(sys.argv[1]).resolve())
    for place in counts.silent:
        print("wrong and not flagged:", *place, sep="  ")
    print(f"wrong cells flagged: {counts.wrong_flagged} of {counts.wrong}")
    print(f"right cells flagged: {counts.right_flagged} of {counts.right}")


if __name__ == "__main__":
    main()
