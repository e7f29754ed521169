"""Verdicts on glyphs: a glyph's shape proves another character than the text layer has, or puts that one in doubt."""

from dataclasses import dataclass
from string import ascii_letters

from extract.page.glyphs.references import FACE_WIDTHS, likeness, likest_signs, shapes_of
from extract.page.glyphs.shapes import Shape

_SURE_LIKENESS = 0.92  # of a glyph to the sign that it shows
_OTHER_SIGN_LIKENESS = 0.045  # it is less like any other sign, by as much
_REFUTED_LIKENESS = 0.12  # it is less like the character of the text layer, by as much
_AGREEING_LIKENESS = 0.88  # confirms the name or number of a glyph, or a digit of the text layer
_LETTER_LIKENESS = 0.9  # of a glyph to the letter or digit that it may show where the text layer has a sign
_OTHER_LETTER_LIKENESS = 0.15  # it is less like that sign, by as much
_DIGIT_LIKENESS = 0.6  # a glyph that is less like its digit does not show it
_OTHER_DIGIT_LIKENESS = 0.05  # it may be more like another digit, by as much
_NEVER_FOR_LETTERS = "*•†‡§¶®©™°√"  # signs that resemble letters or digits of narrow or odd faces
_DASHES = "-−–—‒―‐‑_¯~∼\N{SOFT HYPHEN}"
UNKNOWN_CHARACTER = "\N{REPLACEMENT CHARACTER}"
_DIGITS = "0123456789"
_TWO_BARS = {"=", "≈"}  # alike in bold and narrow faces
_COMPARED_SIGNS = frozenset("+−±×÷=<>≤≥≈∼~")
_MINUS_FLATNESS_RATIO = 2.5  # width by height of a minus sign, at least
_MINUS_LEAST_WIDTH_EM = 0.4
_MINUS_MOST_WIDTH_EM = 1.2
_MINUS_LEAST_HEIGHT_EM = 0.1  # of its middle above the baseline: lower ones are underscores
_MINUS_MOST_HEIGHT_EM = 0.5  # higher ones are overlines
_DOT_EM = 0.25  # height of a multiplication dot; a larger one is a bullet


@dataclass(frozen=True)
class Verdict:
    """`text`: the character that the glyph shows; `evidence`: why; `proved`: whether it may replace that of the text
    layer."""

    text: str
    evidence: str
    proved: bool = True


def judge(claim: str, shape: Shape, expected: str = "") -> Verdict | None:
    """Return a verdict on a glyph that differs from the text layer or has no text there, else None. `claim`: the
    character of the text layer, "" for none; `expected`: the character of the glyph's name or number, if any."""
    sign = _proved_sign(shape, claim)
    if not claim:
        return _judge_unsaid(shape, sign, expected)
    if sign:
        return Verdict(sign, f"the text layer says {claim}, the glyph shows {sign}")
    if claim in _COMPARED_SIGNS and (other := _letter_or_digit(shape, claim)):
        return Verdict(claim, f"the text layer says {claim}, the glyph looks like {other}", False)
    if claim in _DIGITS and not _is_digit(shape, claim):
        return Verdict(claim, f"the text layer says {claim}, the glyph does not look like it", False)
    return None


def judge_unseen(expected: str) -> Verdict:
    """Return a verdict on a glyph that has no text in the text layer and cannot be drawn."""
    if expected:
        return Verdict(expected, f"the text layer has no text for the glyph, its name stands for {expected}")
    return Verdict(UNKNOWN_CHARACTER, "the text layer has no text for the glyph, and it cannot be drawn", False)


def _judge_unsaid(shape: Shape, sign: str, expected: str) -> Verdict:
    if expected and likeness(shape, expected) >= _AGREEING_LIKENESS:
        why = f"the text layer has no text for the glyph, its name or number and its shape stand for {expected}"
        return Verdict(expected, why)
    if sign:
        return Verdict(sign, f"the text layer has no text for the glyph, which shows {sign}")
    return Verdict(UNKNOWN_CHARACTER, "the text layer has no text for the glyph, and its shape is unknown", False)


def _proved_sign(shape: Shape, claim: str = "") -> str:
    """The only sign that a glyph can show; "" if that is not sure or the text layer may be right."""
    (first, sign), (second, _) = [*likest_signs(shape, _SURE_LIKENESS), (0.0, ""), (0.0, "")][:2]
    if first < _SURE_LIKENESS or claim == sign or {claim, sign} == _TWO_BARS:
        return ""
    if sign == "−":
        return sign if _is_minus(shape) and claim not in [*_DASHES] else ""
    if (
        first - second < _OTHER_SIGN_LIKENESS
        or (claim.isalnum() and sign in _NEVER_FOR_LETTERS)
        or not _refutes(first, shape, claim)
    ):
        return ""
    return "·" if sign == "•" and _is_dot(shape) else sign


def _refutes(value: float, shape: Shape, claim: str) -> bool:
    """Whether a shape, with its likeness to a sign, is clearly less like the character of the text layer."""
    return not claim or bool(shapes_of(claim) and value - likeness(shape, claim) >= _REFUTED_LIKENESS)


def _is_minus(shape: Shape) -> bool:
    flat = shape.flatness > _MINUS_FLATNESS_RATIO
    wide = _MINUS_LEAST_WIDTH_EM < shape.right - shape.left < _MINUS_MOST_WIDTH_EM
    return flat and wide and _MINUS_LEAST_HEIGHT_EM < shape.middle < _MINUS_MOST_HEIGHT_EM


def _is_dot(shape: Shape) -> bool:
    return shape.top - shape.bottom < _DOT_EM


def _is_digit(shape: Shape, claim: str) -> bool:
    """Whether a glyph may show the digit of the text layer: it is hardly more like another digit, in any width."""
    if likeness(shape, claim) >= _AGREEING_LIKENESS:
        return True
    value = likeness(shape, claim, FACE_WIDTHS)
    return value >= max(
        _DIGIT_LIKENESS, max(likeness(shape, digit, FACE_WIDTHS) for digit in _DIGITS) - _OTHER_DIGIT_LIKENESS
    )


def _letter_or_digit(shape: Shape, claim: str) -> str:
    """The letter or digit that a glyph shows rather than the sign of the text layer; "" if it may show the sign."""
    most = 1 - _OTHER_LETTER_LIKENESS  # no likeness is above 1
    own = likeness(shape, claim)
    if own > most:
        return ""
    value, other = max((likeness(shape, text), text) for text in ascii_letters + _DIGITS)
    return other if value >= _LETTER_LIKENESS and value - own >= _OTHER_LETTER_LIKENESS else ""
