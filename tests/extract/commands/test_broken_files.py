"""Odd, damaged, encrypted and hostile files from the test suites of PDF projects give tables, or one clear line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = os.environ.get("DOUBLETAKE_CORPUS", "")
FILES = sorted(Path(CORPUS, "broken").glob("*.pdf")) if CORPUS else []
WITHOUT = pytest.param(Path(), marks=pytest.mark.skip(reason="DOUBLETAKE_CORPUS names no folder with broken/*.pdf"))


@pytest.mark.parametrize("path", FILES or [WITHOUT], ids=lambda path: path.stem)
def test_a_file_gives_its_tables_or_one_line(path: Path) -> None:
    command = [sys.executable, "-m", "extract", "tables", path, "--json"]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    said = result.stderr.splitlines()
    assert all(line.startswith(f"doubletake: {path}: ") for line in said)
    assert "internal error" not in result.stderr
    if result.returncode == 0:
        tables = json.loads(result.stdout)["tables"]
        assert len(said) == (0 if tables else 1)
    else:
        assert (result.returncode, result.stdout, len(said)) == (2, "", 1)
