"""The sample of cells compared with the page by eye: what was judged right is still said, and that is nearly all."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.typed_by_hand.results.sample import SIZE, TEXTS, lines_of, read_sample

LEAST_RIGHT = 0.98
SAID = (*TEXTS, "values")


def corpus() -> Path | None:
    folder = os.environ.get("DOUBLETAKE_CORPUS")
    return Path(folder) if folder else None


def test_nearly_all_cells_were_judged_right() -> None:
    verdicts = Counter(line["verdict"] for line in read_sample())
    assert set(verdicts) <= {"right", "wrong"}
    assert verdicts.total() == SIZE
    assert verdicts["right"] >= LEAST_RIGHT * SIZE
    assert all(line["why"] for line in read_sample() if line["verdict"] == "wrong")


@pytest.mark.corpus
@pytest.mark.skipif(corpus() is None, reason="DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
@pytest.mark.parametrize("name", sorted({line["file"] for line in read_sample()}))
def test_what_was_judged_right_is_still_said(name: str) -> None:
    folder = corpus()
    assert folder is not None
    said = {(line["exhibit"], line["row"], line["cell"]): line for line in lines_of(folder / f"tables/jats/{name}.pdf")}
    for line in read_sample():
        if line["file"] == name and line["verdict"] == "right":
            found = said[line["exhibit"], line["row"], line["cell"]]
            assert [found[column] for column in SAID] == [line[column] for column in SAID], line
