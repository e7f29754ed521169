"""The report as text: what it says, and that it needs nothing but itself."""

import base64
import re
import shutil
from pathlib import Path

from tests.validations.report.conftest import white
from validations.report.view import about_paper
from validations.report.write import NoPicturesError, write_index, write_report
from validations.run import validate_paper, write_outcome

ROOT = Path(__file__).parents[3]
VERDICTS = ROOT / "validations" / "verdicts"
AN_ADDRESS = re.compile(r"\b(?:src|href|action|data|poster)=\"([^\"]*)\"|url\(|@import|https?://")


def published(paper: str, into: Path) -> tuple[Path, str]:
    """A copy of what is published of a paper, and its report without pictures."""
    folder = Path(shutil.copytree(ROOT / "curated" / paper, into / paper))
    outcome = validate_paper(folder, VERDICTS)
    write_outcome(outcome, folder)
    return folder, write_report(folder, outcome).read_text(encoding="utf-8")


def test_it_loads_nothing(curated: Path) -> None:
    for path in curated.rglob("report.html"):
        page = path.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy
        assert policy[1].startswith("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-")
        addresses = [match[1] or match[0] for match in AN_ADDRESS.finditer(page)]
        assert all(
            re.match(r"#|data:image/webp;base64,|\.\./report\.html$|\w+/report\.html$", item) for item in addresses
        )


def test_exhibits_of_one_label_have_names_of_their_own() -> None:
    titles = {"table1": "Table 1", "table1_histology": "Table 1", "table2a": "Table 2: 3 h", "table2b": "Table 2: 20 h"}
    listed = [
        {"name": name, "title": title, "exhibit": {"label": title.partition(":")[0]}} for name, title in titles.items()
    ]
    assert about_paper("made2026", {"resources": listed}).labels == {
        **titles,
        "table1_histology": "Table 1 (table1_histology)",
    }


def test_each_page_is_in_it_once(curated: Path) -> None:
    page = (curated / "made2026" / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/webp") == 1
    assert page.count("<use href=") > 3


def test_text_of_a_paper_is_no_markup(curated: Path) -> None:
    page = (curated / "made2026" / "report.html").read_text(encoding="utf-8")
    assert page.count("<script>") == page.count("</script>") == page.count("</style>") == 1
    assert "&lt;script&gt;window.ran = 1" in page
    assert "javascript:" not in page


def test_without_a_pdf_it_says_so_and_is_whole(tmp_path: Path) -> None:
    folder, page = published("li2024", tmp_path)
    assert "No page pictures: no PDF is available." in page
    assert "<svg" not in page
    assert "24 of 51 (the cohort) is 47.1, not 45.1" in page
    assert "The paper’s error" in page

    def none(_: object) -> dict[object, object]:
        raise NoPicturesError("the PDF is <locked>")

    again = write_report(folder, validate_paper(folder, VERDICTS), none)  # type: ignore[arg-type]
    assert "the PDF is &lt;locked&gt;" in again.read_text(encoding="utf-8")


def test_it_tells_what_could_not_be_checked_and_why(tmp_path: Path) -> None:
    folder, page = published("kokkali2025", tmp_path)
    assert "Undecided questions, and why" in page
    reasons = re.findall(r"<dd>.*?</span> (.*?)</dd>", page)
    lines = (folder / "checks.csv").read_text(encoding="utf-8")
    assert reasons
    assert "not known" in lines


def test_the_same_paper_gives_the_same_page(tmp_path: Path) -> None:
    assert published("li2024", tmp_path / "a")[1] == published("li2024", tmp_path / "b")[1]


def test_the_index_counts_what_each_paper_has(tmp_path: Path) -> None:
    for paper in ("li2024", "cao2025"):
        published(paper, tmp_path)
    index = write_index(tmp_path).read_text(encoding="utf-8")
    assert re.findall(r'<a href="(\w+)/report.html">', index) == ["cao2025", "li2024"]


def test_a_folder_that_someone_typed_has_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("event,grade,n,percent\nRash,any,5,9.8\nRash,any,7,11.0\n", "utf-8")
    outcome = validate_paper(tmp_path, tmp_path / "none.toml")
    page = write_report(tmp_path, outcome).read_text(encoding="utf-8")
    assert page.count("<article") == len(outcome.findings) > 0


def test_forest_plots_are_shown_drawn_anew_beside_their_crops(tmp_path: Path) -> None:
    folder = tmp_path / "cao2025"
    shutil.copytree(ROOT / "curated" / "cao2025", folder)
    page = write_report(folder, validate_paper(folder, VERDICTS), white, redrawn={"fig3": b"PNG of fig3"})
    section = page.read_text(encoding="utf-8").partition('id="plots"')[2].partition("</section>")[0]
    assert section.count("<figure>") == 2
    assert 'aria-label="Page 10: Fig. 3"' in section
    assert f'src="data:image/png;base64,{base64.b64encode(b"PNG of fig3").decode()}"' in section
    assert 'id="plots"' not in write_report(folder, validate_paper(folder, VERDICTS), white).read_text(encoding="utf-8")


def test_no_sign_of_writing_direction_is_left_to_the_browser(curated: Path) -> None:
    unseen = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    for path in curated.rglob("report.html"):
        assert unseen.findall(path.read_text(encoding="utf-8")) == []
    page = (curated / "made2026" / "report.html").read_text(encoding="utf-8")
    assert page.count("[U+202E]1.54 [U+2066][U+200F]") > 5
