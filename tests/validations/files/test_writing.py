"""Files are written whole or not at all, with the usual permissions, and never through a link."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from validations.files.writing import staged, write_bytes, write_text

posix = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")


@pytest.fixture(params=[0o022, 0o002, 0o077], ids="{:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_new_file_has_the_permissions_that_the_umask_leaves(umask: int, tmp_path: Path) -> None:
    write_text(tmp_path / "a.csv", "1\n")
    assert mode(tmp_path / "a.csv") == 0o666 & ~umask


@posix
def test_a_replaced_file_keeps_its_permissions(umask: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    path.chmod(0o640)
    write_text(path, "≥ 1\r\n")
    assert (mode(path), path.read_bytes()) == (0o640, "≥ 1\r\n".encode())


@pytest.mark.parametrize("target", ["there", "nowhere"])
def test_nothing_is_written_through_a_link(target: str, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("of others")
    path = tmp_path / "a.csv"
    path.symlink_to(tmp_path / target)
    with pytest.raises(OSError, match="it is a link, through which nothing is written") as refused:
        write_text(path, "1\n")
    assert refused.value.filename == str(path)
    assert {entry.name for entry in tmp_path.iterdir()} == {"there", "a.csv"}
    assert (tmp_path / "there").read_text() == "of others"


def test_a_folder_that_is_a_link_is_its_target(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "curated").symlink_to(tmp_path / "there")
    write_text(tmp_path / "curated" / "a.csv", "1\n")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["a.csv"]


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OSError, match="expected a file or nothing") as refused:
        write_text(tmp_path / "a.csv", "1\n")
    assert refused.value.filename == str(tmp_path / "a.csv")


def test_what_is_not_moved_is_removed(tmp_path: Path) -> None:
    files = {tmp_path / name: b"new" for name in ("a.csv", "b.csv")}
    write_bytes(tmp_path / "a.csv", b"old")
    with pytest.raises(KeyError), staged(files) as parts:
        assert [part.read_bytes() for part in parts.values()] == [b"new", b"new"]
        parts[tmp_path / "b.csv"].replace(tmp_path / "b.csv")
        raise KeyError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old", "b.csv": b"new"}


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'ä' * 120}.csv"
    write_text(path, "1\n")
    assert path.read_text() == "1\n"
