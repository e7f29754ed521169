"""What a glyph is called in the encoding of its font, where the name is not one of Adobe's list."""

from collections.abc import Mapping

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

# Mathematical Pi 1, whose glyphs are named by numbers; publishers' PDFs made before OpenType are full of it.
MATHEMATICAL_PI = {
    "H11001": "+",
    "H11002": "−",
    "H11003": "×",
    "H11005": "=",
    "H11006": "±",
    "H11011": "∼",
    "H11015": "≈",
    "H11021": "<",
    "H11022": ">",
    "H11032": "′",
    "H11349": "≤",
    "H11350": "≥",
}
FIRST_LETTER_GLYPH = 29  # in the standard order of TrueType glyph 3 is the space, 20 is "1", 36 is "A"


def glyph_names(spec: Mapping[str, object]) -> dict[int, str]:
    """The names that a font's encoding gives to its character codes, by code."""
    encoding = resolve1(spec.get("Encoding"))
    differences = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    names: dict[int, str] = {}
    code = 0
    for entry in map(resolve1, differences if isinstance(differences, list) else ()):
        if isinstance(entry, PSLiteral):
            names[code] = str(entry.name)
            code += 1
        elif isinstance(entry, int | float):
            code = int(entry)
    return names


def expected_character(name: str, glyph: int | None) -> str:
    """The character that a glyph stands for by its name, or else by its number in the font; "" where neither tells."""
    return MATHEMATICAL_PI.get(name) or ("" if glyph is None else in_standard_order(glyph))


def in_standard_order(glyph: int) -> str:
    """The character at a place of the order that TrueType fonts keep to whose glyphs have no names, "" beyond ASCII."""
    return chr(glyph + FIRST_LETTER_GLYPH) if 3 <= glyph <= 97 else ""
