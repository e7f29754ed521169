"""`doubletake forest`: its output, its message if there is no plot, and one clear line for a file it cannot read."""

import csv
import json
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from extract.commands.cli import main
from extract.forests import reading
from extract.forests.panel import Panel
from extract.forests.plot import Plot
from extract.output.forests import FOREST_COLUMNS
from schemas import SCHEMAS

FACSIMILES = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles"
VECTOR = FACSIMILES / "cao2025_vector.pdf"
FIGURE4 = 11  # its page
needs_fork = pytest.mark.skipif("fork" not in get_all_start_methods(), reason="no fork on this system")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["forest", *map(str, arguments)])


def test_json() -> None:
    result = run(VECTOR, "--pages", FIGURE4, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    [plot] = found["plots"]
    assert found["file"] == str(VECTOR)
    assert (plot["label"], plot["page"], plot["measure"], plot["scale"]) == (
        "Figure 4",
        FIGURE4,
        "proportion",
        "linear",
    )
    assert plot["heads"][:3] == ["Histology", "n of study", "Total"]
    row = plot["rows"][3]
    assert list(row) == ["row", *FOREST_COLUMNS, "notes", "page", "x0", "top", "x1", "bottom", "read_by", "flags"]
    assert (row["label"], row["n_studies"], row["total"], row["i2"]) == ("MLS", "11", "44", "19.40")
    assert (row["estimate"], row["ci_low"], row["ci_high"]) == ("0.01", "0.00", "0.08")
    assert (row["read_by"], row["flags"]) == ("pdfplumber+drawing", [])
    x0, top, x1, bottom = plot["bbox"]
    assert x0 <= float(row["x0"]) < float(row["x1"]) <= x1
    assert top <= float(row["top"]) < float(row["bottom"]) <= bottom


def test_the_columns_are_those_of_the_schema() -> None:
    printed = [name for name in SCHEMAS["forest"].columns() if name in FOREST_COLUMNS]
    assert printed == list(FOREST_COLUMNS)


def test_csv(tmp_path: Path) -> None:
    result = run(VECTOR, "--pages", FIGURE4, "--csv", tmp_path / "plots")
    assert result.exit_code == 0
    with (tmp_path / "plots" / "figure_4.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    assert (rows[1]["label"], rows[1]["notes"]) == ("Myofibrosarcoma", "i2:NA;p:NA")


def test_text() -> None:
    result = run(VECTOR, "--pages", FIGURE4)
    assert result.exit_code == 0
    assert result.stdout.startswith("Figure 4  Rates of objective response by histologic subtype")
    assert "page 11: 24 rows, proportion, linear axis" in result.stdout
    assert "0.01 (0.00, 0.08)" in result.stdout


def test_no_plot(tmp_path: Path) -> None:
    result = run(FACSIMILES / "li2024.pdf", "--json")
    assert (result.exit_code, json.loads(result.stdout)["plots"]) == (0, [])
    assert result.stderr == f"doubletake: {FACSIMILES / 'li2024.pdf'}: no forest plot found\n"


@pytest.mark.parametrize(("name", "size"), [("one.png", (1, 1)), ("white.jpg", (300, 200)), ("wide.png", (4000, 20))])
def test_pictures_without_a_plot(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, "white").save(tmp_path / name)
    result = run(tmp_path / name, "--json")
    assert (result.exit_code, json.loads(result.stdout)["plots"]) == (0, [])
    assert result.stderr == f"doubletake: {tmp_path / name}: no forest plot found\n"


def test_a_picture_of_400_million_pixels(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "huge.png")
    result = run(tmp_path / "huge.png")
    assert result.exit_code == 2
    assert "the picture has more than 60 million pixels" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.png", b"", "the file is empty"),
        ("text.png", b"hello world", "neither PDF nor PNG nor JPEG: it begins with b'hello wo'"),
        ("text.pdf", b"hello world", "not a PDF: it begins with b'hello wo'"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "the picture is damaged"),
        ("cut.jpg", b"\xff\xd8\xff\xe0", "the picture is damaged"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, content: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert expected in result.stderr


def test_pages_beyond_the_end() -> None:
    result = run(VECTOR, "--pages", "99")
    assert result.exit_code == 2
    assert "no page 99; the PDF has pages 1-" in result.stderr


def test_json_cannot_be_combined_with_csv(tmp_path: Path) -> None:
    assert "cannot be combined" in run(VECTOR, "--json", "--csv", tmp_path).stderr


@needs_fork
@pytest.mark.usefixtures("guarded")
def test_a_fault_in_one_plot_costs_that_plot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other plots come, and a line names the page and the figure that is not read."""
    usual = reading.plot_of

    def fail_on_figure_4(panel: Panel) -> Plot | None:
        return usual(panel) if panel.label != "Figure 4" else panel.words[len(panel.words)]  # type: ignore[return-value]

    monkeypatch.setattr("extract.pdf.worker.start_method", lambda: "fork")  # only a fork inherits the failing function
    monkeypatch.setattr(reading, "plot_of", fail_on_figure_4)
    result = run(VECTOR, "--json")
    assert result.exit_code == 0
    assert {plot["label"] for plot in json.loads(result.stdout)["plots"]} == {"Figure 2", "Figure 3", "Figure 5"}
    why = "IndexError: tuple index out of range (internal error; use -v for the traceback)"
    assert result.stderr == f"doubletake: {VECTOR}: page {FIGURE4}, Figure 4: not read: {why}\n"


@needs_fork
@pytest.mark.usefixtures("guarded")
def test_a_fault_in_the_only_plot_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(panel: Panel) -> Plot | None:
        raise ValueError("math domain error")

    monkeypatch.setattr("extract.pdf.worker.start_method", lambda: "fork")  # only a fork inherits the failing function
    monkeypatch.setattr(reading, "plot_of", fail)
    result = run(VECTOR, "--pages", FIGURE4, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "page 11, Figure 4: not read" in result.stderr
