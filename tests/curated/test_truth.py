"""What is published against what was typed by hand from the papers, and against all cells that the facsimiles print."""

import csv
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TYPED = [
    path
    for path in sorted((ROOT / "tests" / "typed_by_hand").glob("*/*.csv"))
    if (ROOT / "curated" / path.parent.name).is_dir()
]
SOURCES = ROOT / "raw_pdfs" / "facsimiles"

Record = dict[str, str]


def read_csv(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def curated(exhibit: str) -> list[Record]:
    return read_csv(ROOT / "curated" / f"{exhibit}.csv")


@pytest.mark.parametrize("path", TYPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_records_typed_by_hand(path: Path) -> None:
    typed = read_csv(path)
    keys = ["row", *{"position", "outcome", "grade", "group", "label"}.intersection(typed[0])]
    wanted = {tuple(record[key] for key in keys) for record in typed}
    found = [
        record for record in curated(f"{path.parent.name}/{path.stem}") if tuple(record[k] for k in keys) in wanted
    ]
    assert [{name: record[name] for name in typed[0]} for record in found] == typed


def notes(record: Record, column: str) -> list[str]:
    """What the notes say of a column: marks, and the printed sign where no number is."""
    return [note.partition(":")[2] for note in record["notes"].split(";") if note.startswith(f"{column}:")]


def cell(record: Record, first: str, *others: str) -> str:
    """A printed cell of numbers put together again: "12(23.5)", "54(15–80)", "NA(29–80)"."""
    printed = [
        record[name] or "".join(note for note in notes(record, name) if note == "NA") for name in (first, *others)
    ]
    return f"{printed[0]}({'–'.join(printed[1:])})" if any(printed[1:]) else printed[0]


def marks(record: Record, column: str) -> str:
    return "".join(note for note in notes(record, column) if note != "NA")


def characteristic(records: Sequence[Record]) -> list[str]:
    values = [cell(each, "n", "percent") or cell(each, "median", "low", "high") for each in records]
    label = "/of which ".join(each["label"] for each in records)
    return [records[0]["section"], label, marks(records[0], "label"), "/".join(values)]


def hazard_ratio(records: Sequence[Record]) -> list[str]:
    ratios = [text for each in records for text in (cell(each, "hazard_ratio", "ci_low", "ci_high"), each["p"])]
    return [records[0]["characteristic"], records[0]["comparison"], *ratios]


def adverse_event(records: Sequence[Record]) -> list[str]:
    return [records[0]["event"], *(cell(each, "n", "percent") for each in records)]


def response(records: Sequence[Record]) -> list[str]:
    columns = [["group"], ["n_total"], ["cr_n", "cr_percent"], ["pr_n", "pr_percent"], ["orr_percent"]]
    return ["/".join(filter(None, (cell(each, *names) for each in records))) for names in columns]


def regimen(records: Sequence[Record]) -> list[str]:
    (record,) = records
    rates = [cell(record, f"{name}_n", f"{name}_percent") for name in ("cr", "pr", "orr", "sd", "pd", "na")]
    return [record["group"], *rates, record["n_evaluable"], record["n_total"]]


def responder(records: Sequence[Record]) -> list[str]:
    return [records[0][name] for name in ("patient", "best_response", "pd_l1", "tmb", "msi", "subtype")]


def study_arm(records: Sequence[Record]) -> list[str]:
    (record,) = records
    text = ["group", "study", "design", "patients", "histology", "treatment_line", "treatment", "primary_endpoint"]
    numbers = [
        ["sample_size"],
        ["median_age", "age_low", "age_high"],
        ["female_percent"],
        ["orr_percent"],
        ["dcr_percent"],
    ]
    found = [*(record[name] for name in text), *(cell(record, *names) for names in numbers)]
    return [*found, marks(record, "patients"), marks(record, "orr_percent")]


def histology(records: Sequence[Record]) -> list[str]:
    members = "".join(f"{each['subtype']}({each['n']}/{each['total']})" for each in records)
    return [records[0]["study"], members, records[0]["treatment"]]


def plotted(*columns: str) -> Callable[[Sequence[Record]], list[str]]:
    """How the rows of a figure with these columns are put together; pooled lines have no label in the source."""

    def put_together(records: Sequence[Record]) -> list[str]:
        (record,) = records
        shown = dict(record)
        shown |= {"group": record["label"]} if record["kind"] == "heterogeneity" else {}
        shown |= {"label": ""} if record["kind"] not in ("study", "subgroup") else {}
        return [shown[column] or "".join(notes(record, column)) for column in columns]

    return put_together


COUNTS, INTERVAL = ("total", "cr", "pr"), ("estimate", "ci_low", "ci_high")
OF_STUDIES = ("kind", "group", "label", "treatment")
PROPORTION = ["es", "ci_low", "ci_high", "weight", "i2", "p"]


CHARACTERISTIC = ["section", "Characteristic", "marker", "N (%)"]
HAZARD_RATIO = ["Characteristic", "Category", "PFS HR (95% CI)", "PFS P", "OS HR (95% CI)", "OS P"]
REGIMEN = ["regimen", "CR", "PR", "ORR", "SD", "PD", "N/A", "Evaluable", "Total"]
STUDY_ARM = [
    *("group", "study", "design", "patients", "histologic_subtype", "treatment_line", "treatment", "primary_endpoint"),
    *("sample_size", "median_age_range", "female_percentage", "orr_percent", "dcr_percent"),
    *("patients_marker", "orr_marker"),
]
# Exhibit -> how its printed cells are put together from its records, the columns of the source that hold them.
PRINTED: dict[str, tuple[Callable[[Sequence[Record]], list[str]], list[str]]] = {
    "li2024/table1": (
        characteristic,
        ["section", "Characteristics and previous therapeutic strategies", "marker", "n (%)"],
    ),
    "li2024/table2": (hazard_ratio, HAZARD_RATIO),
    "li2024/table3": (hazard_ratio, HAZARD_RATIO),
    "li2024/table4": (adverse_event, ["TRADEs", "Any grade n (%)", "3/4 grade n (%)"]),
    "kokkali2025/table1": (characteristic, CHARACTERISTIC),
    "kokkali2025/table2": (response, ["Histological subtype", "N", "CR N (%)", "PR N (%)", "Response rate %"]),
    "kokkali2025/table3": (
        responder,
        ["No.r", "Best response", "PD-L1 value", "TMB value", "MSI", "Histological subtype"],
    ),
    "kokkali2025/table4": (regimen, REGIMEN),
    "cao2025/table1": (study_arm, STUDY_ARM),
    **{
        f"cao2025/{figure}": (
            plotted(*OF_STUDIES, *COUNTS, *INTERVAL, "weight", "i2", "p"),
            ["row_kind", "group", "study", "treatment", *COUNTS, *PROPORTION],
        )
        for figure in ("fig2", "fig3")
    },
    "cao2025/fig4": (
        plotted("label", "n_studies", *COUNTS, *INTERVAL, "i2", "p"),
        ["histology", "n_studies", *COUNTS, "orr", "ci_low", "ci_high", "i2", "p_heterogeneity"],
    ),
    "cao2025/fig5": (
        plotted(*OF_STUDIES, "total", "events", *INTERVAL, "weight", "i2", "p"),
        ["row_kind", "group", "study", "treatment", "total", "events", *PROPORTION],
    ),
    "cao2025/table1_histology": (histology, ["study", "histologic_subtype", "treatment"]),
}


def plain(texts: Sequence[str]) -> list[str]:
    """Cells without white space and "of which", the ends of an interval parted by an en dash."""
    spaceless = ["".join(text.split()).replace("/ofwhich", "/") for text in texts]
    return [re.sub(r"(?<=\d)-(?=\d+\))|(?<=NA),(?=NA)", "–", text) for text in spaceless]


@pytest.mark.parametrize("exhibit", PRINTED)
def test_every_cell_that_the_facsimile_prints_is_published(exhibit: str) -> None:
    put_together, columns = PRINTED[exhibit]
    paper, name = exhibit.split("/")
    source = read_csv(SOURCES / paper / f"{name.removesuffix('_histology')}.csv")
    rows_of = [row for row in source if row.get("row_kind") != "section"]
    printed = [[row.get(column, "") for column in columns] for row in rows_of]
    if name.endswith("_histology"):
        printed = [row for row in printed if row[1] != "NA"]
    rows = [list(records) for _, records in groupby(curated(exhibit), key=lambda record: record["row"])]
    assert [plain(put_together(records)) for records in rows] == [plain(row) for row in printed]
