"""Small files that ask for much or contradict themselves, typeset by code."""

import struct
import zlib
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

MB = 1 << 20
TABLE = b"""BT /F 10 Tf 20 180 Td (Table 1. Adverse events of all patients) Tj 0 -20 Td (Anemia) Tj
80 0 Td (12) Tj 40 0 Td (15) Tj -120 -12 Td (Rash) Tj 80 0 Td (3) Tj 40 0 Td (1) Tj ET """
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def write_pdf(path: Path, *bodies: bytes, trailer: bytes = b"") -> None:
    """The bodies of objects 1, 2 ... as a PDF; the first is its catalog. `trailer`: further entries of it; {} stands
    for the place of the cross-reference table."""
    parts = [b"%PDF-1.5\n", *(b"%d 0 obj %s endobj\n" % (i, body) for i, body in enumerate(bodies, start=1))]
    *offsets, end = accumulate(map(len, parts))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    more = trailer.replace(b"{}", b"%d" % end)
    last = b"trailer <</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, more, end)
    path.write_bytes(b"".join([*parts, table, entries, last]))


def inflating(piece: bytes, megabytes: int, entries: bytes = b"") -> bytes:
    """A stream that repeats a piece until it has so many megabytes when it is inflated."""
    deflate, megabyte = zlib.compressobj(9), piece * (MB // len(piece))
    data = b"".join([*(deflate.compress(megabyte) for _ in range(megabytes)), deflate.flush()])
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def plain(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def page(
    contents: bytes = b"4 0 R", resources: bytes = b"", entries: bytes = b"", box: bytes = b"[0 0 200 200]"
) -> bytes:
    shown = b"/Parent 2 0 R/MediaBox%s/Contents[%s]" % (box, contents)
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


def million_pages(path: Path, claimed: int) -> None:
    """A thousand times the same branch of a thousand times the same page."""
    root = b"<</Type/Pages/Count %d/Kids[%s]>>" % (claimed, b"6 0 R " * 1000)
    branch = b"<</Type/Pages/Parent 2 0 R/Count 1000/Kids[%s]>>" % (b"3 0 R " * 1000)
    write_pdf(path, CATALOG, root, page(), plain(TABLE), HELVETICA, branch)


def page_tree_loop(path: Path) -> None:
    up, down = b"<</Type/Pages/Kids[6 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Parent 2 0 R/Count 9>>"
    write_pdf(path, CATALOG, up, page(), plain(TABLE), HELVETICA, down)


def forms(path: Path, depth: int, times: int) -> None:
    """A form that shows another some times, which shows another so many times, ..."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
    shown = [plain(b"/X Do " * times, form % (7 + i)) for i in range(depth)]
    last = plain(b"BT /F 8 Tf (a) Tj ET", form % 5)
    named = page(resources=b"/XObject<</X 6 0 R>>")
    write_pdf(path, CATALOG, ONE_PAGE, named, plain(TABLE + b"/X Do"), HELVETICA, *shown, last)


def form_loop(path: Path) -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X 6 0 R>>>>"
    named = page(resources=b"/XObject<</X 6 0 R>>")
    write_pdf(path, CATALOG, ONE_PAGE, named, plain(TABLE + b"/X Do"), HELVETICA, plain(b"/X Do /X Do", form))


def nested(path: Path, depth: int) -> None:
    entries = b"/Deep " + b"[" * depth + b"]" * depth
    write_pdf(path, CATALOG, ONE_PAGE, page(entries=entries), plain(TABLE), HELVETICA)


def object_loop(path: Path) -> None:
    """Contents, a length and resources that are references to themselves and to one another."""
    looped = page(b"6 0 R 4 0 R 7 0 R", entries=b"/Annots 8 0 R/Metadata 9 0 R")
    stream = b"<</Length 10 0 R>>stream\n%s\nendstream" % TABLE
    loops = (b"7 0 R", b"6 0 R", b"8 0 R", b"[9 0 R 3 0 R]", b"10 0 R")
    write_pdf(path, CATALOG, ONE_PAGE, looped, stream, HELVETICA, *loops)


def sized(path: Path, box: bytes, entries: bytes = b"") -> None:
    """A page of this size."""
    write_pdf(path, CATALOG, ONE_PAGE, page(box=box, entries=entries), plain(TABLE), HELVETICA)


def picture(path: Path, width: int, height: int, data: bytes, filters: bytes = b"/FlateDecode") -> None:
    """A page that is nothing but a picture, which declares this size."""
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (width, height)
    shown = plain(b"q 190 0 0 190 5 5 cm /I Do Q")
    named = page(resources=b"/XObject<</I 6 0 R>>")
    image = plain(data, size + b"/Filter%s" % filters)
    write_pdf(path, CATALOG, ONE_PAGE, named, shown, HELVETICA, image)


def drawn(path: Path, strokes: int) -> None:
    """A page with intervals in its text and so many strokes."""
    rows = b" ".join(b"1 0 0 1 20 %d Tm (1.0%d (0.5%d, 2.0%d)) Tj" % (20 + 9 * i, i, i, i) for i in range(9))
    content = b"BT /F 6 Tf %s ET " % rows
    lines = b"20 20 m 90 20 l S 0 0 m 0 0 l S " * (strokes // 2)
    data = zlib.compress(content + lines, 9)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)
    write_pdf(path, CATALOG, ONE_PAGE, page(), stream, HELVETICA)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(path: Path, width: int, height: int, data: bytes, *before: bytes) -> None:
    """A grey PNG that declares this size. `before`: chunks before its data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *before, chunk(b"IDAT", data), chunk(b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def jpeg(path: Path, width: int, height: int) -> None:
    """The frame of a JPEG that declares this size, without data."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    path.write_bytes(
        b"\xff\xd8\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\xff\xd9"
    )


NOTHING = plain(b"")
BROKEN_MAP = plain(
    b"/CIDInit /ProcSet findresource begin begincmap 9 beginbfrange <00> <FFFFFFFF> <0041> <41> endbfrange "
    b"1 beginbfchar <41> <D800> <42> (x) endbfchar /Bomb usecmap " + b"<41> " * 9999
)
ZEROS = zlib.compress(bytes(MB), 9)
BOMBS: dict[str, Callable[[Path], None]] = {
    "content of blanks": lambda path: content(path, b" " * 64, 400),
    "content of text": lambda path: content(path, b"BT 1 0 0 1 9 9 Tm (a) Tj ET\n", 200),
    "content of paths": lambda path: content(path, b"0 0 m 9 9 l S\n", 200),
    "content of arrays in arrays": lambda path: content(path, b"[", 20),
    "content of 256 MB": lambda path: content(path, b"q Q\n", 256),
    "a million operators": lambda path: drawn(path, 1_000_000),
    "font program": lambda path: font(path, inflating(bytes(64), 600), NOTHING),
    "map to Unicode": lambda path: font(path, NOTHING, inflating(b"1 beginbfchar <41> <0041> endbfchar\n", 200)),
    "broken map to Unicode": lambda path: font(path, NOTHING, BROKEN_MAP),
    "100,000 pages": lambda path: many_pages(path, 100_000, 100_000),
    "100,000 pages that claim to be one": lambda path: many_pages(path, 100_000, 1),
    "a million pages": lambda path: million_pages(path, 1_000_000),
    "a million pages that claim to be one": lambda path: million_pages(path, 1),
    "pages in a circle": page_tree_loop,
    "forms in forms": lambda path: forms(path, 9, 10),
    "forms in forms, one each": lambda path: forms(path, 3000, 1),
    "a form in itself": form_loop,
    "arrays in arrays": lambda path: nested(path, 100_000),
    "objects in a circle": object_loop,
    "cross-references in a circle": lambda path: write_pdf(
        path, CATALOG, ONE_PAGE, page(), plain(TABLE), HELVETICA, trailer=b"/Prev {}"
    ),
    "a page of a million points": lambda path: sized(path, b"[0 0 1000000 1000000]"),
    "a page of no size": lambda path: sized(path, b"[0 0 0 0]"),
    "a page of endless size": lambda path: sized(path, b"[-1e38 -1e38 1e38 1e38]"),
    "a page turned inside out": lambda path: sized(path, b"[200 200 -5 0]", b"/Rotate 45/UserUnit 1e9"),
    "a page whose size is text": lambda path: sized(path, b"[(a) /b <</c 1>> [2]]"),
    "a picture of 50,000 x 50,000": lambda path: picture(path, 50_000, 50_000, ZEROS),
    "a picture of no width": lambda path: picture(path, 0, 900, ZEROS),
    "a picture of negative size": lambda path: picture(path, -9, -9, ZEROS),
    "a picture that inflates twice": lambda path: picture(
        path, 900, 900, zlib.compress(ZEROS, 9), b"[/FlateDecode/FlateDecode]"
    ),
    "a picture that is no JPEG": lambda path: picture(path, 900, 900, b"\xff\xd8" * 99, b"/DCTDecode"),
}
PICTURES: dict[str, Callable[[Path], None]] = {
    "a PNG of 50,000 x 50,000": lambda path: png(path, 50_000, 50_000, ZEROS),
    "a PNG of 7,000 x 7,000": lambda path: png(path, 7000, 7000, zlib.compress(bytes(7001) * 7000, 9)),
    "a PNG of no width": lambda path: png(path, 0, 9, ZEROS),
    "a PNG of endless width": lambda path: png(path, 2**31 - 1, 1, ZEROS),
    "a PNG with a long text": lambda path: png(
        path, 9, 9, ZEROS, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(99 * MB), 9))
    ),
    "a PNG that breaks off": lambda path: png(path, 900, 900, ZEROS[:20]),
    "a PNG without data": lambda path: png(path, 900, 900, b""),
    "a PNG of chunks alone": lambda path: png(path, 900, 900, ZEROS, *[chunk(b"IHDR", b"")] * 9),
    "a JPEG of 65,500 x 65,500": lambda path: jpeg(path, 65_500, 65_500),
    "a JPEG of no width": lambda path: jpeg(path, 0, 0),
    "a JPEG without data": lambda path: jpeg(path, 900, 900),
}
