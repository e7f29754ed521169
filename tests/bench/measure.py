"""Times doubletake and other tools on the same files, and writes the ratios: python tests/bench/measure.py"""

import logging
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from time import perf_counter

import pdfplumber
from checks import measure_checks
from forests import measure_forests
from peers import TOOLS
from pypdfium2 import PdfDocument
from report import Figures, write_report

from extract.page.document import open_document
from extract.page.screening import pages_with_tables
from extract.tables.reading import read_tables

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = os.environ.get("DOUBLETAKE_CORPUS", "")
FOLDER = Path(CORPUS, "tables", "jats") if CORPUS else ROOT / "raw_pdfs" / "facsimiles"
COMMANDS: dict[str, list[str]] = {
    "doubletake": [sys.executable, "-m", "extract", "tables", "--json"],
    **{tool: [sys.executable, str(HERE / "peers.py"), tool] for tool in TOOLS},
}

Timed = Callable[[], object]


def seconds(work: Timed) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def medians(works: Sequence[Timed], runs: int) -> list[float]:
    """Return the median time of each work. They take turns, so that other load on the machine hits all of them."""
    times = [[seconds(work) for work in works] for _ in range(runs)]
    return [median(column) for column in zip(*times, strict=True)]


def time_processes(files: Iterable[Path], runs: int) -> list[dict[str, float]]:
    """Return for each file the time of each tool as a whole process."""
    return [
        dict(zip(COMMANDS, medians([process(tool, path) for tool in COMMANDS], runs), strict=True)) for path in files
    ]


def process(tool: str, path: Path) -> Timed:
    return partial(subprocess.run, [*COMMANDS[tool], path], check=True, stdout=DEVNULL, stderr=DEVNULL)


def time_pages_with_tables(files: Iterable[Path], runs: int) -> list[list[float]]:
    """Return for each page with a table the times of reading its tables, and of pdfplumber's characters of the page."""
    return [
        medians([partial(read_tables, path, range(page, page + 1)), partial(characters, path, page)], runs)
        for path in files
        for page in sorted({box.page for table in read_tables(path) for box in table.boxes})
    ]


def time_documents(files: Iterable[Path], runs: int) -> list[list[float]]:
    """Return for each file the times of reading all its tables, and of pdfplumber's characters of the parsed pages."""
    parsed = [(path, pages) for path in files if (pages := parsed_pages(path))]
    return [medians([partial(read_tables, path), partial(characters, path, *pages)], runs) for path, pages in parsed]


def parsed_pages(path: Path) -> list[int]:
    with open_document(path) as document:
        return pages_with_tables(document, document.numbers())


def characters(path: Path, *pages: int) -> int:
    with pdfplumber.open(path, pages=list(pages)) as pdf:
        return sum(len(page.chars) for page in pdf.pages)


def time_pages_without(files: Iterable[Path], runs: int) -> list[list[float]]:
    """Return for each file the times of passing over its pages without tables, and of pdfium's text of these pages."""
    with TemporaryDirectory() as folder:
        rests = [rest for path in files if (rest := without_tables(path, Path(folder, path.name)))]
        return [medians([partial(parsed_pages, rest), partial(text_of, rest)], runs) for rest in rests]


def without_tables(path: Path, rest: Path) -> Path | None:
    """Write the PDF without the pages that may hold tables to `rest`; None if no page is left."""
    with_tables = parsed_pages(path)
    with PdfDocument(path) as document:
        for page in reversed(with_tables):
            document.del_page(page - 1)
        if not len(document):
            return None
        document.save(rest)
    return rest


def text_of(path: Path) -> int:
    with PdfDocument(path) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="number of runs; the median is reported")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="measure only these files (without .pdf)")
    options = parser.parse_args()
    logging.disable(logging.ERROR)
    files = [path for path in sorted(FOLDER.glob("*.pdf")) if not options.only or path.stem in options.only]
    processes = time_processes(files, options.runs)
    documents = time_documents(files, options.runs)
    with_tables, without = time_pages_with_tables(files, options.runs), time_pages_without(files, options.runs)
    forests, checks = measure_forests(options.runs), measure_checks()
    what = "published trials (tables/jats of the corpus)" if CORPUS else "facsimiles of raw_pdfs/facsimiles"
    pages = sum(len(PdfDocument(path)) for path in files)
    times = (processes, documents, with_tables, without, forests, checks)
    write_report(HERE / "README.md", Figures(f"{len(files)} {what}", pages, options.runs, *times))


if __name__ == "__main__":
    main()
