"""The release gate on copies of what is published: as it is it passes, and each kind of damage is refused in a line."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from validations.release import gate
from validations.release.gate import hold
from validations.run import validate_paper, write_outcome

ROOT = Path(__file__).parents[3]
Damage = Callable[[Path], object]


def copy(paper: str, into: Path) -> Path:
    """What is published of a paper, with what the checks say of it."""
    folder = Path(shutil.copytree(ROOT / "curated" / paper, into / paper))
    write_outcome(validate_paper(folder, ROOT / "validations" / "verdicts"), folder)
    return folder


def keep(folder: Path, *exhibits: str) -> Path:
    """A copy with these exhibits alone, which is held faster."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [item for item in package["resources"] if item["name"] in (*exhibits, "readings")]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name in ("findings.csv", "checks.csv"):
        head, *lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        place = head.strip().split(",").index("exhibit")
        (folder / name).write_text(
            head + "".join(line for line in lines if line.split(",")[place] in exhibits), "utf-8"
        )
    for path in folder.glob("table*.csv"):
        if path.stem not in exhibits:
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """li2024 with its Tables 1 and 2."""
    return keep(copy("li2024", tmp_path_factory.mktemp("sound")), "table1", "table2")


@pytest.fixture
def small(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "li2024"))


def refused(folder: Path) -> tuple[str, ...]:
    """The lines for what a paper's CSVs do not meet."""
    (held,) = hold([folder]).values()
    return held.refused


def edit(name: str, old: str, new: str, times: int = 1) -> Damage:
    """Replace a pattern in a file, in which it must occur."""

    def damage(folder: Path) -> None:
        path = folder / name
        text, made = re.subn(old, new, path.read_text(encoding="utf-8"), count=times, flags=re.MULTILINE)
        assert made, f"{old} does not occur in {name}"
        path.write_text(text, encoding="utf-8")

    return damage


DAMAGES: list[tuple[str, Damage, str]] = [
    ("column renamed", edit("table1.csv", "percent", "percentage"), "not those of its schema: no percent, percentage"),
    (
        "column lost",
        edit("table1.csv", r",[^,\n]*$", "", 0),
        "table1.csv: the columns are not those of its schema: no read_by",
    ),
    ("columns in another order", edit("table1.csv", "^row,label", "label,row"), "they are in another order"),
    (
        "key twice",
        edit("table1.csv", "^(2,)Female", r"1,Male"),
        "the same row and label stands there twice in row 1, label Male",
    ),
    ("key blank", edit("table1.csv", "^2,Female", "2,"), "label is blank in row 2"),
    (
        "row lost",
        edit("table1.csv", r"^34,.*\n", ""),
        "there are not 34 printed rows, as datapackage.json says, but 33",
    ),
    ("row too many", edit("table1.csv", "^34,", "35,"), "row is not from 1 to 34 in row 35"),
    (
        "no number",
        edit("table2.csv", r"(PFS,.*?)0\.53", r"\1O.53"),
        "hazard_ratio is not a printed number in row .*hazard_ratio O.53",
    ),
    (
        "value outside its set",
        edit("table2.csv", ",univariate,", ",bivariate,"),
        "model is not univariate or multivariate in row .*model bivariate",
    ),
    (
        "above its range",
        edit("table1.csv", r"25,49\.0", "25,490"),
        "percent is not from 0 to 100 in row 1, label Male .percent 490",
    ),
    ("below its range", edit("table1.csv", r"25,49\.0", "-25,49.0"), "n is not at least 0 in row 1, label Male .n -25"),
    ("P above 1", edit("table2.csv", r"0\.412", "4.12"), "p is not from 0 to 1 in row 1, outcome PFS .p 4.12"),
    (
        "interval reversed",
        edit("table2.csv", r"0\.69,2\.50", "2.50,0.69"),
        "table2.csv: ci_low is above ci_high in row 1",
    ),
    (
        "percent of no count",
        edit("table1.csv", r"25,49\.0", "25,94.0"),
        "percent is not n out of 51 in row 1, label Male .n 25, percent 94.0",
    ),
    (
        "page lost",
        edit("table1.csv", r"^(1,Male,.*?),2,(\d+\.\d,)", r"\1,,\2"),
        "page is blank in row 1",
    ),
    (
        "box reversed",
        edit("table1.csv", r",2,(\d+\.\d),(\d+\.\d),(\d+\.\d)", r",2,\3,\2,\1"),
        "x1 is not above x0 in row",
    ),
    ("reader lost", edit("table1.csv", r"pdfplumber\+camelot$", ""), "read_by is blank in row"),
    ("no reader", edit("table1.csv", r"pdfplumber\+camelot$", "by eye"), "read_by is not names of readers"),
    ("unknown code", edit("findings.csv", "^PCT001", "PCT999"), "code is not a code that doubletake explain knows"),
    ("unknown verdict", edit("findings.csv", "paper_error", "typo"), "verdict is not paper_error or explained"),
    (
        "finding nowhere",
        edit("findings.csv", ",table1,3,", ",table1,99,"),
        "findings.csv: there are no such records of the exhibits in exhibit table1, row 99",
    ),
    ("ruling lost", edit("findings.csv", "paper_error", ""), "percent is not n out of 51 in row 3, .*percent 45.1"),
    ("count of checks", edit("checks.csv", r"^(DUP001,table1,)\d+", r"\1-1"), "checked is not at least 0"),
    ("exhibit unknown", edit("checks.csv", "^DUP001,table1,", "DUP001,table7,"), "exhibit is not an exhibit"),
    (
        "reading nowhere",
        edit("readings.csv", r"\Z", "table1,99,n,1,camelot,7,seen so,RDR001\n"),
        "readings.csv: there are no such cells of the exhibits in exhibit table1, row 99",
    ),
    ("hash of the PDF", edit("datapackage.json", '"sha256": "..', '"sha256": "'), "sha256 is not a SHA-256"),
    (
        "digit changed by hand",
        edit("table1.csv", r"25,49\.0", "25,49.1"),
        "datapackage.json: the file is not the one that extract wrote in file table1.csv",
    ),
    (
        "reading removed by hand",
        edit("readings.csv", r"\Z", "\n"),
        "datapackage.json: the file is not the one that extract wrote in file readings.csv",
    ),
    (
        "file that is not there",
        edit("datapackage.json", "readings.csv", "reading.csv"),
        "path is not a file that is there",
    ),
]


@pytest.mark.parametrize(("damage", "said"), [item[1:] for item in DAMAGES], ids=[item[0] for item in DAMAGES])
def test_each_kind_of_damage_is_refused(damage: Damage, said: str, small: Path) -> None:
    damage(small)
    lines = refused(small)
    assert any(re.search(said, line) for line in lines), lines
    assert all(line.startswith("li2024/") and "\n" not in line for line in lines)


def test_what_is_published_passes(tmp_path: Path) -> None:
    papers = [copy(path.parent.name, tmp_path) for path in ROOT.glob("curated/*/findings.csv")]
    held = hold(papers)
    assert [item.refused for item in held.values()] == [(), (), ()]
    assert all(item.met > 100 for item in held.values())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            edit("table1_histology.csv", "^3,1,", "2,99,"),
            "table1_histology.csv: no row of table1 has the same row, study, treatment.* in row 2",
        ),
        (edit("table1_histology.csv", "Tawbi 2017", "Tawbi 2071"), "study Tawbi 2071"),
        (
            edit("findings.csv", "table1:3;", "table1:77;"),
            "findings.csv: there are no such rows of the exhibits in exhibit table1, row 77",
        ),
    ],
)
def test_keys_between_exhibits(damage: Damage, said: str, tmp_path: Path) -> None:
    folder = keep(copy("cao2025", tmp_path), "table1", "table1_histology")
    damage(folder)
    lines = refused(folder)
    assert any(re.search(said, line) for line in lines), lines


def test_a_typed_table_need_not_say_where_it_was_printed(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("event,grade,n,percent\nRash,any,5,9.8\nFever,any,70,137.3\n", "utf-8")
    write_outcome(validate_paper(tmp_path, tmp_path / "verdicts.toml"), tmp_path)
    lines = [line.partition("mine.csv")[2] for line in refused(tmp_path)]
    assert lines == [": percent is not from 0 to 100 in grade any (percent 137.3)"]


def test_a_csv_that_may_differ_by_a_ruling_passes(small: Path) -> None:
    edit("table2.csv", r"\Z", "\n")(small)
    [line] = refused(small)
    assert line.startswith(
        "li2024/datapackage.json: the file is not the one that extract wrote in file table2.csv, hash"
    )
    edit("findings.csv", r"\Z", f"SCH003,x,reading,table2,,,,,,edited,explained,so{',' * 6}\n")(small)
    assert refused(small) == ()


def test_data_docs_load_nothing_and_run_nothing(small: Path, tmp_path: Path) -> None:
    edit("table1.csv", r"25,49\.0", "25,490")(small)
    docs = tmp_path / "docs"
    assert hold([small], docs) == hold([small])
    pages = [path.read_text(encoding="utf-8") for path in docs.rglob("*.html")]
    assert len(pages) > 10
    for page in pages:
        assert not re.search(r"<script|<(?:link|img|iframe)[^>]+//| on[a-z]+=", page)
    index = (docs / "index.html").read_text(encoding="utf-8")
    assert re.search(r'li2024 table1 csv</a></td><td>\d+</td>\s*<td class="failed">', index)


def test_data_docs_remove_nothing_of_others(small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "project" / "validations" / "registry.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("years of work")
    with pytest.raises(OSError, match="has files that are not ours; use another --data-docs") as refusal:
        hold([small], tmp_path / "project")
    assert refusal.value.filename == str(tmp_path / "project")
    assert kept.read_text() == "years of work"


def test_data_docs_may_be_written_again(small: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for _ in range(2):
        hold([small], docs)
    assert (docs / "index.html").is_file()


@pytest.mark.usefixtures("guarded")
def test_a_fault_of_ours_refuses_its_paper_and_no_other(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        if folder.parent.name == "other":
            raise ZeroDivisionError
        return sheets(folder)  # type: ignore[return-value]

    sheets = gate.gate_sheets
    monkeypatch.setattr(gate, "gate_sheets", fail)
    other = Path(shutil.copytree(small, tmp_path / "other" / "smith2026"))
    held = hold([other, small])
    assert held["smith2026"].refused == (
        "smith2026: not tested: internal error: ZeroDivisionError in _paper (validations/release/gate.py)",
    )
    assert held["li2024"].refused == () and held["li2024"].met > 50


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("scope", ["table", "paper"])
def test_the_findings_of_failed_checks_are_findings_like_others(
    scope: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    module = {"table": "totals.sums.find_sections", "paper": "across_exhibits.cohorts.same_groups"}[scope]
    monkeypatch.setattr(f"validations.checks.{module}", fail)
    outcome = validate_paper(small, ROOT / "validations" / "verdicts")
    assert "RDR024" in {finding.code for finding in outcome.findings}
    write_outcome(outcome, small)
    assert [line for line in refused(small) if "findings.csv" in line] == []
