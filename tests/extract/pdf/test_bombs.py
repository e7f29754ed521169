"""Small files that ask for much: each ends within its limits, with what it holds or with one line."""

import json
import tempfile
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from tests.extract.pdf.bombs import BOMBS, MB, PICTURES

LIMITS = ("--timeout", "4", "--max-memory", "600")
MOST_LINES = 4
MOST_SECONDS = 90  # by the clock, on a busy machine


def defuse(command: str, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command on a bomb, and compare what it says and leaves behind with what it may."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    out = folder / "checked"
    arguments = [command, str(path), "--json", *LIMITS, *(["--out", str(out)] if command == "check" else [])]
    began = monotonic()
    result = CliRunner().invoke(main, arguments)
    assert monotonic() - began < MOST_SECONDS
    assert result.exit_code in (0, 2) or (result.exit_code == 1 and command == "check"), result.output
    assert "internal error" not in result.output and "Traceback" not in result.output
    said = [line for line in result.stderr.splitlines() if not line.startswith("Report: ")]
    if result.exit_code == 2:
        assert len(said) == 1 and result.stdout == ""
        assert said[0].startswith(f"doubletake: {path}: ")
        assert not out.exists()
    else:
        json.loads(result.stdout)
        assert len([line for line in said if "not read" not in line]) <= 1
        assert len(said) <= MOST_LINES
    assert {item.name for item in folder.iterdir()} <= {path.name, "checked"}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_within_its_limits(bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.pdf"
    BOMBS[bomb](path)
    assert path.stat().st_size < MB
    defuse("tables", path, tmp_path, monkeypatch)


@pytest.mark.corpus
@pytest.mark.parametrize("command", ["forest", "claims", "check"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_by_the_other_commands(bomb: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.pdf"
    BOMBS[bomb](path)
    defuse(command, path, tmp_path, monkeypatch)


@pytest.mark.parametrize("bomb", PICTURES)
def test_a_picture_ends_within_its_limits(bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.png"
    PICTURES[bomb](path)
    assert path.stat().st_size < MB
    defuse("forest", path, tmp_path, monkeypatch)


@pytest.mark.parametrize("command", ["tables", "claims", "check"])
def test_a_picture_is_no_pdf(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.png"
    PICTURES["a PNG of no width"](path)
    defuse(command, path, tmp_path, monkeypatch)


def test_the_lines_that_bombs_give(tmp_path: Path) -> None:
    expected = {
        "100,000 pages": "the PDF has 100000 pages, more than 1000; raise --max-pages to read it anyway",
        "map to Unicode": "reading took longer than 1 s of CPU time and was stopped; raise --timeout",
    }
    for bomb, line in expected.items():
        path = tmp_path / "bomb.pdf"
        BOMBS[bomb](path)
        result = CliRunner().invoke(main, ["tables", str(path), "--timeout", "1"])
        assert result.stderr == f"doubletake: {path}: {line}\n"
