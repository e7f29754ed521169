"""The pictures of the report are cut from the right PDF and turned to be read; its commands rule on findings."""

import json
import re
import shlex
import shutil
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageChops

from extract.commands.cli import main
from extract.commands.report import source_of
from extract.output.page_crops import PIXELS_PER_POINT, crop_regions
from validations.report.pictures import PageRegion
from validations.report.write import NoPicturesError

ROOT = Path(__file__).parents[3]
FACSIMILES = ROOT / "raw_pdfs" / "facsimiles"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers as they are published from the facsimiles."""
    out = tmp_path_factory.mktemp("curated")
    pdfs = [f"--pdf={paper}={FACSIMILES / paper}.pdf" for paper in ("li2024", "kokkali2025")]
    assert run("extract", "li2024", "kokkali2025", "--out", out, *pdfs).exit_code == 0
    return out


def validate(curated: Path, verdicts: Path, *more: object) -> Result:
    pdfs = [f"--pdf={paper}={FACSIMILES / paper}.pdf" for paper in ("li2024", "kokkali2025")]
    return run("validate", "--curated", curated, "--verdicts", verdicts, *pdfs, *more)


def test_the_commands_in_the_report_rule_on_its_findings(curated: Path, tmp_path: Path) -> None:
    verdicts, folder = tmp_path / "my rulings", curated / "li2024"
    assert validate(curated, verdicts, "-q").exit_code == 1
    page = (folder / "report.html").read_text(encoding="utf-8")
    lines = [unescape(line) for line in re.findall(r'<div class="command"><code>(.*?)</code>', page)]
    assert len(lines) == page.count("<article") > 2
    chosen = {shlex.split(line)[3]: shlex.split(line) for line in lines}  # one of each code
    for name, *arguments in chosen.values():
        assert (name, arguments[-2:]) == ("doubletake", ["--why", "..."])
        ruled = run(*arguments[:-1], "it is so", "--by", "Ann")
        assert ruled.exit_code == 0, (arguments, ruled.stderr)
    assert "VER" not in validate(curated, verdicts, "-q").stdout
    again = (folder / "report.html").read_text(encoding="utf-8")
    assert again.count('class="ruling"') == len(chosen)


def test_pictures_are_of_the_pdf_that_was_read(curated: Path, tmp_path: Path) -> None:
    folder = curated / "li2024"
    assert source_of(folder, {"li2024": FACSIMILES / "li2024.pdf"}) == FACSIMILES / "li2024.pdf"
    for other in (FACSIMILES / "cao2025.pdf", tmp_path / "none.pdf"):
        with pytest.raises(NoPicturesError, match=r"name that PDF with --pdf li2024=FILE"):
            source_of(folder, {"li2024": other})
    copy = Path(shutil.copytree(folder, tmp_path / "li2024"))
    (copy / "datapackage.json").unlink()
    with pytest.raises(NoPicturesError):
        source_of(copy, {})


def test_a_pdf_that_cannot_be_read_only_costs_the_pictures(curated: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(curated, tmp_path / "curated"))
    shutil.rmtree(out / "kokkali2025")
    bad, package = tmp_path / "bad.pdf", out / "li2024" / "datapackage.json"
    bad.write_bytes(b"no PDF")
    said = json.loads(package.read_text(encoding="utf-8"))
    said["source_pdf"]["sha256"] = "f5ab7d9b1c5f3bfe9a6b5bf3a5a4d8b4e0d6c2e0f8a0f7c9b0d2c4e6f8a0b2c4"
    package.write_text(json.dumps(said), encoding="utf-8")
    result = run("validate", "--curated", out, "-q", f"--pdf=li2024={bad}")
    assert "Traceback" not in result.stderr
    assert "No page pictures" in (out / "li2024" / "report.html").read_text(encoding="utf-8")


def test_regions_are_cut_and_clipped_to_the_page() -> None:
    inside, over, nowhere, beyond = (
        PageRegion(2, 50, 100, 250, 150),
        PageRegion(2, -20, -20, 30, 40),
        PageRegion(2, 9000, 0, 9100, 50),
        PageRegion(99, 0, 0, 10, 10),
    )
    found = crop_regions(FACSIMILES / "li2024.pdf", [inside, over, nowhere, beyond])
    assert set(found) == {inside, over}
    assert found[over].region == PageRegion(2, 0, 0, 30, 40)
    with Image.open(BytesIO(found[inside].data)) as picture:
        assert picture.size == (200 * PIXELS_PER_POINT, 50 * PIXELS_PER_POINT)


@pytest.mark.parametrize(("media", "crop"), [((0, 0), (40, 30)), ((-50, -20), (0, 0)), ((-50, -20), (-10, 60))])
def test_regions_of_a_cropped_page_are_where_they_were(
    media: tuple[int, int], crop: tuple[int, int], tmp_path: Path
) -> None:
    """Boxes are measured from the media box, whatever part of the page viewers show."""
    path = tmp_path / "cropped.pdf"
    with pypdfium2.PdfDocument(FACSIMILES / "li2024.pdf") as document:
        wide, high = document[1].get_size()
        document[1].set_mediabox(*media, wide, high)
        document[1].set_cropbox(*crop, wide - 25, high - 35)
        document.save(path)
    plain = PageRegion(2, 100, 200, 300, 260)
    moved = PageRegion(2, 100 - media[0], 200, 300 - media[0], 260)
    cuts = [crop_regions(FACSIMILES / "li2024.pdf", [plain])[plain], crop_regions(path, [moved])[moved]]
    with Image.open(BytesIO(cuts[0].data)) as one, Image.open(BytesIO(cuts[1].data)) as other:
        assert one.getextrema() != ((255, 255),) * 3
        assert ImageChops.difference(one, other).getbbox() is None
    assert cuts[0].turn == cuts[1].turn == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_text_is_turned_to_be_read_on_a_rotated_page(turn: int, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    with pypdfium2.PdfDocument(FACSIMILES / "li2024.pdf") as document:
        document[1].set_rotation(turn)
        wide, high = document[1].get_size()
        document.save(path)
    region = PageRegion(2, 0, 0, wide, high)
    assert crop_regions(path, [region])[region].turn == -turn % 360
