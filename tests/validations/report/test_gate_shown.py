"""What the report says of the release gate, of what was found out, and how it shows names of commands."""

import re
import shutil
from pathlib import Path

import pytest

from validations.release.expected import Held
from validations.report.render import backticks_as_code
from validations.report.write import gate_result, write_index, write_report
from validations.run import validate_paper, write_outcome

ROOT = Path(__file__).parents[3]
REFUSED = Held(146, ("li2024/table1.csv: label is blank in row 2",))


def page_of(folder: Path, held: Held | None) -> str:
    outcome = validate_paper(folder, folder / "none.toml")
    write_outcome(outcome, folder)
    return write_report(folder, outcome, gate=held).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("held", "word", "said"),
    [
        (REFUSED, "1 not met", "1 of 147 expectations is not met"),
        (Held(147), "passed", "passed the release gate: all 147 expectations are met"),
        (None, "", ""),
    ],
)
def test_page_and_index_say_what_the_gate_found(held: Held | None, word: str, said: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "curated" / "li2024", tmp_path / "li2024"))
    page = page_of(folder, held)
    assert said in page
    assert ("table1.csv: label is blank in row 2" in page) == (held is REFUSED)
    assert gate_result(page) == word
    index = write_index(tmp_path).read_text(encoding="utf-8")
    assert re.search(rf"<td[^>]*>{word or '·'}</td></tr>", index)
    assert "`" not in index
    assert "<code>validate</code>" in index


def test_what_finders_found_is_shown_by_exhibit(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "curated" / "cao2025", tmp_path / "cao2025"))
    part = page_of(folder, None).partition("What the checks inferred")[2].partition("All checks")[0]
    assert "<b>CIN001</b> intervals of proportions" in part
    assert "Clopper-Pearson" in part
    assert "printed numbers)" in part


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see `a < b` there", "see <code>a &lt; b</code> there"),
        ("a ` alone, <i>", "a ` alone, &lt;i&gt;"),
        ("none & none", "none &amp; none"),
    ],
)
def test_backticks_are_code(text: str, shown: str) -> None:
    assert backticks_as_code(text) == shown
