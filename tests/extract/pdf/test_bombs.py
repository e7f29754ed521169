"""Small files that ask for much: each ends within its limits, with its tables or with one line."""

import zlib
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main

MB = 1 << 20
TABLE = b"""BT /F 10 Tf 20 180 Td (Table 1. Adverse events of all patients) Tj 0 -20 Td (Anemia) Tj
80 0 Td (12) Tj 40 0 Td (15) Tj -120 -12 Td (Rash) Tj 80 0 Td (3) Tj 40 0 Td (1) Tj ET """
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def write_pdf(path: Path, *bodies: bytes) -> None:
    """The bodies of objects 1, 2 ... as a PDF; the first is its catalog."""
    parts = [b"%PDF-1.5\n", *(b"%d 0 obj %s endobj\n" % (i, body) for i, body in enumerate(bodies, start=1))]
    *offsets, end = accumulate(map(len, parts))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, end)
    path.write_bytes(b"".join([*parts, table, entries, trailer]))


def inflating(piece: bytes, megabytes: int) -> bytes:
    """A stream that repeats a piece until it has so many megabytes when it is inflated."""
    deflate, megabyte = zlib.compressobj(9), piece * (MB // len(piece))
    data = b"".join([*(deflate.compress(megabyte) for _ in range(megabytes)), deflate.flush()])
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)


def plain(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def page(contents: bytes = b"4 0 R", resources: bytes = b"", entries: bytes = b"") -> bytes:
    shown = b"/Parent 2 0 R/MediaBox[0 0 200 200]/Contents[%s]" % contents
    return b"<</Type/Page%s/Resources<</Font<</F 5 0 R>>%s>>%s>>" % (shown, resources, entries)


def content(path: Path, piece: bytes, megabytes: int) -> None:
    """A page with a table, whose second content stream inflates."""
    write_pdf(path, CATALOG, ONE_PAGE, page(b"4 0 R 6 0 R"), plain(TABLE), HELVETICA, inflating(piece, megabytes))


def font(path: Path, program: bytes, unicode_map: bytes) -> None:
    """A page with a table in a font of its own."""
    files = b"/FontDescriptor 6 0 R/ToUnicode 8 0 R/FirstChar 32/LastChar 126/Widths[%s]" % (b"500 " * 95)
    box = b"/Flags 32/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent -200/CapHeight 700/StemV 80"
    descriptor = b"<</Type/FontDescriptor/FontName/AAAAAA+Bomb%s/FontFile2 7 0 R>>" % box
    own = b"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+Bomb%s>>" % files
    write_pdf(path, CATALOG, ONE_PAGE, page(), plain(TABLE), own, descriptor, program, unicode_map)


def many_pages(path: Path, count: int, claimed: int) -> None:
    """Pages that are one and the same, in a tree that claims to have another number."""
    pages = b"<</Type/Pages/Count %d/Kids[%s]>>" % (claimed, b"3 0 R " * count)
    write_pdf(path, CATALOG, pages, page(), plain(TABLE), HELVETICA)


def page_tree_loop(path: Path) -> None:
    up, down = b"<</Type/Pages/Kids[6 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Parent 2 0 R/Count 9>>"
    write_pdf(path, CATALOG, up, page(), plain(TABLE), HELVETICA, down)


def forms(path: Path, depth: int) -> None:
    """A form that shows another ten times, which shows another ten times, ..."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
    shown = [plain(b"/X Do " * 10, form % (7 + i)) for i in range(depth)]
    last = plain(b"BT /F 8 Tf (a) Tj ET", form % 5)
    named = page(resources=b"/XObject<</X 6 0 R>>")
    write_pdf(path, CATALOG, ONE_PAGE, named, plain(TABLE + b"/X Do"), HELVETICA, *shown, last)


def nested(path: Path, depth: int) -> None:
    entries = b"/Deep " + b"[" * depth + b"]" * depth
    write_pdf(path, CATALOG, ONE_PAGE, page(entries=entries), plain(TABLE), HELVETICA)


NOTHING = plain(b"")
BOMBS: dict[str, Callable[[Path], None]] = {
    "content of blanks": lambda path: content(path, b" " * 64, 400),
    "content of text": lambda path: content(path, b"BT 1 0 0 1 9 9 Tm (a) Tj ET\n", 200),
    "content of paths": lambda path: content(path, b"0 0 m 9 9 l S\n", 200),
    "content of arrays in arrays": lambda path: content(path, b"[", 20),
    "font program": lambda path: font(path, inflating(bytes(64), 600), NOTHING),
    "map to Unicode": lambda path: font(path, NOTHING, inflating(b"1 beginbfchar <41> <0041> endbfchar\n", 200)),
    "100,000 pages": lambda path: many_pages(path, 100_000, 100_000),
    "100,000 pages that claim to be one": lambda path: many_pages(path, 100_000, 1),
    "pages in a circle": page_tree_loop,
    "forms in forms": lambda path: forms(path, 9),
    "arrays in arrays": lambda path: nested(path, 100_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_within_its_limits(bomb: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    BOMBS[bomb](path)
    assert path.stat().st_size < MB
    result = CliRunner().invoke(main, ["tables", str(path), "--json", "--timeout", "4", "--max-memory", "600"])
    assert result.exit_code in (0, 2)
    assert "internal error" not in result.stderr
    assert result.stderr.count("\n") == (1 if result.exit_code == 2 else 0)


def test_the_lines_that_bombs_give(tmp_path: Path) -> None:
    expected = {
        "100,000 pages": "the PDF has 100000 pages, more than 1000; raise --max-pages to read it anyway",
        "map to Unicode": "reading took longer than 1 s of CPU time and was stopped; raise --timeout",
    }
    for bomb, line in expected.items():
        path = tmp_path / "bomb.pdf"
        BOMBS[bomb](path)
        result = CliRunner().invoke(main, ["tables", str(path), "--timeout", "1"])
        assert result.stderr == f"doubletake: {path}: {line}\n"
