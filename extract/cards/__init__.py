"""The card of a paper: facts that a person entered, loaded strictly, and the formats of its cells."""

from pathlib import Path

PAPERS = Path(__file__).parents[1] / "papers"  # the folder of the cards
JSON_SCHEMA = "card.schema.json"  # the file there by which editors complete and check cards
ANALYSIS = "analysis"  # no paper's name: the folder of curated/ with the frames for meta-analysis
