import tomllib

import pytest

from extract.cards.loading import parse_card
from extract.drafting.draft import draft
from extract.drafting.figures import INTERVAL_FORMAT, draft_figures, reads_of
from extract.forests.plot import Plot, PlotRow
from extract.page.box import Box

BOX = Box(50, 90, 500, 200, page=4)


def plot(label: str, rows: int, *heads: str) -> Plot:
    return Plot(label, "All\ntrials", BOX, "OR", "log", (PlotRow({}, BOX),) * rows, heads)


def test_the_panels_of_a_figure_are_one_exhibit_of_a_sound_card() -> None:
    heads = ("Study", "Events", "Total", "Events", "Total", "OR (95% CI)", "Colour")
    blocks = draft_figures([plot("Figure 2", 5, *heads), plot("", 3, "Study"), plot("Figure 2", 4, *heads)])
    text = draft("A title", "10.1000/x", []).replace('licence = ""', 'licence = "x"') + "[exhibits]\n" + "".join(blocks)
    (exhibit,) = parse_card("smith2026", tomllib.loads(text)).exhibits
    assert (exhibit.name, exhibit.label, exhibit.schema, exhibit.rows) == ("fig2", "Figure 2", "forest", 9)
    assert [column.field for column in exhibit.columns] == [
        *("label", "arm1_events", "arm1_total", "arm2_events", "arm2_total", "estimate", "-")
    ]


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
