"""SCH003: a published CSV that was edited by hand is named, until a person rules that it shall stay so."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from validations.inputs.curated import file_hashes
from validations.registry import Answer, Fault, NotCheckable, find_check
from validations.rulings.writing import RulingPlace, choose, write_ruling
from validations.run import validate_paper
from validations.tables import Paper

CURATED = Path(__file__).parents[3] / "curated"
VERDICTS = Path(__file__).parents[3] / "validations" / "verdicts"
CSVS = [
    (package.parent.name, resource["path"])
    for package in sorted(CURATED.glob("*/datapackage.json"))
    if package.parent.name != "analysis"  # made from the papers, which hold the hashes
    for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]
]


def answers(folder: Path) -> list[Answer]:
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    files = tuple(file_hashes(folder, resource) for resource in resources)
    return list(find_check("SCH003").function(Paper({}, files=files)))


def change_a_digit(path: Path) -> None:
    """Change the last digit of the file; the head of a file without digits gets one."""
    text = path.read_text(encoding="utf-8")
    digit = [*re.finditer(r"\d", text)][-1:]
    changed = text[: digit[0].start()] + str(9 - int(digit[0][0])) + text[digit[0].end() :] if digit else f"{text}1\n"
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(("paper", "name"), CSVS)
def test_a_digit_changed_in_any_csv_is_found_and_the_file_named(paper: str, name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CURATED / paper, tmp_path / paper))
    assert set(answers(folder)) == {None}
    if name == "readings.csv" and "\n" not in (folder / name).read_text(encoding="utf-8").rstrip():
        (folder / name).write_text((folder / name).read_text(encoding="utf-8") + ",,,,,,,\n", encoding="utf-8")
    else:
        change_a_digit(folder / name)
    [fault] = [answer for answer in answers(folder) if isinstance(answer, Fault)]
    assert fault.message.startswith(f"{name} was changed after extract wrote it: sha256:")
    assert (fault.record and fault.record.exhibit) == name.removesuffix(".csv")


def test_a_csv_without_a_hash_is_not_checkable(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CURATED / "li2024", tmp_path / "li2024"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    package["resources"][1]["hash"] = "5d41402abc4b2a76b9719d911017c592"  # an MD5, as Data Package allows
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    change_a_digit(folder / "table1.csv")
    assert set(answers(folder)) == {NotCheckable("the data package gives no SHA-256 of the file")}
    assert not [found for found in validate_paper(folder, VERDICTS).findings if found.code == "SCH003"]


@pytest.mark.parametrize("name", ["table2", "readings"])
def test_a_ruling_lets_an_edit_stay_until_the_next_one(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CURATED / "li2024", tmp_path / "li2024"))
    verdicts, path = Path(shutil.copy(VERDICTS / "li2024.toml", tmp_path)), folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8", newline="")
    findings = validate_paper(folder, verdicts).findings
    finding = choose(findings, RulingPlace("SCH003", name))
    assert [each for each in findings if each.waits] == [finding]
    ruling = {"verdict": "explained", "why": "the lines end as on Windows", "by": "Ann"}
    write_ruling(verdicts, finding, findings, ruling, date(2026, 11, 21))
    assert validate_paper(folder, verdicts).waiting == ()
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8", newline="\r")
    assert [each.code for each in validate_paper(folder, verdicts).waiting] == ["SCH003"]
