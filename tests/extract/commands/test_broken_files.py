"""Odd, damaged, encrypted and hostile files from the test suites of PDF projects give what they hold, or one line."""

import json
import os
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main

CORPUS = os.environ.get("DOUBLETAKE_CORPUS", "")
FILES = sorted(Path(CORPUS, "broken").glob("*.pdf")) if CORPUS else []
WITHOUT = pytest.param(Path(), marks=pytest.mark.skip(reason="DOUBLETAKE_CORPUS names no folder with broken/*.pdf"))
files = pytest.mark.parametrize("path", FILES or [WITHOUT], ids=lambda path: path.stem)


def read(command: str, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file by a command. It says nothing that it need not, and leaves nothing behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    out = ["--out", str(folder / "checked")] if command == "check" else []
    result = CliRunner().invoke(main, [command, str(path), "--json", *out])
    said = [line for line in result.stderr.splitlines() if not line.startswith("Report: ")]
    assert all(line.startswith(f"doubletake: {path}: ") for line in said)
    assert "internal error" not in result.output and "Traceback" not in result.output
    if result.exit_code == 2:
        assert (result.stdout, len(said)) == ("", 1)
        assert list(folder.iterdir()) == []
    else:
        assert result.exit_code == 0 or (result.exit_code == 1 and command == "check")
        found = json.loads(result.stdout)
        nothing = not any(found.get(name) for name in ("tables", "plots", "claims", "findings"))
        assert len([line for line in said if "not read" not in line]) <= nothing
        assert {item.name for item in folder.iterdir()} <= {"checked"}


@files
def test_a_file_gives_its_tables_or_one_line(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read("tables", path, tmp_path, monkeypatch)


@pytest.mark.corpus
@files
@pytest.mark.parametrize("command", ["forest", "claims", "check"])
def test_a_file_gives_the_rest_or_one_line(
    command: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(command, path, tmp_path, monkeypatch)
