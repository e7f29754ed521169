"""The trials of the corpus, read without a card: metafor takes their frames without an edit."""

import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from tests.extract.publishing.analysis.test_curated import pooled_counts

CORPUS = Path(os.environ.get("DOUBLETAKE_CORPUS", ""))
TRIALS = sorted((CORPUS / "tables" / "jats").glob("*.pdf")) if os.environ.get("DOUBLETAKE_CORPUS") else []
LEAST = {"one_arm": 900, "OR": 400, "SMD": 250, "effects": 150}  # rows of all trials that metafor takes


@pytest.mark.corpus
@pytest.mark.skipif(not TRIALS, reason="DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
def test_metafor_takes_the_frames_of_trials_that_check_reads(tmp_path: Path) -> None:
    counts = Counter[str]()
    for pdf in TRIALS:
        folder = tmp_path / pdf.stem
        CliRunner().invoke(main, ["check", str(pdf), "--out", str(folder), "-q"])
        made = CliRunner().invoke(main, ["analysis", "--curated", str(folder)])
        assert made.exit_code == 0, (pdf.stem, made.output)
        counts += Counter(pooled_counts(folder / "analysis"))
    assert {name: counts[name] for name in LEAST if counts[name] < LEAST[name]} == {}, counts
