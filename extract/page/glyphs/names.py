"""The characters of glyphs by their names in the encoding of a font, or by their numbers in the font."""

from collections.abc import Mapping

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

# The names in Mathematical Pi 1, which Adobe's list lacks. Many publishers' PDFs from before OpenType use this font.
_MATHEMATICAL_PI = {
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
_ASCII_OFFSET = 29  # in the standard order of TrueType, glyph 3 is the space, 20 is "1", 36 is "A"
_FIRST_ASCII_GLYPH = 3  # the space
_LAST_ASCII_GLYPH = 97  # the tilde


def glyph_names(spec: Mapping[str, object]) -> dict[int, str]:
    """Return the glyph names in a font's encoding, by character code."""
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
    """Return the character of a glyph by its name, or else by its number in the font; "" if neither is known."""
    return _MATHEMATICAL_PI.get(name) or ("" if glyph is None else in_standard_order(glyph))


def in_standard_order(glyph: int) -> str:
    """Return the character of a glyph's number in the standard order of TrueType fonts without glyph names; "" beyond
    ASCII."""
    return chr(glyph + _ASCII_OFFSET) if _FIRST_ASCII_GLYPH <= glyph <= _LAST_ASCII_GLYPH else ""
