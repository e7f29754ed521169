"""Hostile and damaged XML: one line says what is wrong, no entity and no address is read, and memory is bounded."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from extract.errors import PartFaults, UnreadableError
from extract.jats.reading import read_jats_tables
from extract.jats.source import MOST_XML_MB
from schemas.base.files import MB

TABLE = "<table-wrap><label>Table 1</label><table><tr><td>Male</td><td>12</td></tr></table></table-wrap>"
BOMB = '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def article(inside: str, lead: str = "") -> bytes:
    return f"<?xml version='1.0'?>{lead}<article><body>{inside}</body></article>".encode()


HOSTILE = {
    "entity bomb": (article("<p>&j;</p>", f"{BOMB}]>"), "not well-formed XML (Maximum entity amplification"),
    "entity bomb in an attribute": (article("<p id='&j;'/>", f"{BOMB}]>"), "not well-formed XML"),
    "quadratic blow-up": (
        article("<p>" + "&a;" * 9000 + "</p>", f'<!DOCTYPE article [<!ENTITY a "{"a" * 90000}">]>'),
        "not well-formed XML (Maximum entity amplification",
    ),
    "harmless entity": (
        article("<p>&a;</p>", '<!DOCTYPE article [<!ENTITY a "5">]>'),
        "declares the entity 'a'",
    ),
    "file of the machine": (
        article("<p>&x;</p>", '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        "declares the entity 'x'",
    ),
    "address": (
        article("<p>&x;</p>", '<!DOCTYPE article [<!ENTITY x SYSTEM "http://192.0.2.1/x">]>'),
        "declares the entity 'x'",
    ),
    "parameter entity": (
        article("<p/>", '<!DOCTYPE article [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]>'),
        "declares the entity 'x'",
    ),
    "deep nesting": (article("<sec>" * 100_000 + "</sec>" * 100_000), "not well-formed XML (Excessive depth"),
    "wrong encoding": (
        b"<?xml version='1.0' encoding='utf-8'?><article><p>5\xb11</p></article>",
        "not well-formed XML",
    ),
    "unknown encoding": (b"<?xml version='1.0' encoding='klingon'?><article/>", "not well-formed XML"),
    "cut off": (article(TABLE)[:90], "not well-formed XML"),
    "undeclared entity": (article("<p>&nbsp;</p>"), "not well-formed XML (Entity 'nbsp' not defined"),
    "empty": (b"", "the file is empty"),
    "no article": (b"<svg><text>5</text></svg>", "expected a JATS article, found <svg>"),
    "web page": (b"<!DOCTYPE html><html><body>Not found</body></html>", "expected a JATS article, found <html>"),
    "two articles": (b"<set>" + article(TABLE)[21:] * 2 + b"</set>", "holds 2 articles"),
    "million cells": (
        article("<table-wrap><table>" + ("<tr>" + "<td>1</td>" * 500 + "</tr>") * 2000 + "</table></table-wrap>"),
        "a table has 2000 rows and 500 columns",
    ),
    "million columns": (
        article("<table-wrap><table><tr>" + "<td>1</td>" * 1_000_000 + "</tr></table></table-wrap>"),
        "a table has more than 1000 columns",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_one_error_line(tmp_path: Path, name: str) -> None:
    data, message = HOSTILE[name]
    path = tmp_path / "paper.xml"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_jats_tables(path, PartFaults(path))
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(path))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "paper.xml"
    with path.open("wb") as file:
        file.truncate(100 * MB)
    with pytest.raises(UnreadableError, match=f"has 100.0 MB, more than {MOST_XML_MB} MB"):
        read_jats_tables(path, PartFaults(path))


@pytest.mark.parametrize("command", ["tables", "claims", "check"])
@pytest.mark.parametrize("name", ["entity bomb", "cut off", "million cells"])
def test_each_command_says_it_in_one_line(tmp_path: Path, command: str, name: str) -> None:
    path = tmp_path / "paper.xml"
    path.write_bytes(HOSTILE[name][0])
    out = ["--out", str(tmp_path / "out")] if command == "check" else []
    result = CliRunner().invoke(main, [command, str(path), *out])
    if command == "claims" and name == "million cells":
        assert (result.exit_code, result.stdout) == (0, "")
        return
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert HOSTILE[name][1] in line


@pytest.mark.parametrize("name", ["entity bomb", "entity bomb in an attribute", "quadratic blow-up", "million columns"])
def test_memory_is_bounded(tmp_path: Path, name: str) -> None:
    path = tmp_path / "paper.xml"
    path.write_bytes(HOSTILE[name][0])
    code = f"""
import resource
from pathlib import Path
from extract.errors import PartFaults, UnreadableError
from extract.jats.reading import read_jats_tables
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_jats_tables(Path({str(path)!r}), PartFaults())
except UnreadableError:
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(found.stdout) < 400


def test_columns_that_reach_down_cost_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "paper.xml"
    rows = "<tr><td rowspan='60000' colspan='900'>1</td></tr>" + "<tr><td>1</td></tr>" * 50
    path.write_bytes(article(f"<table-wrap><table>{rows}</table></table-wrap>"))
    [table] = read_jats_tables(path, PartFaults(path))
    assert len(table.rows) == 51
