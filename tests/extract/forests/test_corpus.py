"""Forest plots of real papers: the intervals that their pages print are found as rows of plots."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.forests.reading import read_forests
from extract.output.forests import forest_record

LEAST = 0.95


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = os.environ.get("DOUBLETAKE_CORPUS")
    if not folder:
        pytest.skip("DOUBLETAKE_CORPUS is not set: it names the folder of real papers and their published tables")
    monkeypatch.syspath_prepend(folder)
    yield Path(folder)


def test_drawn_plots(corpus: Path) -> None:
    from score_forest import PAGES_WITH_PLOTS
    from scoring.forest_metric import found_rows, score_against_text

    agree = printed = 0
    for name, pages in PAGES_WITH_PLOTS.items():
        pdf = corpus / "forest" / "vector" / f"{name}.pdf"
        plots = read_forests(pdf)
        rows = {"plots": [{"rows": [forest_record(i, row) for i, row in enumerate(plot.rows)]} for plot in plots]}
        tally = score_against_text(pdf, pages, found_rows(rows))
        agree, printed = agree + tally["agree"], printed + tally["printed"]
    assert agree >= LEAST * printed
