"""What the README quotes is what the commands print, and what it names exists."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from extract.commands.cli import main
from extract.commands.options import SHIPPED_VERDICTS
from extract.output.summary import finding_line, summary_table, waiting_line
from validations.run import validate_paper

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = " ".join(README.split())


def test_the_quoted_finding_is_printed_for_li2024_without_rulings(tmp_path: Path) -> None:
    waiting = validate_paper(ROOT / "curated" / "li2024", tmp_path).waiting
    [quoted] = [each for each in waiting if (each.code, each.exhibit, each.row) == ("PCT001", "table1", "3")]
    assert finding_line("li2024", quoted) in WORDS
    assert waiting_line(len(waiting)) in WORDS


def test_the_quoted_lines_of_the_summary_are_those_of_li2024() -> None:
    outcome = validate_paper(ROOT / "curated" / "li2024", SHIPPED_VERDICTS)
    summary = [" ".join(line.split()) for line in summary_table({"li2024": outcome}).splitlines()]
    quoted = README.partition("paper    checks")[2].partition("release gate")[0].splitlines()[2:]
    assert len(quoted) > 2
    assert {" ".join(line.split()) for line in quoted} - {""} <= set(summary)


def test_every_command_of_the_readme_exists_with_its_options() -> None:
    used = re.findall(r"doubletake ([a-z]+)\b((?: \\\n|[^\n`#])*)", README)
    for name, rest in [(name, rest) for name, rest in used if name in main.commands]:
        known = {option for param in main.commands[name].params for option in (*param.opts, "--help")}
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", rest)) <= known, f"{name}{rest}"
    assert {name for name, _ in used} >= main.commands.keys() - {"forest", "claims"}


def test_links_of_the_readme_lead_to_headings() -> None:
    headings = re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors


def test_rows_of_the_quoted_ruling_are_in_its_file() -> None:
    quoted = re.search(r"    \[\[verdict\]\]\n(.*?)\n\n", README, re.DOTALL)
    ruling = (ROOT / "validations" / "verdicts" / "li2024.toml").read_text(encoding="utf-8")
    assert quoted
    assert all(line.strip().removesuffix('..."').strip() in ruling for line in quoted[1].splitlines())


def test_the_example_of_a_schema_is_one(tmp_path: Path) -> None:
    section = README.partition("## Add a schema")[2].partition("\n## ")[0]
    [code] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "schemas" / "outcomes.py").write_text(code, encoding="utf-8")
    (tmp_path / "mine.csv").write_text("end_point,n,percent\nRelapse,21,43.1\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}

    def doubletake(*arguments: str) -> str:
        command = [sys.executable, "-m", "extract", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        return done.stdout

    assert doubletake("explain", "outcomes").startswith("outcomes: A record per end point")
    assert "PCT001" in doubletake("check", "mine.csv", "--schema", "outcomes", "--param", "n_total=51")
