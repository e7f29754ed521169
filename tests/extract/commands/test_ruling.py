"""The command `verdict`: what it writes, and its errors of one line."""

import shlex
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.commands.cli import main
from extract.commands.curated import VERDICTS
from validations.rulings.matching import VERDICT_KINDS
from validations.run import validate_paper

ROOT = Path(__file__).parents[3]
TWICE = ("li2024", "dup001", "--exhibit", "table4", "--row", "16", "--says", "paper_error")


def rule(verdicts: Path, *arguments: str) -> Result:
    places = [f"--verdicts={verdicts}", f"--curated={ROOT / 'curated'}"]
    return CliRunner().invoke(main, ["verdict", *arguments, *places])


def test_the_choices_are_those_of_the_rulings() -> None:
    assert VERDICTS == VERDICT_KINDS


def test_a_ruling_is_written_and_may_be_replaced(tmp_path: Path) -> None:
    first = rule(tmp_path, *TWICE, "--why", "listed\n twice", "--by", "Ann")
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == f"{tmp_path / 'li2024.toml'}: ruled on DUP001 table4 row 16: paper_error, by Ann\n"
    again = rule(tmp_path, *TWICE, "--why", "listed twice", "--by", "Bob").stderr
    assert again == (
        f"{tmp_path / 'li2024.toml'}: ruled again on DUP001 table4 row 16: paper_error, by Bob; "
        f"replaced paper_error by Ann on {date.today()}: listed twice\n"
    )
    [entry] = tomllib.loads((tmp_path / "li2024.toml").read_text(encoding="utf-8"))["verdict"]
    assert (entry["why"], entry["by"], entry["on"]) == ("listed twice", "Bob", date.today())
    assert (entry["part"], entry["column"]) == ("any", "event")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("li2024", "ZZZ999", "--exhibit", "table4", "--says", "explained", "--why", "x"),
            "no check has the code ZZZ999",
        ),
        (
            ("li2024", "DUP001", "--exhibit", "table4", "--row", "9", "--says", "explained", "--why", "x"),
            "there is no DUP001 at table4 row 9; there is DUP001 at table4 row 16 event",
        ),
        (
            ("kokkali2025", "SUM002", "--exhibit", "table4", "--row", "5", "--says", "explained", "--why", "x"),
            "choose one with --column: 'pd_n' or 'sd_n'",
        ),
        ((*TWICE, "--why", "..."), "a reason is required: --why"),
        (TWICE, "Missing option '--why'"),
        (TWICE[:-2], "Missing option '--says'"),
        ((*TWICE, "--withdraw"), "--withdraw cannot be combined with --says"),
        ((*TWICE[:-2], "--withdraw", "--by", "Ann"), "--withdraw takes --by only where several people rule"),
        ((*TWICE[:-2], "--withdraw"), "there is no ruling on DUP001 at table4 row 16"),
        (("smith2026", *TWICE[1:], "--why", "x"), "no folder"),
    ],
)
def test_an_impossible_ruling_is_one_line_and_nothing_is_written(
    arguments: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    result = rule(tmp_path, *arguments, *([] if "--withdraw" in arguments else ["--by", "Ann"]))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert expected in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_by_the_reviewer_is_the_user_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Ann Other\n", encoding="utf-8")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(config))
    monkeypatch.chdir(tmp_path)
    assert "paper_error, by Ann Other (name from git)\n" in rule(tmp_path / "verdicts", *TWICE, "--why", "twice").stderr
    assert 'by = "Ann Other"' in (tmp_path / "verdicts" / "li2024.toml").read_text(encoding="utf-8")
    config.write_text("", encoding="utf-8")
    assert "give a name with --by NAME" in rule(tmp_path / "verdicts", *TWICE, "--why", "listed twice").stderr


def test_a_ruling_is_removed_even_if_its_finding_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "li2024.toml"
    said = 'verdict = "explained"\nwhy = "so"\nby = "Ann"\non = 2026-11-21\n'
    path.write_text(f'# ours\n\n[[verdict]]\ncode = "DUP001"\nexhibit = "table4"\nrow = "99"\n{said}', "utf-8")
    found = validate_paper(ROOT / "curated" / "li2024", path).findings
    (line,) = [finding.message.partition("remove the verdict: ")[2] for finding in found if finding.code == "VER001"]
    result = rule(tmp_path, *shlex.split(line)[2:])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{path}: removed the ruling on DUP001 table4 row 99: explained by Ann on 2026-11-21: so\n"
    assert path.read_text(encoding="utf-8") == "# ours\n"
