"""--csv writes into a folder that holds nothing but such CSVs, unless forced."""

from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.output.csv_folder import write_csvs

TABLE = "Event,n (%),flags\nRash,12 (23.5),\n"
CLAIM = "row,section,text,read_by\n1,results,a,pdfplumber\n"
NO_HEAD = "Rash,12 (23.5),\n"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_several_commands_write_into_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    assert write_csvs(folder, {"table_1.csv": TABLE}, force=False) == [folder / "table_1.csv"]
    write_csvs(folder, {"claims.csv": CLAIM}, force=False)
    write_csvs(folder, {"table_1.csv": TABLE.replace("12", "13")}, force=False)
    assert contents(folder) == {"table_1.csv": TABLE.replace("12", "13"), "claims.csv": CLAIM}


def test_a_table_without_names_of_columns_may_be_written_again_but_not_replaced(tmp_path: Path) -> None:
    for _ in range(2):
        write_csvs(tmp_path, {"table_1.csv": NO_HEAD}, force=False)
    with pytest.raises(UsageError, match="not ours"):
        write_csvs(tmp_path, {"table_1.csv": NO_HEAD.replace("12", "13")}, force=False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thesis.txt", b"years of work"),
        ("table_1.csv", b"Event,n\nRash,12\n"),
        ("table_1.csv", b""),
        ("table_1.csv", b"\xff\xfe"),
        ("Report.xlsx", b"PK"),
    ],
)
def test_files_of_others_stay(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match="has files that are not ours; use another --csv, or --force"):
        write_csvs(tmp_path, {"table_1.csv": TABLE}, force=False)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == content
    write_csvs(tmp_path, {"table_1.csv": TABLE}, force=True)
    assert (tmp_path / "table_1.csv").read_text(encoding="utf-8") == TABLE


def test_a_link_is_not_followed_even_if_forced(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(TABLE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "table_1.csv").symlink_to(tmp_path / "mine.csv")
    with pytest.raises(UsageError, match="not ours"):
        write_csvs(tmp_path / "out", {"table_1.csv": "new"}, force=False)
    with pytest.raises(OSError, match="it is a link"):
        write_csvs(tmp_path / "out", {"table_1.csv": "new"}, force=True)
    assert (tmp_path / "mine.csv").read_text() == TABLE
