"""Exhibits of a drafted card that nobody has compared with their pages."""

from dataclasses import replace

import pandas as pd

from extract.cards.loading import load_card
from extract.page.box import Box
from extract.records.exhibits import ExtractedExhibit
from extract.records.pipeline import ExtractedPaper


def test_unread_exhibits_wait_in_the_readings() -> None:
    card = load_card("li2024")
    drafted = [replace(exhibit, unread=exhibit.name == "table2") for exhibit in card.exhibits]
    exhibits = tuple(ExtractedExhibit(exhibit, "", Box(0, 0, 1, 1), pd.DataFrame()) for exhibit in drafted)
    paper = ExtractedPaper(card, exhibits, "li2024.pdf", "", facsimile=True)
    assert paper.unread == ["table2"]
    [line] = paper.readings.to_dict("records")
    assert (line["exhibit"], line["row"], line["column"], line["code"]) == ("table2", "", "", "RDR021")
