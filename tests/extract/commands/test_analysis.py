"""`doubletake analysis`: which papers it takes, where it writes, and what it refuses."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.cards.loading import load_card
from extract.commands.cli import main
from extract.errors import CardError

CURATED = Path(__file__).parents[3] / "curated"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    for paper in ("kokkali2025", "li2024"):
        shutil.copytree(CURATED / paper, tmp_path / "curated" / paper)
    return tmp_path / "curated"


def test_all_papers_go_into_the_folder_analysis(curated: Path) -> None:
    first = run("analysis", "--curated", curated)
    assert first.exit_code == 0, first.output
    assert first.stderr.startswith(f"{curated / 'analysis'}: one_arm (")
    text = (curated / "analysis" / "effects.csv").read_text(encoding="utf-8")
    assert "\nli2024.table2.1.PFS,li2024,li2024,table2,1," in text
    again = run("analysis", "--curated", curated)
    assert again.stderr.endswith("changed: nothing\n")
    assert run("validate", "--curated", curated, "-q").exit_code == 0  # analysis is no paper


def test_named_papers_alone(curated: Path, tmp_path: Path) -> None:
    assert run("analysis", "kokkali2025", "--curated", curated, "--out", tmp_path / "frames").exit_code == 0
    text = (tmp_path / "frames" / "one_arm.csv").read_text(encoding="utf-8")
    assert "kokkali2025." in text
    assert "li2024." not in text
    assert not (curated / "analysis").exists()


def test_a_paper_that_goes_takes_its_files_with_it(curated: Path) -> None:
    run("analysis", "--curated", curated)
    shutil.rmtree(curated / "li2024")
    assert "dat.li2024.Rd" in run("analysis", "--curated", curated).stderr
    assert not list((curated / "analysis").glob("*li2024*"))


def test_the_folder_of_one_paper_will_do(curated: Path) -> None:
    folder = curated / "li2024"
    assert run("analysis", "--curated", folder).exit_code == 0
    assert (folder / "analysis" / "dat.li2024.csv").is_file()
    assert run("analysis", "li2024", "--curated", folder, "--means", "mcgrath").exit_code == 0
    other = run("analysis", "cao2025", "--curated", folder)
    assert (other.exit_code, "is the folder of one paper, li2024, not of cao2025" in other.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["smith2026"], "published papers: kokkali2025, li2024"),
        (["analysis"], "analysis is no paper: it holds what 'doubletake analysis' makes"),
        (["--means", "guess"], "'guess' is not one of 'luo-wan-shi', 'mcgrath'"),
    ],
)
def test_what_it_refuses(arguments: list[str], message: str, curated: Path) -> None:
    (curated / "analysis").mkdir()
    result = run("analysis", *arguments, "--curated", curated)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) <= 3


def test_a_broken_csv_is_one_line(curated: Path) -> None:
    (curated / "li2024" / "table2.csv").write_text("row,outcome\n1\n", encoding="utf-8")
    result = run("analysis", "--curated", curated)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("doubletake: ")
    assert "expected 2 cells in each row, found 1" in result.stderr
    assert not (curated / "analysis").exists()


def test_no_paper_is_called_analysis(tmp_path: Path) -> None:
    (tmp_path / "analysis.toml").write_text("", encoding="utf-8")
    with pytest.raises(CardError, match="the name 'analysis' is reserved"):
        load_card("analysis", tmp_path)
    drafted = run("new", "analysis", "any.pdf", "--cards", tmp_path)
    assert drafted.exit_code == 2


@pytest.mark.parametrize(("validated", "made", "code"), [(0, True, 0), (1, True, 1), (2, False, 2)])
def test_make_validate_makes_the_frames_also_while_findings_wait(
    validated: int, made: bool, code: int, tmp_path: Path
) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not there")
    program = tmp_path / "doubletake"
    program.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/ran\n[ "$1" = analysis ] || exit {validated}\n')
    program.chmod(0o755)
    command = [make, "-s", "-C", str(CURATED.parent), "-o", "setup", "validate", f"BIN={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (tmp_path / "ran").read_text().split() == ["validate", *(["analysis"] if made else [])]
    assert (done.returncode == 0) == (code == 0)
    assert code == 0 or f"Error {code}" in done.stderr
