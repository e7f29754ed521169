"""Drafts of cards: what `new` writes is a card that gives the frames of `check`."""

import os
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from extract.cards.card import Card
from extract.cards.loading import parse_card
from extract.drafting.draft import draft
from extract.errors import ExhibitError
from extract.records.exhibits import ExtractedExhibit
from extract.records.figures import read_figure
from extract.records.pipeline import ExtractedPaper
from extract.records.tables import read_exhibit
from extract.records.without_card import read_without_card, table_exhibits
from extract.tables.table import PrintedTable

Make = Callable[..., PrintedTable]

ROOT = Path(__file__).parents[3]
FACSIMILES = sorted((ROOT / "raw_pdfs" / "facsimiles").glob("*.pdf"))
EXPECTED = """
[exhibits.table2]  # page 1: Caption
label = "Table 2"
schema = "results"
rows = 1
unread = true  # remove this line when you have compared rows and columns with the page
columns = [
  { head = "Characteristic", reads = "outcome" },
  { head = "Drug (n = 51)", reads = "statistic", arm = "Drug" },
  { head = "P", reads = "statistic", arm = "Drug" },
]
"""


def paper(*exhibits: ExtractedExhibit, doi: str = "", citation: str = "") -> ExtractedPaper:
    card = Card("smith2026", doi, citation, "", None, tuple(exhibit.card for exhibit in exhibits), ())
    return ExtractedPaper(card, exhibits, "smith.pdf", "0" * 64, False)


def read_again(found: ExtractedPaper) -> list[pd.DataFrame]:
    """The frames that the draft of a paper gives, as it stands."""
    card = parse_card("smith2026", tomllib.loads(draft(found)))
    tables = [exhibit.table for exhibit in found.exhibits if exhibit.table is not None]
    plots = [exhibit.plot for exhibit in found.exhibits if exhibit.plot is not None]
    pdf, read = Path("smith.pdf"), list[ExtractedExhibit]()
    for each in card.exhibits:
        read.append(read_figure(card, each, plots, pdf) if each.is_plot else read_exhibit(card, each, tables, pdf))
    return [exhibit.frame for exhibit in read]


def differing(found: ExtractedPaper) -> list[str]:
    """The names of the tables whose frame is another one when it is read by the draft."""
    pairs = zip(found.exhibits, read_again(found), strict=True)
    return [each.card.name for each, frame in pairs if each.table is not None and not each.frame.equals(frame)]


def test_a_draft_says_what_was_found_out(table_of: Make) -> None:
    table = table_of("Table 2", [["Characteristic", "Drug (n = 51)", "P"]], [["Male, n (%)", "24 (47.1)", "0.412"]])
    text = draft(paper(*table_exhibits([table]), doi="10.1000/x", citation="A title"))
    assert text.endswith(EXPECTED)
    assert (tomllib.loads(text)["doi"], tomllib.loads(text)["citation"]) == ("10.1000/x", "A title")
    assert "extract/papers/README.md says what the keys mean" in text.splitlines()[0]


@pytest.mark.parametrize(
    ("heads", "body"),
    [
        ([["", "3 h group", "20 h group", "P"]], [["Births, n (%)", "32(43.2)", "22 (36.7)", "0.40"]]),
        ([["Outcome", "Group", "Week 4"]], [["Pain", "Placebo", "3 (1)"], ["", "Drug", "2 (1)"]]),
        ([["Term", "Meaning"]], [["ORR", "objective response rate"], ["OS", "overall survival"]]),
        ([["", 'N\x7f "(%)"']], [["Male", "44 (61.1)"]]),
    ],
)
def test_a_draft_gives_the_frames_of_check(heads: list[list[str]], body: list[list[str]], table_of: Make) -> None:
    assert differing(paper(*table_exhibits([table_of("Table 1", heads, body)]))) == []


def test_tables_of_one_label_are_told_by_their_order(table_of: Make) -> None:
    tables = [table_of("Table 1", [["", "N (%)"]], [["Male", count]]) for count in ("44 (61.1)", "12 (50.0)")]
    found = paper(*table_exhibits(tables))
    assert [exhibit.card.name for exhibit in found.exhibits] == ["table1", "table1_2"]
    assert [frame["n"][0] for frame in read_again(found)] == ["44", "12"]


@pytest.mark.parametrize("pdf", FACSIMILES, ids=lambda path: path.stem)
def test_the_draft_of_a_facsimile_extracts(pdf: Path) -> None:
    assert differing(read_without_card(pdf, "smith2026")) == []


def trials() -> Sequence[Path]:
    folder = os.environ.get("DOUBLETAKE_CORPUS")
    return sorted(Path(folder).glob("tables/jats/*.pdf")) if folder else ()


@pytest.mark.corpus
@pytest.mark.skipif(not trials(), reason="DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
@pytest.mark.parametrize("pdf", trials(), ids=lambda path: path.stem)
def test_the_draft_of_a_trial_extracts(pdf: Path) -> None:
    try:
        assert differing(read_without_card(pdf, "smith2026")) == []
    except ExhibitError as error:
        pytest.fail(f"the draft does not extract: {error}")


def test_a_card_names_arms_and_types_rows_that_were_missed(table_of: Make) -> None:
    table = table_of("Table 1", [["", "PBO", "Drug"]], [["Male, n (%)", "24 (47.1)", "25 (47.2)"]])
    text = draft(paper(*table_exhibits([table]))).replace("rows = 1", "rows = 2").replace(', arm = "PBO"', "")
    text += """
[arms.Placebo]
n = 51
also = ["PBO"]

[[unread_row]]
exhibit = "table1"
after = 1
cells = ["Deaths, n (%)", "2 (3.9)", "1 (1.9)"]
page = 4
"""
    card = parse_card("smith2026", tomllib.loads(text))
    frame = read_exhibit(card, card.exhibits[0], [table], Path("smith.pdf")).frame
    assert frame[["row", "arm", "arm_n", "n", "page", "read_by"]].to_numpy().tolist() == [
        ["1", "Placebo", "51", "24", "1", "pdfplumber"],
        ["1", "Drug", "", "25", "1", "pdfplumber"],
        ["2", "Placebo", "51", "2", "4", "card"],
        ["2", "Drug", "", "1", "4", "card"],
    ]


def test_a_card_may_type_a_whole_table(table_of: Make) -> None:
    table = table_of("Table 1", [["", "Drug"]], [["Male, n (%)", "25 (47.2)"]])
    text = draft(paper(*table_exhibits([table])))
    text += '[[unread_row]]\nexhibit = "table1"\ncells = ["Male, n (%)", "25 (47.2)"]\npage = 7\n'
    card = parse_card("smith2026", tomllib.loads(text))
    frame = read_exhibit(card, card.exhibits[0], [], Path("smith.pdf")).frame
    assert frame[["n", "percent", "read_by", "page"]].to_numpy().tolist() == [["25", "47.2", "card", "7"]]
