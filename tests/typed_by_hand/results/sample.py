"""Cells of trials taken at random, with what `check` says of each, to be compared with the page by eye.

`python -m tests.typed_by_hand.results.sample CORPUS` writes sample.csv anew; the verdicts that stand in it are kept for
cells of which the same is said. `verdict`: right, or wrong with what is wrong in `why`: the statistic, the arm, the row
or the numbers.
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from extract.meaning.cells.shapes import cell_shape
from extract.records.exhibits import ExtractedExhibit
from extract.records.without_card import read_without_card
from schemas import SCHEMAS

SAMPLE = Path(__file__).parent / "sample.csv"
SIZE = 300
SEED = 12
TEXTS = (
    "section",
    "outcome",
    "level",
    "timepoint",
    "arm",
    "versus",
    "arm_n",
    "population",
    "statistic",
    "measure",
    "test",
)
COLUMNS = ("file", "exhibit", "page", "row", "cell", "printed", *TEXTS, "values", "verdict", "why")
_NO_VALUES = {"row", "arm_n", "page", "x0", "top", "x1", "bottom"}

Line = dict[str, str]


def lines_of(pdf: Path) -> Iterator[Line]:
    """A line for each printed cell with numbers: what its records say, several joined by " | "."""
    for exhibit in read_without_card(pdf, pdf.stem).exhibits:
        if exhibit.card.schema == "results":
            yield from _lines(pdf, exhibit)


def _lines(pdf: Path, exhibit: ExtractedExhibit) -> Iterator[Line]:
    frame, table = exhibit.frame, exhibit.table
    numeric = [name for name in SCHEMAS["results"].columns() if name in SCHEMAS["results"].numeric() - _NO_VALUES]
    printed = {(str(m.row), m.cell): table.body[m.body_row].texts[m.place] for m in exhibit.meanings} if table else {}
    cells = frame["cell"].str.partition(".")[0]
    for (row, cell), records in frame.groupby([frame["row"], cells], sort=False):
        text = next(printed[key] for key in printed if key[0] == row and key[1].partition(".")[0] == cell)
        if not cell_shape(text).is_numeric:
            continue
        said = [
            ";".join(f"{name}={record[name]}" for name in numeric if record[name]) for _, record in records.iterrows()
        ]
        joined = {name: " | ".join(dict.fromkeys(records[name])) for name in TEXTS}
        yield {
            "file": pdf.stem,
            "exhibit": exhibit.card.name,
            "page": records["page"].iloc[0],
            "row": str(row),
            "cell": str(cell),
            "printed": text,
            **joined,
            "values": " | ".join(said),
            "verdict": "",
            "why": "",
        }


def main(corpus: Path) -> None:
    lines = [line for pdf in sorted(corpus.glob("tables/jats/*.pdf")) for line in lines_of(pdf)]
    drawn = random.Random(SEED).sample(lines, SIZE)
    judged = {tuple(line[name] for name in COLUMNS[:-2]): line for line in read_sample()} if SAMPLE.is_file() else {}
    for line in drawn:
        line |= {name: judged.get(tuple(line[key] for key in COLUMNS[:-2]), line)[name] for name in ("verdict", "why")}
    with SAMPLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            sorted(drawn, key=lambda line: (line["file"], line["exhibit"], int(line["row"]), line["cell"]))
        )


def _place(line: Line) -> tuple[str, str, int, int]:
    return line["file"], line["exhibit"], int(line["row"]), int(line["cell"])


def read_sample() -> list[Line]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
