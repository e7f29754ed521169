"""Facsimiles whose heads are worded otherwise than in the cards: the same frames, and readings that name each head."""

import runpy
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from extract.cards.loading import load_card
from extract.errors import ExhibitError
from extract.records.pipeline import ExtractedPaper, read_paper

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
PLACES = ["x0", "top", "x1", "bottom"]  # move with the width of the heads

SYNONYMS = {
    '"Characteristic", "Category", cell("PFS", span: 2), cell("OS", span: 2)': (
        '"Variable", "Comparison", cell("Progression-free survival", span: 2), cell("Overall survival", span: 2)'
    ),
    '"", "", "HR (95% CI)", "P", "HR (95% CI)", "P"': (
        '"", "", "Hazard ratio, 95% CI", "Signif.", "Hazard ratio, 95% CI", "Signif."'
    ),
    '(("TRADEs", "Any grade n (%)", "3/4 grade n (%)"),)': '(("Toxicity", "All patients", "Severe only"),)',
}
GERMAN = {
    '(("Characteristics and previous therapeutic strategies", "n (%)"),)': '(("Merkmal", "Anzahl"),)',
    '(("TRADEs", "Any grade n (%)", "3/4 grade n (%)"),)': '(("Nebenwirkung", "Insgesamt", "Schwere"),)',
}
EXCHANGED = {
    '(("TRADEs", "Any grade n (%)", "3/4 grade n (%)"),)': '(("Event", "Grade 3/4, No. (%)", "Any grade, No. (%)"),)',
    'row.at("Any grade n (%)"), row.at("3/4 grade n (%)")': 'row.at("3/4 grade n (%)"), row.at("Any grade n (%)")',
}
RESPONSES = {
    '(("Histological subtype", "N", "CR N (%)", "PR N (%)", "Response rate %"),)': (
        '(("Tumour", "Patients", "Complete", "Partial", "ORR"),)'
    ),
    '"No.r", "Best response", "PD-L1 value", "TMB value", "MSI"': '"Case", "Outcome", "Ligand", "Burden", "Sat."',
}
OTHER_COLUMN = {
    '(("TRADEs", "Any grade n (%)", "3/4 grade n (%)"),)': '(("TRADEs", "Any grade n (%)", "Onset, weeks"),)',
    'row.at("3/4 grade n (%)"))': '"4.2 to 5.1")',
}


def read_reworded(paper: str, changes: Mapping[str, str], folder: Path, partial: bool = False) -> ExtractedPaper:
    sources = folder / "sources"
    shutil.copytree(FACSIMILES, sources, ignore=shutil.ignore_patterns("*.pdf", "__pycache__"))
    tables = sources / paper / "tables.typ"
    text = tables.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    tables.write_text(text, encoding="utf-8")
    runpy.run_path(str(sources / "typeset.py"))["typeset"](paper, folder / "paper.pdf")
    return read_paper(load_card(paper), folder / "paper.pdf", partial=partial)


@pytest.mark.parametrize(
    ("paper", "changes", "doubted"),
    [
        ("li2024", SYNONYMS, {"table2": 6, "table3": 6, "table4": 3}),
        ("li2024", GERMAN, {"table1": 2, "table4": 3}),
        ("li2024", EXCHANGED, {"table4": 3}),
        ("kokkali2025", RESPONSES, {"table2": 5, "table3": 5}),
    ],
    ids=["synonyms", "german", "exchanged", "responses"],
)
def test_other_heads_give_the_same_frames_and_a_reading_each(
    paper: str, changes: Mapping[str, str], doubted: Mapping[str, int], tmp_path: Path
) -> None:
    usual = read_paper(load_card(paper), FACSIMILES / f"{paper}.pdf")
    found = read_reworded(paper, changes, tmp_path)
    for exhibit in usual.exhibits:
        name = exhibit.card.name
        assert found.frames[name].drop(columns=PLACES).equals(exhibit.frame.drop(columns=PLACES)), name
    heads = found.readings[found.readings["evidence"].str.startswith("the head of the column")]
    assert heads["exhibit"].value_counts().to_dict() == doubted
    assert set(heads["code"]) == {"RDR001"}


def test_another_column_is_no_other_head(tmp_path: Path) -> None:
    with pytest.raises(ExhibitError, match=r"column 3 is headed 'Onset, weeks', the card says .* cells do not fit"):
        read_reworded("li2024", OTHER_COLUMN, tmp_path)


def test_an_exhibit_that_fails_does_not_hide_the_others(tmp_path: Path) -> None:
    paper = read_reworded("li2024", OTHER_COLUMN, tmp_path, partial=True)
    assert [exhibit.card.name for exhibit in paper.exhibits] == ["table1", "table2", "table3"]
    [missing] = paper.missing
    assert (missing.card.name, "Onset, weeks" in missing.why) == ("table4", True)
    [line] = paper.readings[paper.readings["code"] == "RDR020"].to_dict("records")
    assert (line["exhibit"], line["row"], line["column"]) == ("table4", "", "")
    assert "column 3 is headed 'Onset, weeks'" in line["evidence"]
