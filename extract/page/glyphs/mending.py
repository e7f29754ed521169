"""Characters whose text differs from what the page shows. The glyphs of every font are compared with the text layer;
where they differ, the character is mended with proof or marked as doubtful."""

import unicodedata
from collections.abc import Iterable, Mapping

from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1

from extract.page.glyphs.descents import believable_descent
from extract.page.glyphs.names import expected_character, glyph_names
from extract.page.glyphs.pictures import GlyphPictures, ProgramKey, program_key
from extract.page.glyphs.proofs import UNKNOWN_CHARACTER, Verdict, judge, judge_unseen

_PROGRAM_KEYS = ("FontFile", "FontFile2", "FontFile3")
_SAMPLE_COUNT = 4  # letters, and marks of punctuation, of a font that are compared: if all are true, the others are
_OFTEN_SIGNS = frozenset("bBCGNo,.")  # in the text layers of old publishers' fonts for < > ≤ ≥ =: always compared
_POINTS = ".,;:()/%-–—'‘’“”\""


class Mended(str):
    """A character as its glyph shows it. `layer`: its text in the text layer, "" for none; `evidence`: why they differ;
    `proved`: False for a character in doubt."""

    layer: str
    evidence: str
    proved: bool

    def __new__(cls, verdict: Verdict, layer: str) -> "Mended":
        made = super().__new__(cls, verdict.text)
        made.layer, made.evidence, made.proved = layer, verdict.evidence, verdict.proved
        return made

    def __getnewargs__(self) -> tuple[Verdict, str]:  # type: ignore[override]
        return Verdict(str(self), self.evidence, self.proved), self.layer


def joined_evidence(chars: Iterable[Mended]) -> str:
    """Return why characters were mended, each reason once: "..., the glyph shows W, a, n, g"."""
    shown: dict[str, dict[str, None]] = {}
    for char in chars:
        reason, _, sign = char.evidence.rpartition(" ")
        shown.setdefault(reason, {})[sign] = None
    return "; ".join(f"{reason} {', '.join(signs)}".strip() for reason, signs in shown.items())


class MendingFonts(PDFResourceManager):
    """A font store for pdfminer whose fonts mend their characters and place them on their baselines."""

    def __init__(self, pictures: GlyphPictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._readers: dict[PDFFont, FontReader] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        font = super().get_font(objid, spec)
        if font not in self._readers:
            self._readers[font] = FontReader(font, spec, self._pictures)
            vars(font)["to_unichr"] = self._readers[font].character
            descent = believable_descent(font.get_descent())
            vars(font)["get_descent"] = lambda: descent
        return font


class FontReader:
    """The characters of one font, each compared once."""

    def __init__(self, font: PDFFont, spec: Mapping[str, object], pictures: GlyphPictures) -> None:
        self._claimed = font.to_unichr
        self._pictures = pictures
        self._program = _program_key_of(font, spec)
        self._names = glyph_names(spec)
        self._numbered = str(spec.get("Subtype")).endswith("CIDFontType2'")
        self._multibyte = font.is_multibyte()
        self._known: dict[int, str] = {}
        self._honest = {"letters": 0, "points": 0}

    def character(self, code: int) -> str:
        """Return the character of a code as its glyph shows it. Replaces pdfminer's `to_unichr`."""
        if code not in self._known:
            self._known[code] = self._look(code)
        return self._known[code]

    def _look(self, code: int) -> str:
        claim = self._claim(code)
        kind = "letters" if claim.isalpha() else "points" if claim and claim in _POINTS else ""
        if len(claim) > 1 or (self._honest.get(kind, 0) >= _SAMPLE_COUNT and claim not in _OFTEN_SIGNS):
            return claim
        verdict = self._verdict(code, claim)
        if verdict:
            self._honest = {}
        elif kind in self._honest:
            self._honest[kind] += 1
        return Mended(verdict, claim) if verdict else claim or " "

    def _claim(self, code: int) -> str:
        """The text of a code in the text layer; "" if there is none or none that can be printed."""
        try:
            text = self._claimed(code)
        except PDFUnicodeNotDefined:
            return ""
        return (
            ""
            if text == UNKNOWN_CHARACTER or (len(text) == 1 and unicodedata.category(text) in ("Cc", "Cn", "Co"))
            else text
        )

    def _verdict(self, code: int, claim: str) -> Verdict | None:
        """The verdict on a glyph, if it is the same in every font with the program; else None."""
        expected = "" if claim else expected_character(self._names.get(code, ""), code if self._numbered else None)
        shapes = self._pictures.shapes(self._program, code) if self._program else iter(())
        verdict = None
        for seen, shape in enumerate(shapes):
            found = judge(claim.strip(), shape, expected) if shape else None
            if found is None or (seen and found != verdict):
                return None
            verdict = found
        if verdict or claim or not self._draws(code):
            return verdict
        return judge_unseen("" if self._numbered else expected)

    def _draws(self, code: int) -> bool:
        """Whether a code without a shape is drawn at all: a font that is not embedded has names for its codes."""
        return self._program is not None or self._multibyte or code in self._names


def _program_key_of(font: PDFFont, spec: Mapping[str, object]) -> ProgramKey | None:
    """The key of a font's program; None if the font is not embedded, or if its codes differ from pdfminer's."""
    stream = next((resolve1(font.descriptor[key]) for key in _PROGRAM_KEYS if key in font.descriptor), None)
    encoding = str(resolve1(spec.get("Encoding"))) if font.is_multibyte() else "Identity"
    if not isinstance(stream, PDFStream) or "Identity" not in encoding:
        return None
    try:
        return program_key(stream.get_data())
    except PDFException:  # damaged: no page can show it either
        return None
