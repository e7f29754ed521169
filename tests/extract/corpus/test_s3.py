"""A corpus in a bucket, and its results in another: an S3 of our own on loopback."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from extract.errors import UsageError
from tests.extract.corpus import fakes


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3fs.S3FileSystem]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield s3fs.S3FileSystem()
    server.stop()
    s3fs.S3FileSystem.clear_instance_cache()


def test_from_a_bucket_into_a_bucket(
    s3: s3fs.S3FileSystem, tmp_path: Path, results: Callable[[Path], dict[str, Any]]
) -> None:
    folder = fakes.fill(tmp_path / "library", 4)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.5 broken")
    s3.mkdir("papers")
    s3.mkdir("checked")
    s3.put(str(folder), "papers/library", recursive=True)
    run = fakes.run("s3://papers/library", "s3://checked/out")
    assert (run.index, run.totals.statuses) == ("s3://checked/out/index.html", {"done": 4, "unreadable": 1})
    assert "s3://checked/out/.partial" not in s3.find("checked")
    with pytest.raises(UsageError, match="s3://checked/out: holds a corpus already"):
        fakes.run("s3://papers/library", "s3://checked/out")
    before = {name: info["LastModified"] for name, info in s3.find("checked/out/papers", detail=True).items()}
    s3.pipe("papers/library/new.pdf", fakes.pdf_bytes("n new"))
    s3.invalidate_cache()
    assert fakes.run("s3://papers/library", "s3://checked/out", resume=True).totals.statuses["done"] == 5
    s3.invalidate_cache()
    after = {name: info["LastModified"] for name, info in s3.find("checked/out/papers", detail=True).items()}
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 4
    s3.get("checked/out", str(tmp_path / "from_s3"), recursive=True)
    (folder / "new.pdf").write_bytes(fakes.pdf_bytes("n new"))
    fakes.run(folder, tmp_path / "local")
    local, remote = results(tmp_path / "local"), results(tmp_path / "from_s3")
    for found in (local, remote):
        for row in found["ledger"]:
            row["paths"] = [path.rpartition("/")[2] for path in row["paths"]]
    assert local.keys() == remote.keys()
    assert {name: local[name] for name in local if name != "index.html"} == {
        name: remote[name] for name in remote if name != "index.html"
    }
