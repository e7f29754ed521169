"""Readings are kept by content and by version of the reader."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from extract.page.ocr.cache import LastReadings, cached_reading, version_of


class Counted:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[object]:
        self.times += 1
        return ["text", self.times, {"x": 1.5}]


def test_the_same_content_is_read_once(tmp_path: Path) -> None:
    read = Counted()
    assert (
        cached_reading(b"a", "1", read, tmp_path)
        == cached_reading(b"a", "1", read, tmp_path)
        == ["text", 1, {"x": 1.5}]
    )
    assert cached_reading(b"b", "1", read, tmp_path) == ["text", 2, {"x": 1.5}]
    assert cached_reading(b"a", "2", read, tmp_path) == ["text", 3, {"x": 1.5}]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"value": 1}', b'{"sha256": "0", "value": [9]}', b"\xff\x00", b"[]"])
def test_a_damaged_entry_is_read_again_and_mended(tmp_path: Path, damage: bytes) -> None:
    read = Counted()
    cached_reading(b"a", "1", read, tmp_path)
    [entry] = tmp_path.rglob("*.json")
    entry.write_bytes(damage)
    assert cached_reading(b"a", "1", read, tmp_path)[1] == 2
    assert cached_reading(b"a", "1", read, tmp_path)[1] == 2
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [entry.name]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    read = Counted()
    assert cached_reading(b"a", "1", read, tmp_path / "file" / "cache")[1] == 1
    assert cached_reading(b"a", "1", read, tmp_path / "file" / "cache")[1] == 2


def test_the_version_follows_the_code(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("a = 1")
    first = version_of(str(module))
    module.write_text("a = 2")
    assert version_of(str(module)) != first


def test_threads_that_want_one_reading_wait_for_it() -> None:
    last, times, ready = LastReadings[str](2), list[str](), Barrier(8)

    def slow(name: str) -> str:
        times.append(name)
        sleep(0.05)
        return name

    def want(number: int) -> str:
        ready.wait()
        name = "ab"[number % 2]
        return last.get(name.encode(), lambda: slow(name))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(want, range(8))) == ["a", "b"] * 4
    assert sorted(times) == ["a", "b"]


def test_the_oldest_reading_is_forgotten_and_an_error_is_not_kept() -> None:
    last, read = LastReadings[int](2), Counted()

    def count() -> int:
        read()
        return read.times

    assert [last.get(key, count) for key in (b"a", b"b", b"a", b"c", b"a", b"b")] == [1, 2, 1, 3, 1, 4]
    with pytest.raises(ZeroDivisionError):
        last.get(b"d", lambda: 1 // 0)
    assert last.get(b"d", lambda: 7) == 7
