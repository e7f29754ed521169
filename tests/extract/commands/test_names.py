"""Names on the command line and in files: whatever they say, nothing is written outside of the folder of the paper."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.commands.cli import main

ROOT = Path(__file__).parents[3]
LI2024 = ROOT / "raw_pdfs" / "facsimiles" / "li2024.pdf"
CARD = (ROOT / "extract" / "papers" / "li2024.toml").read_text(encoding="utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder for cards, and inside another one a published paper."""
    (tmp_path / "cards").mkdir()
    shutil.copytree(ROOT / "curated" / "li2024", tmp_path / "a" / "curated" / "li2024")
    return tmp_path


@pytest.mark.parametrize("name", ["../../x", "claims", "readings", "findings", "checks"])
def test_the_card_of_a_wrong_exhibit_publishes_nothing(name: str, work: Path) -> None:
    card = CARD.replace("[exhibits.table2]", f'[exhibits."{name}"]')
    (work / "cards" / "li2024.toml").write_text(card, encoding="utf-8")
    before = files(work)
    out = work / "a" / "curated"
    result = run("extract", "--cards", work / "cards", "--pdf", f"li2024={LI2024}", "--out", out)
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"doubletake: li2024.toml exhibits: {'the name ' if name.isalpha() else ''}'{name}' is"
    )
    assert result.stderr.count("\n") == 1
    assert files(work) == before


@pytest.mark.parametrize("file", ["..toml", "...toml", "Li2024.toml", "analysis.toml"])
def test_a_card_of_a_wrong_name_publishes_nothing(file: str, work: Path) -> None:
    (work / "cards" / file).write_text(CARD, encoding="utf-8")
    before, out = files(work), work / "a" / "curated"
    paper = Path(file).stem
    result = run("extract", "--cards", work / "cards", "--pdf", f"{paper}={LI2024}", "--out", out)
    assert result.exit_code == 1
    assert "a card is called after its paper: " in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(work) == before


@pytest.mark.parametrize("paper", ["../li2024", "..", ".", "Smith", "smith-2026", "findings", "/smith"])
def test_no_card_is_drafted_under_a_wrong_name(paper: str, work: Path) -> None:
    before = files(work)
    result = run("new", paper, LI2024, "--cards", work / "cards")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("doubletake: no card can be drafted: ")
    assert files(work) == before


@pytest.mark.parametrize("paper", ["../curated/li2024", "..", ".", "li2024/", "/li2024", ".hidden"])
@pytest.mark.parametrize(
    "command",
    [
        ("validate", "{paper}"),
        ("validate", "--pdf", "{paper}=x.pdf"),
        ("verdict", "{paper}", "PCT001", "--exhibit", "table1", "--says", "explained", "--why", "x", "--by", "A"),
        ("verdict", "{paper}", "PCT001", "--exhibit", "../table1", "--withdraw"),
    ],
)
def test_a_paper_is_a_folder_in_the_curated_one(command: Sequence[str], paper: str, work: Path) -> None:
    before = files(work)
    arguments = [part.format(paper=paper) for part in command]
    result = run(*arguments, "--curated", work / "a" / "curated", "--verdicts", work / "rulings")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"no folder {paper} in " in result.stderr
    assert files(work) == before


@pytest.mark.parametrize(("file", "folder"), [("...pdf", "paper"), ("-x.pdf", "x"), ("a b;c.pdf", "a_b_c")])
def test_a_checked_pdf_has_a_folder_of_its_own(
    file: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(LI2024, tmp_path / file)
    result = run("check", "--pages", "2", "--", file)
    assert result.exit_code in (0, 1), result.stderr
    assert {path.split("/")[0] for path in files(tmp_path / "checked")} == {folder}
