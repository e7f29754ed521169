"""What a corpus is made of: folders, lists, URLs; and its shards, which depend on the list alone."""

import http.server
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import fsspec
import pytest

from extract.corpus.files.fetching import fetch
from extract.corpus.files.sources import Source, list_sources
from extract.corpus.shards.cutting import cut_shards, share_of
from extract.errors import DoubletakeError, UnreadableError, UsageError


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"%PDF-1.5 " + name.encode())
    return folder


def test_a_folder_with_its_subfolders_in_the_order_of_paths(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "a/z.PDF", "a/b/c.pdf", "notes.txt", "B.pdf")
    found = list_sources(str(tmp_path))
    assert [str(Path(source.path).relative_to(tmp_path)) for source in found] == [
        "B.pdf",
        "a/b/c.pdf",
        "a/z.PDF",
        "b.pdf",
    ]
    assert all(source.stamp for source in found)


def test_a_list_keeps_its_paths_and_urls_and_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, "b.pdf", "a.pdf"))
    Path("list.txt").write_text(
        "\ufeffb.pdf\n\n a.pdf \nb.pdf\nhttps://example.org/c.pdf\nmissing.pdf\n", encoding="utf-8"
    )
    found = list_sources("list.txt")
    assert [source.path for source in found] == ["a.pdf", "b.pdf", "https://example.org/c.pdf", "missing.pdf"]
    assert [bool(source.stamp) for source in found] == [True, True, False, False]


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ("nowhere", UnreadableError, "nowhere: there is no such file; expected a folder, a bucket, or a list"),
        ("one.pdf", UsageError, "one.pdf: one PDF is checked by 'doubletake check one.pdf'"),
        ("empty", UnreadableError, "empty: has no PDF"),
        ("binary.txt", UnreadableError, "binary.txt: not UTF-8 text"),
        ("nosuch://bucket", UsageError, "nosuch://bucket: expected a path, or a URL such as s3://bucket/folder"),
    ],
)
def test_what_is_no_corpus_is_said_in_one_line(
    given: str, error: type[DoubletakeError], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make(tmp_path, "one.pdf"))
    Path("empty").mkdir()
    Path("binary.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(error) as raised:
        list_sources(given)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_behind_any_url_of_fsspec(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/library/b.pdf": b"%PDF-b", "/library/deep/a.pdf": b"%PDF-a", "/library/x.txt": b"no"})
    found = list_sources("memory://library")
    assert [source.path for source in found] == ["memory:///library/b.pdf", "memory:///library/deep/a.pdf"]
    fetched = fetch(found[1].path, tmp_path, tmp_path, 1)
    assert fetched.pdf.read_bytes() == b"%PDF-a"
    memory.rm("/library", recursive=True)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def website(tmp_path: Path) -> Iterator[str]:
    make(tmp_path / "site", "a.pdf")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_files_of_a_website(website: str, tmp_path: Path) -> None:
    assert fetch(f"{website}/a.pdf", tmp_path, tmp_path, 1).pdf.read_bytes() == b"%PDF-1.5 a.pdf"
    with pytest.raises(UnreadableError, match=r"b\.pdf: cannot be read: "):
        fetch(f"{website}/b.pdf", tmp_path, tmp_path, 1)


def test_what_cannot_be_fetched(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for name, words in [
        ("pipe.pdf", "found no regular file"),
        ("missing.pdf", "missing.pdf: cannot be read: No such file"),
        (".", "found no regular file"),
        ("zero\0.pdf", "no path has a zero byte"),
    ]:
        with pytest.raises(UnreadableError, match=words):
            fetch(name, tmp_path, tmp_path, 1)


def test_a_file_over_the_limit_is_hashed_whole_and_copied_in_part(tmp_path: Path) -> None:
    (tmp_path / "large.pdf").write_bytes(b"x" * (3 << 20))
    work = tmp_path / "work"
    work.mkdir()
    fetched = fetch("large.pdf", tmp_path, work, 1)
    assert (fetched.size, fetched.pdf.stat().st_size) == (3 << 20, 3 << 20)
    assert fetched.pdf.read_bytes().rstrip(b"\0") == b"x" * (1 << 20)


def test_shards_depend_on_the_list_alone() -> None:
    sources = [Source(f"{number:05d}.pdf", "1") for number in range(1000)]
    shards = cut_shards(sources, "1.0", "{}")
    assert [len(shard.sources) for shard in shards] == [5] * 200
    assert [source for shard in shards for source in shard.sources] == sources
    assert max(len(shard.sources) for shard in cut_shards(sources * 100, "1.0", "{}")) == 100
    assert len(cut_shards(sources[:3], "1.0", "{}")) == 3
    assert [len(shard.sources) for shard in cut_shards(sources[:120], "1.0", "{}", 50)] == [50, 50, 20]


def test_the_jobs_of_an_array_do_each_shard_once() -> None:
    shards = cut_shards([Source(f"{number}.pdf", "1") for number in range(10)], "1.0", "{}")
    jobs = [share_of(shards, number, 3) for number in (1, 2, 3)]
    assert sorted(shard.key for job in jobs for shard in job) == sorted(shard.key for shard in shards)
    assert {len(job) for job in jobs} == {3, 4}


def test_a_key_changes_with_files_program_and_options() -> None:
    sources = [Source("a.pdf", "1"), Source("b.pdf", "1")]
    lists = [sources, [Source("a.pdf", "2"), sources[1]], sources[:1]]
    keys = [cut_shards(files, "1.0", "{}", 9)[0].key for files in lists]
    keys += [cut_shards(sources, "2.0", "{}", 9)[0].key, cut_shards(sources, "1.0", '{"pages": 1}', 9)[0].key]
    assert len(set(keys)) == 5
    assert not cut_shards([Source("a.pdf")], "1.0", "{}")[0].lasting
