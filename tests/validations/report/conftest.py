"""A paper made for the report: findings of all kinds, text that would like to run."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from schemas import SCHEMAS
from validations.report.pictures import PagePicture, PageRegion
from validations.report.write import write_index, write_report
from validations.run import validate_paper, write_outcome

HOSTILE = (
    "</style><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>\"'{{ 7 * 7 }}"
    f" \u202e1.54 \u2066\u200f {'W' * 1500}"
)
ROWS = [  # event, grade, n, percent of 50: two that no count gives, a label twice, a hostile one
    ("Rash", "any", "5", "10.0"),
    ("Fever", "any", "7", "41.0"),
    ("Fatigue", "any", "9", "18.0"),
    (HOSTILE, "any", "11", "71.0"),
    ("Rash", "any", "6", "12.0"),
    ("Nausea", "any", "12", "24.0"),
]
RULING = f"""[[verdict]]
code = "PCT001"
exhibit = "table1"
row = "2"
part = "any"
column = "percent"
printed = "n=7; percent=41.0"
verdict = "paper_error"
why = {json.dumps("Seven of fifty are 14 %. " + HOSTILE)}
by = {json.dumps("Ann " + HOSTILE)}
on = 2026-11-21
"""


def write_paper(folder: Path) -> None:
    folder.mkdir(parents=True)
    names = SCHEMAS["adverse_events"].columns()
    with (folder / "table1.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        for number, (event, grade, n, percent) in enumerate(ROWS, start=1):
            box = {"page": 1, "x0": 50.0, "top": 100.0 + 40 * number, "x1": 500.0, "bottom": 110.0 + 40 * number}
            cells = {"event": event, "grade": grade, "n": n, "percent": percent, "read_by": "pdfplumber"}
            writer.writerow({"row": number, **cells, **box})
    said = {
        "schema": "adverse_events",
        "label": f"Table 1{HOSTILE}",
        "caption": HOSTILE,
        "cohort_n": "50",
        "printed_rows": 6,
    }
    package = {
        "sources": [{"title": f"Made et al. {HOSTILE}", "path": "javascript:window.ran=1"}],
        "source_pdf": {"name": f"{HOSTILE}.pdf", "sha256": "0" * 64, "edition": "publisher"},
        "resources": [
            {"name": "table1", "path": "table1.csv", "exhibit": {**said, "page": 1, "box": [50.0, 120.0, 500.0, 360.0]}}
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def white(regions: Sequence[PageRegion]) -> Mapping[PageRegion, PagePicture]:
    """A crop function without a PDF: white paper."""
    data = BytesIO()
    Image.new("L", (40, 40), 255).save(data, "WEBP")
    return {region: PagePicture(region, data.getvalue(), "image/webp") for region in regions}


@pytest.fixture(scope="session")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of one paper, `made2026`, and the index."""
    curated = tmp_path_factory.mktemp("curated")
    folder, verdicts = curated / "made2026", curated / "rulings.toml"
    write_paper(folder)
    verdicts.write_text(RULING, encoding="utf-8")
    outcome = validate_paper(folder, verdicts)
    write_outcome(outcome, folder)
    write_report(folder, outcome, white)
    write_index(curated)
    return curated
