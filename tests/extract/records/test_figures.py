"""Forest plots that were read, as the exhibits of a card; made plots, since reading them has tests of its own."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.cards.card import Card
from extract.cards.loading import parse_card
from extract.errors import CardError, ExhibitError
from extract.forests.plot import Plot, PlotFlag, PlotRow
from extract.page.box import Box
from extract.publishing.publish import csv_text
from extract.records.exhibits import ExtractedExhibit
from extract.records.figures import read_figure

PDF = Path("smith2026.pdf")
HEADS = ("Study", "CR", "ES (95% CI)", "Weight (%)")
DATA: dict[str, Any] = {
    "doi": "10.1000/example",
    "citation": "Smith et al., Example 2026",
    "licence": "open access",
    "exhibits": {
        "fig2": {
            "label": "Fig. 2",
            "schema": "forest",
            "rows": 3,
            "columns": [
                {"head": "Study", "reads": "label"},
                {"head": "CR", "reads": "-"},
                {"head": "ES (95% CI)", "reads": "estimate (ci_low–ci_high)"},
                {"head": "Weight (%)", "reads": "weight"},
            ],
        }
    },
}
STUDY = {"kind": "study", "group": "ICI", "label": "Li 2020", "cr": "3", "estimate": "0.17", "ci_low": "0.07"}
ROWS = (
    STUDY | {"ci_high": "0.33", "weight": "60.10", "drawn_estimate": "0.174"},
    STUDY | {"label": "Wu 2021", "ci_high": "0.41", "weight": "39.90"},
    {"kind": "subtotal", "group": "ICI", "label": "Subtotal", "estimate": "0.17", "p": "0.11", "i2": ""},
)


def card(**changes: Any) -> Card:  # noqa: ANN401
    data = deepcopy(DATA)
    data["exhibits"]["fig2"] |= {key: value for key, value in changes.items() if key != "misread"}
    return parse_card("smith2026", data | ({"misread": changes["misread"]} if "misread" in changes else {}))


def plot(*rows: Mapping[str, str], label: str = "Figure 2", heads: tuple[str, ...] = HEADS) -> Plot:
    made = [
        PlotRow(values, Box(50, 100 + 10 * place, 500, 108 + 10 * place, page=4), read_by=("rapidocr", "drawing"))
        for place, values in enumerate(rows)
    ]
    return Plot(label, "Responses. ES: effect size.", Box(50, 90, 500, 200, page=4), "ES", "linear", tuple(made), heads)


def read(of: Card, *plots: Plot) -> ExtractedExhibit:
    return read_figure(of, of.exhibits[0], plots, PDF)


def test_the_rows_of_a_plot_are_records_with_their_place() -> None:
    frame = read(card(), plot(*ROWS)).frame
    head, first, *_ = csv_text(frame).splitlines()
    assert head.startswith("row,kind,group,label,treatment,measure,n_studies,total,cr,pr,events,")
    assert first.startswith("1,study,ICI,Li 2020,,ES,,,,,,")
    assert first.endswith(",0.174,,,,,4,50.0,100.0,500.0,108.0,,rapidocr+drawing")
    assert frame["p"].tolist() == ["", "", "0.11"]


def test_panels_of_one_figure_follow_one_another() -> None:
    frame = read(card(), plot(*ROWS[:2]), plot(*ROWS, label="Figure 3"), plot(ROWS[2])).frame
    assert frame["label"].tolist() == ["Li 2020", "Wu 2021", "Subtotal"]
    assert frame["row"].tolist() == ["1", "2", "3"]


@pytest.mark.parametrize("key", ["headings", "unsectioned", "columns"])
def test_a_card_of_a_plot_says_nothing_of_cells(key: str) -> None:
    columns = [{"head": "Study", "reads": "label", "kind": "study"}]
    with pytest.raises(CardError, match="a forest plot takes no headings"):
        card(**{key: {"headings": "group", "unsectioned": ["x"], "columns": columns}[key]})


def test_constants_of_the_card_hold_for_every_row() -> None:
    frame = read(card(constants={"measure": "proportion"}), plot(*ROWS)).frame
    assert frame["measure"].tolist() == ["proportion"] * 3


@pytest.mark.parametrize(
    ("plots", "message"),
    [
        ([], "expected a forest plot under 'Fig. 2', found no forest plot; check that it is the right PDF"),
        ([plot(*ROWS, label="")], "found a plot without label (page 4); check"),
        (
            [plot(*ROWS[:2])],
            "smith2026 exhibits.fig2 (Fig. 2, smith2026.pdf page 4): read 2 rows, the card says 3: see 'double",
        ),
        ([plot(*ROWS, heads=HEADS[:3])], "read 3 columns (Study | CR | ES (95% CI)), the card maps 4"),
        (
            [plot(*({**row, "estimate": "O.17"} for row in ROWS), heads=("Study", "CR", "Effect", "Weight (%)"))],
            "column 3 is headed 'Effect', the card says 'ES (95% CI)'; forest: row 1, column estimate: expected a",
        ),
        (
            [plot(*({**row, "weight": ""} for row in ROWS))],
            "no row has a value under 'Weight (%)', from which the card reads weight",
        ),
        ([plot(*({**row, "estimate": "O.17"} for row in ROWS))], "row 1, column estimate: expected a printed number"),
    ],
)
def test_a_plot_that_is_not_as_the_card_says(plots: list[Plot], message: str) -> None:
    with pytest.raises(ExhibitError) as error:
        read(card(), *plots)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_flags_and_doubtful_heads_are_lines_of_the_readings() -> None:
    flags = (PlotFlag("weight", "RDR001", "rapidocr", "60.1O", "O is 0"), PlotFlag("cr", "RDR001", "rapidocr", "8", ""))
    made = plot(*ROWS, heads=(*HEADS[:3], "Weight"))
    first = PlotRow(made.rows[0].values, made.rows[0].box, flags, ("rapidocr",))
    made = Plot(made.label, made.caption, made.box, "ES", "linear", (first, *made.rows[1:]), made.heads)
    made = replace(made, flags=(PlotFlag("", "RDR012", "drawing", "", "a second column is not read"),))
    found = [(each.row, each.column, each.published, each.reading, each.reader) for each in read(card(), made).doubts]
    assert found == [
        ("", "weight", "Weight (%)", "Weight", "rapidocr"),
        ("", "", "", "", "drawing"),
        ("1", "weight", "60.10", "60.1O", "rapidocr"),
    ]


@pytest.mark.parametrize("heads", [("Study", "CR", "Effect", "Weight (%)"), ("Author", "PR", "Effect", "Percent")])
def test_heads_in_other_words_over_values_of_the_column_are_doubts(heads: tuple[str, ...]) -> None:
    exhibit = read(card(), plot(*ROWS, heads=heads))
    assert exhibit.frame["estimate"].tolist() == ["0.17"] * 3
    changed = [(old, new) for old, new in zip(HEADS, heads, strict=True) if old != new]
    assert [(doubt.published, doubt.reading, doubt.row) for doubt in exhibit.doubts] == [
        (*pair, "") for pair in changed
    ]


def test_a_misread_repairs_one_value_and_fails_when_it_matches_nothing() -> None:
    misread = {"exhibit": "fig2", "row": 2, "column": "ci_high", "read": "0.41", "published": "0.47", "why": "1 and 7"}
    exhibit = read(card(misread=[misread]), plot(*ROWS))
    assert exhibit.frame["ci_high"].tolist() == ["0.33", "0.47", ""]
    assert [(each.code, each.published, each.reading) for each in exhibit.doubts] == [("RDR002", "0.47", "0.41")]
    for wrong, message in (
        ({"read": "0.44"}, "expected to read '0.44', read '0.41'"),
        ({"row": 9}, "names row 9; there are 3 rows"),
    ):
        with pytest.raises(ExhibitError, match=message):
            read(card(misread=[misread | wrong]), plot(*ROWS))
    with pytest.raises(CardError, match="no exhibit 'fig2' with a column 'ES"):
        card(misread=[misread | {"column": "ES (95% CI)"}])
