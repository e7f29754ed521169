"""Forest plots of drafts: each panel is an exhibit of a card that extracts."""

import tomllib
from string import ascii_lowercase

import pytest

from extract.cards.card import Card
from extract.cards.loading import parse_card
from extract.drafting.draft import draft
from extract.drafting.figures import INTERVAL_FORMAT, reads_of
from extract.forests.plot import Plot, PlotRow
from extract.page.box import Box
from extract.records.pipeline import ExtractedPaper
from extract.records.without_card import plot_exhibits
from schemas.base.names import name_fault

BOX = Box(50, 90, 500, 200, page=4)
HEADS = ("Study", "Events", "Total", "Events", "Total", "OR (95% CI)", "Colour")
ROW = {"kind": "study", "label": "A", "arm1_events": "1", "arm1_total": "9", "arm2_events": "2", "arm2_total": "8"} | {
    "estimate": "0.5",
    "ci_low": "0.1",
    "ci_high": "2.5",
}


LONG = "fig_" + "x" * 86


def plot(label: str, rows: int) -> Plot:
    return Plot(label, "All\ntrials", BOX, "OR", "log", (PlotRow(ROW, BOX),) * rows, HEADS)


def test_each_panel_of_a_figure_is_an_exhibit_of_a_sound_card() -> None:
    exhibits = tuple(plot_exhibits([plot("Figure 2", 5), plot("Figure 2", 4), plot("", 3)]))
    card = Card("smith2026", "", "", "", None, tuple(exhibit.card for exhibit in exhibits), ())
    text = draft(ExtractedPaper(card, exhibits, "smith.pdf", "0" * 64, False))
    drafted = parse_card("smith2026", tomllib.loads(text)).exhibits
    assert [(each.name, each.label, each.schema, each.rows) for each in drafted] == [
        ("fig2_a", "Figure 2", "forest", 5),
        ("fig2_b", "Figure 2", "forest", 4),
        ("fig_p4_1", "", "forest", 3),
    ]
    assert [column.field for column in drafted[0].columns] == [
        *("label", "arm1_events", "arm1_total", "arm2_events", "arm2_total", "estimate", "-")
    ]
    assert "# page 4: All trials" in text


@pytest.mark.parametrize(
    ("labels", "taken", "names"),
    [
        (["Figure 5", "Figure 5", "Figure 5 a"], [], ["fig5_a", "fig5_b", "fig5_a_2"]),
        (["Figure 3"], ["fig3"], ["fig3_2"]),
        (["Figure 2"] * 28, [], [*(f"fig2_{letter}" for letter in ascii_lowercase), "fig2_a_2", "fig2_b_2"]),
        (["Figure " + "x" * 5000, "Figure " + "x" * 5000 + "y"], [], [LONG, LONG + "_2"]),
    ],
)
def test_no_two_plots_have_one_name(labels: list[str], taken: list[str], names: list[str]) -> None:
    found = [exhibit.card.name for exhibit in plot_exhibits([plot(label, 3) for label in labels], taken)]
    assert found == names
    assert [name_fault(name) for name in found] == [""] * len(found)


@pytest.mark.parametrize(
    ("heads", "reads"),
    [
        (["Author", "Year", "n/N", "Proportion [95%-CI]"], ["label", "-", "events/total", INTERVAL_FORMAT]),
        (
            ["Study", "n/N", "n/N", "Weight (%)"],
            ["label", "arm1_events/arm1_total", "arm2_events/arm2_total", "weight"],
        ),
        (
            ["Subgroup", "No. of studies", "HR (95% CI)", "I²", "P value"],
            ["label", "n_studies", INTERVAL_FORMAT, "i2", "p"],
        ),
    ],
)
def test_what_a_column_seems_to_hold(heads: list[str], reads: list[str]) -> None:
    assert reads_of(heads) == reads
