"""A library of tiny PDFs, and a check of them that takes milliseconds: the bytes behind %%EOF say what it does.

`python -m tests.extract.corpus.fakes FOLDER OUT` runs it over a folder with two workers, as a process that can be
killed."""

import csv
import json
import os
import sys
import time
from itertools import accumulate
from pathlib import Path

from extract.corpus.row import Checked
from extract.corpus.run import CorpusResult, CorpusRun, check_corpus
from extract.corpus.shards.reading import Checker
from extract.corpus.tables.parquet import FINDING_COLUMNS
from extract.errors import UnreadableError
from extract.pdf.limits import Limits

LIMITS = Limits(megabytes=1, seconds=1, memory=512)


def pdf_bytes(behind: str) -> bytes:
    """A PDF of one page with something behind its end."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    ]
    parts = [b"%PDF-1.5\n", *(b"%d 0 obj %s endobj\n" % (i, body) for i, body in enumerate(bodies, start=1))]
    *offsets, end = accumulate(map(len, parts))
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer <</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % end
    return b"".join([*parts, table, trailer]) + behind.encode()


def check(pdf: Path, folder: Path, xml: Path | None = None) -> Checked:
    """Do what the bytes behind the end of the PDF say ("sleep 0.2"); a word that is no order is a code that fires. An
    XML is written behind the name; an empty one cannot be read."""
    words = pdf.read_bytes().rpartition(b"%%EOF\n")[2].decode().split()
    orders = dict(zip(words[::2], words[1::2], strict=True))
    time.sleep(float(orders.get("sleep", 0)))
    if "spin" in orders:
        while True:
            pass
    if "kill" in orders:
        os.kill(os.getpid(), int(orders["kill"]))
    if "fill" in orders:
        held = [bytes(1 << 20) for _ in range(int(orders["fill"]))]
        raise AssertionError(len(held))
    if "raise" in orders:
        raise ZeroDivisionError(orders["raise"])
    if xml is not None and not xml.stat().st_size:
        raise UnreadableError(f"{xml}: the file is empty")
    name = words[1] + (xml.read_text(encoding="utf-8") if xml else "")
    write(folder, name, orders.get("code", ""))
    return Checked(f"Paper {name}", 1, 1, 0, 0, *((1, 0, 0, 0, 1) if "code" in orders else (0, 0, 0, 0, 0)))


def write(folder: Path, name: str, code: str) -> None:
    resource = {"name": "table1", "path": "table1.csv", "exhibit": {"schema": "results"}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    (folder / "table1.csv").write_text(f"row,cell,outcome,value\n1,1,{name},20.0\n1,2,{name},\n", encoding="utf-8")
    with (folder / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FINDING_COLUMNS)
        writer.writeheader()
        if code:
            writer.writerow({"code": code, "severity": "impossible", "exhibit": "table1", "row": "1"})
    (folder / "report.html").write_text(f"<p>{name}", encoding="utf-8")


def preload() -> None:
    """Nothing is slow to import."""


CHECKER = Checker(check, preload)


def fill(folder: Path, count: int, behind: str = "") -> Path:
    """Make a folder with so many PDFs; every third has a finding."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        code = f" code {('PCT001', 'EFF001')[number % 2]}" if number % 3 == 0 else ""
        (folder / f"paper{number:03d}.pdf").write_bytes(pdf_bytes(f"n {number:03d} {behind}{code}"))
    return folder


def run(source: object, out: object, **options: object) -> CorpusResult:
    """Run the fake check over a corpus."""
    settings = {"limits": LIMITS, **options}
    return check_corpus(CorpusRun(str(source), str(out), CHECKER, **settings), show_progress=False)  # type: ignore[arg-type]


if __name__ == "__main__":
    from tests.extract.corpus import fakes  # under its name, by which workers know its functions

    fakes.run(sys.argv[1], sys.argv[2], workers=2, resume=True)
