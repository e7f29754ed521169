"""Articles of PubMed Central in a corpus: PDF and XML of a folder are one paper; elsewhere an XML is not read."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest

from extract.corpus.files.sources import list_sources
from tests.extract.corpus import fakes

Ledger = Callable[[Path], list[dict[str, Any]]]
Results = Callable[[Path], dict[str, Any]]


def library(folder: Path, files: dict[str, str]) -> Path:
    """A folder with files; what stands behind the end of a PDF, or in another file."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(fakes.pdf_bytes(text) if name.endswith(".pdf") else text.encode())
    return folder


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("PMC1/a.nxml", "PMC1/a.pdf", "PMC1/fig1.jpg"), {"PMC1/a.pdf": "PMC1/a.nxml"}),
        (("PMC1/a.nxml", "PMC1/main.pdf"), {"PMC1/main.pdf": "PMC1/a.nxml"}),
        (("PMC1.2/PMC1.2.xml", "PMC1.2/PMC1.2.pdf"), {"PMC1.2/PMC1.2.pdf": "PMC1.2/PMC1.2.xml"}),
        (("PMC1/PMC1.xml", "PMC1/main.pdf"), {"PMC1/main.pdf": "PMC1/PMC1.xml"}),
        (("PMC1/a.nxml", "PMC1/a.pdf", "PMC1/s1.pdf"), {"PMC1/a.pdf": "PMC1/a.nxml", "PMC1/s1.pdf": ""}),
        (("PMC1/a.nxml", "PMC1/b.pdf", "PMC1/c.pdf"), {"PMC1/b.pdf": "", "PMC1/c.pdf": ""}),
        (("PMC1/a.nxml", "PMC1/b.nxml", "PMC1/a.pdf"), {"PMC1/a.pdf": ""}),
        (("PMC1/notes.xml", "PMC1/a.pdf"), {"PMC1/a.pdf": ""}),
        (("PMC1/a.nxml",), {"PMC1/a.nxml": ""}),
        (("a/x.xml", "a/x.pdf"), {"a/x.pdf": ""}),
        (("x/x.nxml", "x/x.pdf"), {"x/x.pdf": ""}),
        (("PMC1/a/a.nxml", "PMC1/a/a.pdf"), {"PMC1/a/a.pdf": ""}),
    ],
)
def test_the_folder_of_an_article_names_its_files(
    tmp_path: Path, names: tuple[str, ...], found: dict[str, str]
) -> None:
    folder = library(tmp_path / "library", dict.fromkeys(names, ""))
    local = {source.path: source.xml for source in list_sources(str(folder))}
    assert local == {str(folder / pdf): xml and str(folder / xml) for pdf, xml in found.items()}
    memory = fsspec.filesystem("memory")
    memory.pipe({f"/library/{name}": b"" for name in names})
    behind = {source.path: source.xml for source in list_sources("memory://library")}
    memory.rm("/library", recursive=True)
    assert behind == {f"memory:///library/{pdf}": xml and f"memory:///library/{xml}" for pdf, xml in found.items()}


def test_an_xml_is_read_with_the_pdf_of_its_folder(tmp_path: Path, ledger: Ledger, results: Results) -> None:
    folder = library(tmp_path / "library", {"PMC1/a.nxml": "-one", "PMC1/a.pdf": "n 1", "other/a.pdf": "n 1"})
    library(folder, {"PMC2/a.nxml": "-two", "PMC2/a.pdf": "n 1", "PMC3/a.nxml": "-two", "PMC3/a.pdf": "n 1"})
    fakes.run(folder, tmp_path / "out")
    rows = {row["paths"][0].rpartition("library/")[2]: row for row in ledger(tmp_path / "out")}
    assert {name: (row["title"], len(row["paths"])) for name, row in rows.items()} == {
        "PMC1/a.pdf": ("Paper 1-one", 1),
        "PMC2/a.pdf": ("Paper 1-two", 2),
        "other/a.pdf": ("Paper 1", 1),
    }
    hashes = [hashlib.sha256((folder / "PMC1" / name).read_bytes()).hexdigest() for name in ("a.pdf", "a.nxml")]
    assert rows["other/a.pdf"]["sha256"] == hashes[0]
    assert rows["PMC1/a.pdf"]["sha256"] == hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    assert rows["PMC1/a.pdf"]["sha256_xml"] == hashes[1]
    fakes.run(folder, tmp_path / "again", workers=2, shard_size=1)
    assert results(tmp_path / "again") == results(tmp_path / "out")


def test_another_xml_is_read_when_a_run_goes_on(tmp_path: Path, ledger: Ledger) -> None:
    folder = library(tmp_path / "library", {"PMC1/a.nxml": "-one", "PMC1/a.pdf": "n 1"})
    for text in ("-one", "-another"):
        library(folder, {"PMC1/a.nxml": text})
        fakes.run(folder, tmp_path / "out", resume=True)
        assert [row["title"] for row in ledger(tmp_path / "out")] == [f"Paper 1{text}"]
    (folder / "PMC1" / "a.nxml").unlink()
    fakes.run(folder, tmp_path / "out", resume=True)
    assert [row["title"] for row in ledger(tmp_path / "out")] == ["Paper 1"]


def test_an_xml_that_cannot_be_read_is_the_reason_without_a_path(tmp_path: Path, ledger: Ledger) -> None:
    folder = library(tmp_path / "library", {"PMC1/a.nxml": "", "PMC1/a.pdf": "n 1"})
    fakes.run(folder, tmp_path / "out")
    [row] = ledger(tmp_path / "out")
    assert (row["status"], row["reason"]) == ("unreadable", "the file is empty")


def test_an_xml_that_lies_beside_a_pdf_changes_nothing(tmp_path: Path, results: Results) -> None:
    folder = library(tmp_path / "library", {"x.pdf": "n 1", "deep/y.pdf": "n 2 code PCT001"})
    fakes.run(folder, tmp_path / "alone")
    library(folder, {"x.xml": "-one", "deep/y.nxml": "-two", "deep/deep.xml": "-three"})
    fakes.run(folder, tmp_path / "beside")
    assert results(tmp_path / "alone") == results(tmp_path / "beside")
