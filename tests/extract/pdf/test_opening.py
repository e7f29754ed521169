"""Files that cannot be read as a PDF: each is reported in one line, whichever library opens it."""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import md5
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UnreadableError
from extract.pdf.opening import open_fast, open_thorough, refuse_fewer_pages
from extract.tables.reading import read_tables

Opener = Callable[..., AbstractContextManager[Any]]
openers = pytest.mark.parametrize("opener", [open_fast, open_thorough])
LI2024 = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "li2024.pdf"
TABLE = [
    ("Table 1 Events of any grade", 20, 150),
    ("Anemia", 20, 130),
    ("8 (15.7)", 90, 130),
    ("Rash", 20, 118),
    ("7", 90, 118),
]
ROWS = [("Anemia", "8 (15.7)"), ("Rash", "7")]
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
ALLOWED = -4 & 0xFFFFFFFF


def rc4(key: bytes, data: bytes) -> bytes:
    state, i, j = list(range(256)), 0, 0
    for n in range(256):
        j = (j + state[n] + key[n % len(key)]) % 256
        state[n], state[j] = state[j], state[n]
    out, j = bytearray(), 0
    for i, byte in enumerate(data, start=1):
        j = (j + state[i % 256]) % 256
        state[i % 256], state[j] = state[j], state[i % 256]
        out.append(byte ^ state[(state[i % 256] + state[j]) % 256])
    return bytes(out)


def padded(password: str) -> bytes:
    return (password.encode() + PADDING)[:32]


def encrypted(user: str, owner: str = "owner") -> bytes:
    """A PDF of one page with a table, encrypted with 40 bits (PDF 1.7, 7.6.3, revision 2): `user` opens it, and ""
    opens it to anyone, as where an owner's password forbids to print."""
    entry = rc4(md5(padded(owner)).digest()[:5], padded(user))
    key = md5(padded(user) + entry + ALLOWED.to_bytes(4, "little") + b"ID").digest()[:5]
    text = " ".join(f"1 0 0 1 {x} {y} Tm ({words}) Tj" for words, x, y in TABLE)
    content = rc4(md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10], f"BT /F 8 Tf {text} ET".encode())
    page = b"/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page" + page + b">>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (entry.hex().encode(), rc4(key, PADDING).hex().encode()),
    ]
    parts = [b"%PDF-1.4\n", *(b"%d 0 obj%s endobj\n" % (i, body) for i, body in enumerate(bodies, start=1))]
    *offsets, end = accumulate(map(len, parts))
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 7\n0000000000 65535 f \n" + entries
    trailer = b"trailer<</Size 7/Root 1 0 R/Encrypt 6 0 R/ID[<4944><4944>]>>\nstartxref\n%d\n%%%%EOF\n" % end
    return b"".join(parts) + table + trailer


def opened(opener: Opener, path: Path, password: str | None = None) -> int:
    """The number of pages."""
    with opener(path, password) as document:
        return len(document.pages) if hasattr(document, "pages") else len(document)


@openers
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file; give the path of a PDF"),
        (b"", "the file is empty (0 bytes); download it again"),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(64),
            "not a PDF: it begins with b'\\x89PNG\\r\\n\\x1a\\n' where %PDF- was expected",
        ),
        (b"<!DOCTYPE html><title>Sign in</title>", "not a PDF: it begins with b'<!DOCTYP' where %PDF- was expected"),
    ],
    ids=["missing", "empty", "picture", "a page to sign in"],
)
def test_what_is_no_pdf(content: bytes | None, message: str, opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableError) as refused:
        opened(opener, path)
    assert str(refused.value) == f"{path}: {message}"


@openers
def test_a_folder(opener: Opener, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"expected a PDF, found a folder$"):
        opened(opener, tmp_path)


@openers
def test_a_pdf_behind_other_bytes_is_opened(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"\r\n" * 20 + LI2024.read_bytes())
    assert opened(opener, tmp_path / "paper.pdf") == opened(opener, LI2024)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_download_that_broke_off(share: float, tmp_path: Path) -> None:
    data = LI2024.read_bytes()
    (tmp_path / "paper.pdf").write_bytes(data[: int(share * len(data))])
    with pytest.raises(
        UnreadableError, match=r"paper.pdf: the PDF is damaged and cannot be opened \(.+\); download it"
    ):
        read_tables(tmp_path / "paper.pdf")


@pytest.mark.parametrize(
    ("password", "message"),
    [(None, "the PDF is encrypted; give its password with --password"), ("wrong", "the password is wrong")],
)
def test_an_encrypted_pdf_without_its_password(password: str | None, message: str, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(encrypted("secret"))
    with pytest.raises(UnreadableError) as refused:
        read_tables(tmp_path / "paper.pdf", password=password)
    assert str(refused.value) == f"{tmp_path / 'paper.pdf'}: {message}"


@pytest.mark.parametrize(("user", "password"), [("secret", "secret"), ("secret", "owner"), ("", None)])
def test_an_encrypted_pdf_with_either_password_or_one_that_only_the_owner_has(
    user: str, password: str | None, tmp_path: Path
) -> None:
    (tmp_path / "paper.pdf").write_bytes(encrypted(user))
    (table,) = read_tables(tmp_path / "paper.pdf", password=password)
    assert [row.texts for row in table.rows][-2:] == ROWS


def test_pages_that_one_library_does_not_find() -> None:
    with open_thorough(LI2024) as document:
        refuse_fewer_pages(document, 4)
        with pytest.raises(UnreadableError, match="one library finds 4 pages, another 5 or more; download it"):
            refuse_fewer_pages(document, 5)


def noise(data: bytes, seed: int) -> bytes:
    """Thirty bytes overwritten by chance."""
    chance, damaged = random.Random(seed), bytearray(data)
    for _ in range(30):
        damaged[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(damaged)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Without what pdfminer says of damaged files while it mends them."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    data, refused = LI2024.read_bytes(), 0
    for seed in range(12):
        (tmp_path / "paper.pdf").write_bytes(noise(data, seed))
        try:
            read_tables(tmp_path / "paper.pdf")
        except UnreadableError as error:
            assert "\n" not in str(error)
            refused += 1
    assert 0 < refused < 12
