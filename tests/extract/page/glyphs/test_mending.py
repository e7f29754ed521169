"""Fonts whose glyphs differ from the text layer: characters that are mended with proof, left as they are, or flagged.

The PDFs embed one of pdfium's own faces; each case sets the codes of its glyphs and their Unicode."""

import ctypes
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument, raw

from extract.page.document import open_document
from extract.page.glyphs.mending import Mended, joined_evidence
from extract.page.glyphs.names import expected_character, in_standard_order
from extract.page.glyphs.proofs import Verdict
from extract.page.glyphs.references import likeness, likest_signs, shapes_of
from extract.page.objects import Character
from extract.page.words import Word, make_words

Glyph = tuple[str, str]  # the name of what is drawn, what the text layer says
FILLER = [(letter, letter) for letter in "forty letters so that the page has a sheet of words"]
NAMES = {" ": "space", "4": "four", "1": "one", ".": "period"}


@pytest.fixture(scope="module")
def program() -> bytes:
    """pdfium's sans-serif face, as a bare CFF program."""
    document = PdfDocument.new()
    font = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    size = ctypes.c_size_t()
    raw.FPDFFont_GetFontData(font, None, 0, size)
    data = (ctypes.c_uint8 * size.value)()
    raw.FPDFFont_GetFontData(font, data, size.value, size)
    return bytes(data)


@pytest.fixture
def typeset(program: bytes, tmp_path: Path) -> Callable[[list[Glyph]], Path]:
    """typeset(glyphs): a PDF whose only line is drawn with these glyphs, a code from 33 on for each different one."""

    def make(glyphs: list[Glyph]) -> Path:
        codes = {glyph: 33 + number for number, glyph in enumerate(dict.fromkeys([*glyphs, *FILLER]))}
        path = tmp_path / "lying.pdf"
        path.write_bytes(pdf_of(program, codes, [*glyphs, (" ", " "), *FILLER]))
        return path

    return make


def pdf_of(program: bytes, codes: dict[Glyph, int], glyphs: list[Glyph]) -> bytes:
    names = " ".join("/" + NAMES.get(drawn, drawn) for drawn, _ in codes)
    told = [f"<{code:02x}> <{said.encode('utf-16-be').hex()}>" for (_, said), code in codes.items() if said]
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange {len(told)} beginbfchar {' '.join(told)} endbfchar"
    shown = "".join(f"{codes.get(glyph, 32):02x}" for glyph in glyphs)
    last = 33 + len(codes)
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 99] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream(f"BT /F 9 Tf 9 50 Td <{shown}> Tj ET".encode()),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Liar /FirstChar 32 /LastChar {last}"
        f" /Widths [{'560 ' * (last - 31)}] /FontDescriptor 6 0 R /ToUnicode 8 0 R"
        f" /Encoding << /Differences [32 /space {names}] >> >>".encode(),
        b"<< /Type /FontDescriptor /FontName /Liar /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200"
        b" /ItalicAngle 0 /CapHeight 700 /StemV 80 /FontFile3 7 0 R >>",
        stream(program, "/Subtype /Type1C"),
        stream(f"/CIDInit /ProcSet findresource begin begincmap {cmap} endcmap end".encode()),
    )


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def assembled(*objects: bytes) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def first_word(path: Path) -> Word:
    with open_document(path) as document:
        (sheet,) = document.sheets(1)
    return sheet.words[0]


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("plusminus", "6", "±"),
        ("less", "b", "<"),
        ("less", ",", "<"),
        ("greater", "[", ">"),
        ("equal", "5", "="),
        ("multiply", "9", "×"),
        ("plus", "?", "+"),
        ("minus", "\x01", "−"),
        ("minus", "\ue001", "−"),
        ("minus", " ", "−"),
    ],
)
def test_a_sign_is_read_as_it_is_drawn(
    name: str, said: str, shown: str, typeset: Callable[[list[Glyph]], Path]
) -> None:
    word = first_word(typeset([("4", "4"), (name, said), ("1", "1")]))
    assert word.text == f"4{shown}1"
    (char,) = word.mended
    assert (char.layer, char.proved) == (said if said.isprintable() else "", True)
    assert word.layer == f"4{char.layer}1"


def test_honest_characters_are_left_as_they_are(typeset: Callable[[list[Glyph]], Path]) -> None:
    honest = [("4", "4"), ("plusminus", "±"), ("1", "1"), ("less", "<"), ("x", "x"), ("hyphen", "-"), ("minus", "−")]
    word = first_word(typeset(honest))
    assert (word.text, word.mended, word.layer) == ("4±1<x-−", (), "")


@pytest.mark.parametrize("drawn", ["hyphen", "endash", "minus"])
@pytest.mark.parametrize("said", ["-", "–", "\N{SOFT HYPHEN}"])
def test_one_dash_for_another_is_no_lie(drawn: str, said: str, typeset: Callable[[list[Glyph]], Path]) -> None:
    assert first_word(typeset([("4", "4"), (drawn, said), ("1", "1")])).mended == ()


def test_a_digit_that_is_drawn_as_another_is_doubtful_and_stays(typeset: Callable[[list[Glyph]], Path]) -> None:
    word = first_word(typeset([("4", "1"), (".", ".")]))
    assert word.text == "1."
    assert [(char, char.layer, char.proved) for char in word.mended] == [("1", "1", False)]


@pytest.mark.parametrize(("drawn", "said"), [("x", "+"), ("two", "−"), ("G", "<"), ("five", "="), ("six", "±")])
def test_a_sign_that_is_drawn_as_a_letter_or_digit_is_doubtful(
    drawn: str, said: str, typeset: Callable[[list[Glyph]], Path]
) -> None:
    word = first_word(typeset([("1", "1"), (drawn, said), ("4", "4")]))
    assert word.text == f"1{said}4"
    assert [(char, char.proved) for char in word.mended] == [(said, False)]


def test_a_sign_among_honest_letters_is_seen(typeset: Callable[[list[Glyph]], Path]) -> None:
    honest = [(letter, letter) for letter in "Patient"]
    assert first_word(typeset([*honest, ("less", "G"), ("1", "1")])).text == "Patient<1"


def test_a_letter_without_unicode_is_doubtful_and_unknown(typeset: Callable[[list[Glyph]], Path]) -> None:
    word = first_word(typeset([("4", "4"), ("W", "\x03")]))
    assert word.text == "4\N{REPLACEMENT CHARACTER}"
    assert [char.proved for char in word.mended] == [False]


def test_what_draws_nothing_and_says_nothing_is_a_space(typeset: Callable[[list[Glyph]], Path]) -> None:
    assert first_word(typeset([("4", "4"), ("space", "\x02"), ("1", "1")])).text == "4"


def test_ligatures_are_the_letters_that_they_show(spell: Callable[..., list[Character]]) -> None:
    (word,) = make_words(spell(("eﬃcacy", 8, 0)))
    assert (word.text, word.mended) == ("efficacy", ())


@pytest.mark.parametrize(("name", "sign"), [("H11005", "="), ("H11021", "<"), ("H11349", "≤"), ("C21", ""), ("", "")])
def test_names_of_mathematical_pi(name: str, sign: str) -> None:
    assert expected_character(name, None) == sign


def test_the_standard_order_of_truetype() -> None:
    assert "".join(map(in_standard_order, (20, 17, 27, 28))) == "1.89"
    assert (in_standard_order(2), in_standard_order(98)) == ("", "")


@pytest.mark.parametrize("sign", "+±×÷=<>≤≥")
def test_every_shape_of_a_sign_is_likest_to_itself(sign: str) -> None:
    for shape in shapes_of(sign):
        assert likest_signs(shape)[0][1] == sign


@pytest.mark.parametrize("letter", "bBCo569N[?,.x")
def test_no_letter_is_as_like_to_a_sign_as_to_itself(letter: str) -> None:
    for shape in shapes_of(letter):
        first = likest_signs(shape)[:1]
        assert not first or likeness(shape, letter) > first[0][0] - 0.05


def test_a_mended_character_is_a_text() -> None:
    char = Mended(Verdict("±", "drawn so"), "6")
    assert (char, char.layer, char.evidence, f"7{char}2") == ("±", "6", "drawn so", "7±2")
    again = pickle.loads(pickle.dumps(char))
    assert (again, again.layer, again.evidence, again.proved) == (char, "6", "drawn so", True)


def test_each_reason_for_mending_is_told_once() -> None:
    unsaid = "the text layer has no text for the glyph, which shows"
    verdicts = [(Verdict("W", f"{unsaid} W"), ""), (Verdict("<", "the text layer says b, the glyph shows <"), "b")]
    chars = [Mended(*verdict) for verdict in (verdicts[0], (Verdict("a", f"{unsaid} a"), ""), verdicts[1], verdicts[0])]
    assert joined_evidence(chars) == f"{unsaid} W, a; the text layer says b, the glyph shows <"
