"""Panels on a page: which columns of intervals are forest plots, their bounds, and their captions."""

from collections.abc import Callable

import pytest

from extract.forests.finding import find_panels
from extract.forests.panel import Panel
from extract.forests.plot import Canvas, Drawing, Square
from extract.forests.text.rows import read_rows

Draw = Callable[..., Canvas]

STACKED = """
A
Study or        Case             Control        Weight      Odds ratio
subgroup      Events  Total    Events  Total      (%)       MH, fixed, 95% CI
Kondo 1999       3       8       12      26       15.5      0.70 (0.14–3.56)
Liang 2010      33      43       14      16       84.5      0.47 (0.09–2.43)

Total (95% CI)          51               42      100.0      0.84 (0.46–1.55)
Total events    36               26
Heterogeneity: χ2 = 0.74, df = 2 (p = 0.69); I2 = 0%                          0.01    0.1     1     10    100
Test for overall effect: Z = 0.55 (p = 0.58)                                  No invasion       Invasion

B
Study or        Case             Control        Weight      Odds ratio
subgroup      Events  Total    Events  Total      (%)       MH, fixed, 95% CI
Yildirim 2008    9      15       10      16       16.8      0.90 (0.21–3.82)
He 2010         30      58       21      66       83.2      2.30 (1.11–4.77)

Total (95% CI)          73               82      100.0      1.85 (1.13–3.03)
Test for overall effect: Z = 2.43 (p = 0.01)                                  0.01    0.1     1     10    100

Figure 2. Forest plot of the odds of invasion (A) and of spread (B)
"""

BESIDE = """
Study        OR (95% CI)            Weight        Study        OR (95% CI)            Weight
Mok 2009     0.48 (0.40, 0.57)       60.0         Gao 2010     1.48 (1.40, 1.57)       30.0
Zhou 2011    0.16 (0.10, 0.26)       40.0         Hu 2012      1.16 (1.10, 1.26)       70.0
Overall      0.29 (0.10, 0.85)      100.0         Overall      1.29 (1.10, 1.85)      100.0
Figure 3. Forest plots of response (left) and of survival (right)
"""

TABLE = """
Table 2. Hazard ratios of death

Variable        Patients       HR (95% CI)         P
Age               120       0.75 (0.60, 0.94)    0.01
Sex               120       0.81 (0.59–1.11)     0.20
Stage             120       1.70 (1.10, 2.62)    0.02
"""

SENTENCES = """
KIT mutation was correlated with size, OR 1.89 (1.39–2.56) and with site, OR 2.06 (1.37–3.11) in all
of the trials that we found, and the risk of death was OR 0.47 (0.25–0.90) in those with a mutation of
exon 11 against the others, OR 3.60 (2.17–5.98) in those without, as shown in Figures 2 and 3 below.
"""


def labels(panel: Panel) -> list[str]:
    return [row.values.get("label", "") for row in read_rows(panel) if row.values["kind"] in ("study", "subgroup")]


def test_panels_below_one_another_have_one_caption(draw: Draw) -> None:
    canvas = draw(STACKED)
    first, second = find_panels(canvas)
    assert (labels(first), labels(second)) == (["Kondo 1999", "Liang 2010"], ["Yildirim 2008", "He 2010"])
    assert first.label == second.label == "Figure 2"
    assert first.caption == "Forest plot of the odds of invasion (A) and of spread (B)"
    assert first.region[3] < second.region[1]


def test_the_axis_of_a_panel_is_not_part_of_the_next_one(draw: Draw) -> None:
    second = find_panels(draw(STACKED))[1]
    assert "invasion" not in " ".join(word.text for word in second.words)


def test_panels_side_by_side(draw: Draw) -> None:
    left, right = find_panels(draw(BESIDE))
    assert (labels(left), labels(right)) == (["Mok 2009", "Zhou 2011"], ["Gao 2010", "Hu 2012"])
    assert [row.values.get("weight") for row in read_rows(left)] == ["60.0", "40.0", "100.0"]


def test_a_table_of_intervals_is_no_plot(draw: Draw) -> None:
    assert find_panels(draw(TABLE)) == []


def test_a_drawing_makes_a_table_of_intervals_a_plot(draw: Draw) -> None:
    squares = tuple(Square(260, 54 + 12 * row, 4) for row in (3, 4, 5))
    [panel] = find_panels(draw(TABLE, Drawing(squares)))
    assert labels(panel) == ["Age", "Sex", "Stage"]


def test_sentences_are_no_plot(draw: Draw) -> None:
    assert find_panels(draw(SENTENCES)) == []


@pytest.mark.parametrize("picture", ["word", "1 2 3", "Study  OR (95% CI)\nMok 2009   0.48 (0.40, 0.57)"])
def test_a_page_without_enough_rows_has_no_plot(picture: str, draw: Draw) -> None:
    assert find_panels(draw(picture)) == []


def test_captions_above_their_plots(draw: Draw) -> None:
    plot = """
Study        OR (95% CI)            Weight
Mok 2009     0.48 (0.40, 0.57)       60.0
Zhou 2011    0.16 (0.10, 0.26)       40.0
Overall      0.29 (0.10, 0.85)      100.0
"""
    page = "Figure 1. Forest plot of response\n" + plot + "\n\n\n\nFigure 2. Forest plot of survival\n" + plot
    assert [panel.label for panel in find_panels(draw(page))] == ["Figure 1", "Figure 2"]
