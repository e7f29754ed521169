"""What a glyph is, judged by its shape against what the text layer says: proved, doubtful, or nothing to object."""

from dataclasses import dataclass

from extract.page.glyphs.references import NARROW, likeness, likest_signs, shapes_of
from extract.page.glyphs.shapes import Shape

SURE = 0.92  # likeness of a glyph to what it is
APART = 0.045  # by how much less it is like any other sign
REFUTED = 0.12  # by how much less it is like what the text layer says
AGREES = 0.88  # likeness that confirms a name or a number
FOREIGN = 0.6  # a digit that is less like itself is none
NEVER_FOR_LETTERS = "*•†‡§¶®©™°√"  # signs that a letter or digit of a narrow or odd face may be like
DASHES = "-−–—‒―‐‑_¯~∼\N{SOFT HYPHEN}"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
DIGITS = "0123456789"
MINUS = (2.5, 0.4, 1.2, 0.1, 0.5)  # times wider than high; least and most width, place above the baseline in ems
DOT = 0.25  # ems: a larger one is a bullet


@dataclass(frozen=True)
class Verdict:
    """`text`: what the glyph is; `evidence`: why; `proved`: whether it may stand for what the text layer says."""

    text: str
    evidence: str
    proved: bool = True


def judge(claim: str, shape: Shape, expected: str = "") -> Verdict | None:
    """`claim`: what the text layer says, "" for nothing; `expected`: then the character that the glyph's name or number
    stands for, if any. None where there is nothing to object."""
    sign = proved_sign(shape, claim)
    if not claim:
        return judge_unsaid(shape, sign, expected)
    if sign:
        return Verdict(sign, f"the text layer says {claim}, the glyph is drawn {sign}")
    if claim in DIGITS and not is_digit(shape, claim):
        return Verdict(claim, f"the text layer says {claim}, the glyph is not drawn so", False)
    return None


def judge_unseen(expected: str) -> Verdict:
    """For a glyph that the text layer says nothing of and that cannot be drawn."""
    if expected:
        return Verdict(expected, f"the text layer says nothing, the glyph has the name of {expected}")
    return Verdict(UNKNOWN, "the text layer says nothing of a glyph, and it cannot be drawn", False)


def judge_unsaid(shape: Shape, sign: str, expected: str) -> Verdict:
    if expected and likeness(shape, expected) >= AGREES:
        why = f"the text layer says nothing, the glyph has the name or number of {expected} and is drawn so"
        return Verdict(expected, why)
    if sign:
        return Verdict(sign, f"the text layer says nothing, the glyph is drawn {sign}")
    return Verdict(UNKNOWN, "the text layer says nothing of a glyph, and its shape is not known", False)


def proved_sign(shape: Shape, claim: str = "") -> str:
    """The sign that a glyph is drawn as and nothing else, "" where that is not sure or the claim may be right."""
    (first, sign), (second, _) = [*likest_signs(shape, SURE), (0.0, ""), (0.0, "")][:2]
    if first < SURE or claim == sign:
        return ""
    if sign == "−":
        return sign if is_minus(shape) and claim not in [*DASHES] else ""
    if first - second < APART or (claim.isalnum() and sign in NEVER_FOR_LETTERS) or not refutes(first, shape, claim):
        return ""
    return "·" if sign == "•" and is_dot(shape) else sign


def refutes(value: float, shape: Shape, claim: str) -> bool:
    """Whether a shape that is so much like a sign is less so like what the text layer says, if that can be known."""
    return not claim or bool(shapes_of(claim) and value - likeness(shape, claim) >= REFUTED)


def is_minus(shape: Shape) -> bool:
    flat, narrow, wide, low, high = MINUS
    return shape.flatness > flat and narrow < shape.right - shape.left < wide and low < shape.middle < high


def is_dot(shape: Shape) -> bool:
    return shape.top - shape.bottom < DOT


def is_digit(shape: Shape, claim: str) -> bool:
    """Whether a glyph is more like the digit that it is said to be than like others, in whatever face."""
    if likeness(shape, claim) >= AGREES:
        return True
    value = likeness(shape, claim, NARROW)
    return value >= max(FOREIGN, max(likeness(shape, digit, NARROW) for digit in DIGITS) - 0.05)
