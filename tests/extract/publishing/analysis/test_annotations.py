"""Rows as W3C Web Annotations: the structure by the documents of W3C, and the boxes on the rendered pages."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from click.testing import CliRunner
from pypdfium2 import PdfDocument

from extract.commands.cli import main
from extract.publishing.analysis.exports.annotations import annotations_of, percentages
from extract.publishing.analysis.papers import CuratedPaper, read_paper
from tests.extract.publishing.analysis.conftest import CURATED, ROOT, Exhibit, Make

PAPERS = ("cao2025", "kokkali2025", "li2024")
FACSIMILES = ROOT / "raw_pdfs" / "facsimiles"
# Web Annotation Data Model 3.3.5 (motivations) and 4 (selectors), Media Fragments URI 1.0, RFC 8118.
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "tagging"),
}
PERCENT = re.compile(r"xywh=percent:(\d+\.\d{3}),(\d+\.\d{3}),(\d+\.\d{3}),(\d+\.\d{3})")
PAGE = re.compile(r"[^#\s]+#page=([1-9]\d*)")
TYPED = """\
row,label,n,page,x0,top,x1,bottom,continued
1,Male,25,1,50,100,150,110,
2,"Not
stated",3,1,50,300,150,310,2:60.0:20.0:160.0:30.0
3,Female,4,,,,,,
4,Other,1,9,50,100,150,110,
"""


def committed(paper: str) -> dict[str, Any]:
    text = (CURATED / "analysis" / f"{paper}.annotations.jsonld").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def targets(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = item["target"]
    return found if isinstance(found, list) else [found]


def faults(page: Mapping[str, Any]) -> Iterator[str]:
    """What is not as the Web Annotation Data Model says, of an annotation page whose targets are boxes in PDFs."""
    if page.get("@context") != "http://www.w3.org/ns/anno.jsonld" or page.get("type") != "AnnotationPage":
        yield "context or type of the page"
    whole = page["partOf"]
    if whole["type"] != "AnnotationCollection" or whole["total"] != len(page["items"]) or page["startIndex"] != 0:
        yield "the collection"
    identifiers = [page["id"], whole["id"], *(item["id"] for item in page["items"])]
    if len(set(identifiers)) < len(identifiers):
        yield "an identifier twice"
    yield from (f"{name} is no absolute IRI" for name in identifiers if not urlsplit(name).scheme)
    for item in page["items"]:
        yield from (f"{item['id']}: {fault}" for fault in _faults_of_item(item))


def _faults_of_item(item: Mapping[str, Any]) -> Iterator[str]:
    if item["type"] != "Annotation" or item["motivation"] not in MOTIVATIONS or "@context" in item:
        yield "type or motivation"
    for body in item["body"]:
        if body["type"] != "TextualBody" or not isinstance(body["value"], str) or body["purpose"] not in MOTIVATIONS:
            yield f"body {body}"
    for target in targets(item):
        source, selector = target["source"], target["selector"]
        if set(target) != {"source", "selector"} or source["format"] != "application/pdf":
            yield f"target {target}"
        if not PAGE.fullmatch(source["id"]) or not source.get("via", "https:").startswith("https:"):
            yield f"source {source}"
        if selector["type"] != "FragmentSelector" or selector["conformsTo"] != "http://www.w3.org/TR/media-frags/":
            yield f"selector {selector}"
        numbers = PERCENT.fullmatch(selector["value"])
        if numbers is None:
            yield f"box {selector['value']}"
            continue
        x, y, wide, high = map(float, numbers.groups())
        if not (wide > 0 and high > 0 and x + wide <= 100.001 and y + high <= 100.001):
            yield f"box {selector['value']}"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_annotations_keep_the_model_of_w3c(paper: str) -> None:
    page = committed(paper)
    assert list(faults(page)) == []
    read = read_paper(CURATED / paper)
    placed = [record for table in read.paper.tables.values() for record in table.records if record["page"]]
    assert len(page["items"]) == len(placed) > 100


def test_the_validator_finds_each_fault() -> None:
    sound = json.dumps(committed("li2024"))
    for old, new in (
        ('"AnnotationPage"', '"Page"'),
        ('"total": ', '"total": 1'),
        ('"describing"', '"telling"'),
        ("urn:uuid:", ""),
        ("#page=2", ""),
        ("xywh=percent:", "xywh=pixel:"),
        ("xywh=percent:52.521", "xywh=percent:152.521"),
        ("http://www.w3.org/TR/media-frags/", ""),
        ('"TextualBody"', '"Text"'),
    ):
        assert list(faults(json.loads(sound.replace(old, new)))), old


def text_in(pdf: PdfDocument, target: Mapping[str, Any]) -> str:
    """The text in the box of a target: the box is taken in percent of the page as displayed."""
    number = PAGE.fullmatch(target["source"]["id"])
    box = PERCENT.fullmatch(target["selector"]["value"])
    assert number
    assert box
    page = pdf[int(number[1]) - 1]
    x, y, wide, high = (float(value) / 100 for value in box.groups())
    width, height = page.get_size()
    edges = (x * width, (1 - y - high) * height, (x + wide) * width, (1 - y) * height)
    return str(page.get_textpage().get_text_bounded(*edges))


@pytest.mark.parametrize("paper", ["li2024", "kokkali2025"])
def test_each_box_of_a_table_holds_the_printed_numbers_of_its_row(paper: str) -> None:
    pdf = PdfDocument(FACSIMILES / f"{paper}.pdf")
    compared = 0
    for item in committed(paper)["items"]:
        name, printed = (body["value"] for body in item["body"][:2])
        found = re.search(r"(?:^|; )(?:n|p|cr_n|tmb|hazard_ratio)=(\S+?)(?:;|$)", printed)
        if ".table" in name and found:
            text = "".join(text_in(pdf, target) for target in targets(item))
            assert found[1].lstrip("<>=") in re.sub(r"\s", "", text), (name, printed, text)
            compared += 1
    assert compared > 50


def test_a_known_row_is_where_it_is_seen_on_the_page() -> None:
    """Table 1 of li2024 prints '< 54 years old | 24 (45.1)' on page 2, and the rendered box holds ink."""
    [item] = [
        item for item in committed("li2024")["items"] if item["body"][0]["value"] == "li2024.table1.3.<_54_years_old"
    ]
    pdf = PdfDocument(FACSIMILES / "li2024.pdf")
    assert "24 (45.1)" in text_in(pdf, item["target"])
    assert item["body"][2]["purpose"] == "assessing"
    assert item["body"][2]["value"].startswith("PCT001: ")
    picture = pdf[1].render(scale=2).to_pil().convert("L")
    x, y, wide, high = (float(part) / 100 for part in item["target"]["selector"]["value"].partition(":")[2].split(","))
    box = (x * picture.width, y * picture.height, (x + wide) * picture.width, (y + high) * picture.height)
    left, top, right, bottom = map(round, box)
    assert 0.03 < np.mean(np.asarray(picture.crop((left, top, right, bottom))) < 128) < 0.4


def typed(make_paper: Make, pages: Mapping[str, object] | None) -> CuratedPaper:
    paper = make_paper(table1=Exhibit("characteristics", TYPED))
    source = {"name": "smith trial.pdf", "pages": pages} if pages is not None else {"name": "smith trial.pdf"}
    return CuratedPaper(paper.name, paper.paper, {**paper.package, "source_pdf": source})


def test_parts_on_other_pages_are_further_targets(make_paper: Make) -> None:
    pages = {"1": [0, 0, 500, 1000], "2": [0, 0, 200, 100]}
    page = json.loads(annotations_of(typed(make_paper, pages)))
    assert list(faults(page)) == []
    places = [[(each["source"]["id"], each["selector"]["value"]) for each in targets(item)] for item in page["items"]]
    assert places == [
        [("smith%20trial.pdf#page=1", "xywh=percent:10.000,10.000,20.000,1.000")],
        [
            ("smith%20trial.pdf#page=1", "xywh=percent:10.000,30.000,20.000,1.000"),
            ("smith%20trial.pdf#page=2", "xywh=percent:30.000,20.000,50.000,10.000"),
        ],
    ]
    assert page["items"][1]["body"][1]["value"] == "label=Not\nstated; n=3"


def test_without_the_pages_there_are_no_annotations(make_paper: Make) -> None:
    assert annotations_of(typed(make_paper, None)) == ""


@pytest.mark.parametrize("pages", [{}, {"2": [0, 0, 0, 100]}, {"7": [0, 0, 100, 100]}])
def test_pages_without_a_row_or_without_a_size_give_none(pages: Mapping[str, object], make_paper: Make) -> None:
    assert annotations_of(typed(make_paper, pages)) == ""


@pytest.mark.parametrize(
    ("box", "shown", "expected"),
    [
        ((50, 100, 150, 110), (0, 0, 500, 1000), (10, 10, 20, 1)),
        ((50, 100, 150, 110), (40, 90, 240, 190), (5, 10, 50, 10)),
        ((-5, 990, 600, 1010), (0, 0, 500, 1000), (0, 99, 100, 1)),
    ],
)
def test_percentages_are_of_the_shown_part(
    box: tuple[float, ...], shown: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    assert percentages(box, shown) == pytest.approx(expected)  # type: ignore[arg-type]


def seen_row(pdf: Path, folder: Path) -> tuple[str, np.ndarray]:
    """The row '< 54 years old' of Table 1 as `check` and `analysis` annotate it: the page, and its rendered box."""
    made = CliRunner().invoke(main, ["check", str(pdf), "--out", str(folder), "-q"])
    assert made.exit_code in (0, 1), made.output
    assert CliRunner().invoke(main, ["analysis", "--curated", str(folder)]).exit_code == 0
    text = (folder / "analysis" / f"{folder.name}.annotations.jsonld").read_text(encoding="utf-8")
    page = json.loads(text)
    assert list(faults(page)) == []
    item = next(item for item in page["items"] if "< 54 years old" in item["body"][1]["value"])
    target = targets(item)[0]
    number = PAGE.fullmatch(target["source"]["id"])
    box = PERCENT.fullmatch(target["selector"]["value"])
    assert number
    assert box
    picture = PdfDocument(pdf)[int(number[1]) - 1].render(scale=3).to_pil().convert("L")
    x, y, wide, high = (float(part) / 100 for part in box.groups())
    corners = (x * picture.width, y * picture.height, (x + wide) * picture.width, (y + high) * picture.height)
    left, top, right, bottom = map(round, corners)
    return number[1], np.asarray(picture.crop((left, top, right, bottom)), dtype=np.float64)


@pytest.mark.parametrize("turn", [0, 90])
def test_the_boxes_of_a_cropped_or_turned_page_lie_where_viewers_show_the_rows(turn: int, tmp_path: Path) -> None:
    pdf = PdfDocument(FACSIMILES / "li2024.pdf")
    left, bottom, right, top = pdf[1].get_mediabox()
    pdf[1].set_cropbox(left + 30, bottom + 20, right - 10, top - 40)
    pdf[1].set_rotation(turn)
    pdf.save(tmp_path / "altered.pdf")
    page, sound = seen_row(FACSIMILES / "li2024.pdf", tmp_path / "sound")
    same_page, altered = seen_row(tmp_path / "altered.pdf", tmp_path / "altered")
    assert page == same_page == "2"
    upright = np.rot90(altered, turn // 90)  # a page turned clockwise is turned back
    assert np.abs(np.subtract(upright.shape, sound.shape)).max() <= 2
    height, width = np.minimum(upright.shape, sound.shape)
    differences = [
        np.abs(sound[:height, :width] - np.roll(upright[:height, :width], (down, across), (0, 1))).mean()
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
    ]
    assert 3 * min(differences) < np.abs(sound[:, ::-1] - sound).mean()
