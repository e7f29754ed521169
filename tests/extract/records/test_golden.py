"""The commands on the facsimiles: what they publish is curated/, byte for byte, and the same in every layout."""

import json
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from frictionless import Package

from extract.cards.loading import card_names, load_card
from extract.commands.cli import main
from extract.records.pipeline import read_paper
from schemas import SCHEMAS
from validations.registry import find_check

ROOT = Path(__file__).parents[3]
CURATED = ROOT / "curated"
PLACES = ["page", "x0", "top", "x1", "bottom", "continued", "read_by"]
PAPERS = card_names()
typesetter: dict[str, Any] = runpy.run_path(str(ROOT / "raw_pdfs" / "facsimiles" / "typeset.py"))
typeset: Callable[[str, Path, str], None] = typesetter["typeset"]
LOOKS_OF_TABLES = ("norule", "narrow", "centred", "bottom", "striped", "ruled")
"""Layouts that print figures as ever: only their tables are read. (test_figures.py has the layouts of figures.)"""


def names(paper: str) -> list[str]:
    return [
        *(f"{exhibit.name}.csv" for exhibit in load_card(paper).exhibits),
        "claims.csv",
        "readings.csv",
        "datapackage.json",
    ]


def test_extract_gives_what_is_committed_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdfs = [f"--pdf={paper}={ROOT}/raw_pdfs/facsimiles/{paper}.pdf" for paper in PAPERS]
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["extract", "--out", "out", *pdfs])
    assert (result.exit_code, result.stdout) == (0, "")
    for paper in PAPERS:
        assert sorted(path.name for path in (tmp_path / "out" / paper).iterdir()) == sorted(names(paper))
        for name in names(paper):
            assert (tmp_path / "out" / paper / name).read_bytes() == (CURATED / paper / name).read_bytes(), name


@pytest.mark.parametrize("variant", typesetter["VARIANTS"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_layout_gives_the_same_cells(paper: str, variant: str, tmp_path: Path) -> None:
    if (paper, variant) == ("cao2025", "pages"):
        pytest.skip("the figures of cao2025 are higher than a low page")
    pdf = tmp_path / f"{paper}.pdf"
    typeset(paper, pdf, variant)
    card = load_card(paper)
    if variant in LOOKS_OF_TABLES:
        card = replace(card, exhibits=tuple(exhibit for exhibit in card.exhibits if not exhibit.is_plot))
    for exhibit in read_paper(card, pdf).exhibits:
        published = pd.read_csv(CURATED / paper / f"{exhibit.card.name}.csv", dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(exhibit.frame.drop(columns=PLACES), published.drop(columns=PLACES))
        assert [doubt for doubt in exhibit.doubts if find_check(doubt.code).severity == "reading"] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_frictionless_finds_the_package_valid(paper: str) -> None:
    report = Package(str(CURATED / paper / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_package_says_what_the_exhibits_are(paper: str) -> None:
    package = json.loads((CURATED / paper / "datapackage.json").read_text(encoding="utf-8"))
    assert package["source_pdf"]["edition"] == "facsimile"
    *exhibits, claims, readings = package["resources"]
    assert (claims["path"], claims["exhibit"]["schema"]) == ("claims.csv", "claims")
    assert readings["path"] == "readings.csv"
    for resource, card in zip(exhibits, load_card(paper).exhibits, strict=True):
        described = [
            (field["name"], bool(field["title"] and field["description"])) for field in resource["schema"]["fields"]
        ]
        assert described == [(name, True) for name in SCHEMAS[card.schema].columns()]
        declared = resource["exhibit"]
        assert (declared["schema"], declared["label"], declared["printed_rows"]) == (card.schema, card.label, card.rows)
        assert declared["caption"]


def test_what_notes_and_heads_declare_is_kept() -> None:
    cao = json.loads((CURATED / "cao2025" / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["exhibit"]
    assert cao["head_marks"] == {"orr_percent": ["b"]}
    assert cao["abbreviations"]["SMRT"] == "SMARCA4-deficient malignant rhabdoid tumour"
    assert cao["cohort_n"] is None
    assert [note[0] for note in cao["footnotes"][-5:]] == list("abcde")
