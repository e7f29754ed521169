"""Signs of print in one form each, replaced character by character, so that places in a text stay valid."""

import re
from collections.abc import Iterable
from unicodedata import decimal

_DASHES = dict.fromkeys("⁓‐‑‒–—−﹣－", "-")
_SPACES = dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\n", " ")
_SIGNS = {
    "·": ".",
    "∙": ".",
    "⋅": ".",
    "⩾": "≥",
    "≧": "≥",
    "⩽": "≤",
    "≦": "≤",
    "％": "%",
    "∼": "~",
    "≈": "~",
    "［": "[",
}
_QUOTES = {"’": "'", "‘": "'", "＜": "<", "＞": ">", "＝": "=", "²": "2"}
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")  # of another script, or a mathematical letter: "４", "𝟙"
_PLAIN = str.maketrans({**_DASHES, **_SPACES, **_SIGNS, **_QUOTES})
# A minus apart from its number: a true minus sign between a word, a bracket or a sign and the number, or another dash
# where nothing can be subtracted ("= - 4.46", "(- 7.10 to - 1.82)", "− 7.10, − 1.82")
_LOOSE_MINUS = re.compile(
    r"(?<=[A-Za-z(\[,;:=<>≥≤] )−(\s)(?=[\d.])|(?<=[(\[,;:=<>≥≤])−(\s)(?=[\d.])"
    r"|(?<=[(\[=])[-–](\s)(?=\d)|(?<=[=(\[] )[-–](\s)(?=\d)|(?<=\bto )[-–](\s)(?=\d)"
)
_DIGITS = r"(?<![\w.,])\d+"
_NO_MORE_DIGITS = r"(?![,.]?\d)(?!\w)"
# 0,72 is no thousand; in lists such as "scores 0,1,2" a comma follows
_LEADING_ZERO = re.compile(rf"(?<![\w.,])0,(?=\d\d+{_NO_MORE_DIGITS})")
_SHARE_OR_TIME = re.compile(
    rf"{_DIGITS},\d\d?(?=\s?(?:%|years?\b|months?\b|weeks?\b|days?\b|mg\b|kg\b|mm\b|cm\b|points\b)){_NO_MORE_DIGITS}"
)
_COMMA = re.compile(rf"(?<![\w.,])(\d+),(?=\d{{1,2}}{_NO_MORE_DIGITS})|(?<![\w.,])(0),(?=\d+{_NO_MORE_DIGITS})")
_THOUSAND = re.compile(rf"(?<![\w.,])([1-9]\d{{0,2}})\.(?=\d{{3}}{_NO_MORE_DIGITS}(?!\s?%))")
_POINT = re.compile(r"(?<![\w.,])\d+[.·]\d\d?(?![\d.]|\w)")
_LEAST_COMMAS = 2  # numbers that can only have a decimal comma, before a paper is taken to write decimal commas


def normalize_signs(text: str, *, decimal_commas: bool = False) -> str:
    """Return the text with ASCII digits, dashes and spaces, one sign for each comparison, each minus at its number and
    decimal points; its length stays the same. `decimal_commas`: the paper writes 14,2 for 14.2 and 1.204 for 1204."""
    text = _OTHER_DIGIT.sub(lambda match: str(decimal(match[0])), text)
    text = _LOOSE_MINUS.sub(" -", text).translate(_PLAIN)
    if decimal_commas:
        text = _COMMA.sub(lambda match: f"{match[1] or match[2]}.", _THOUSAND.sub(r"\1,", text))
    return _LEADING_ZERO.sub("0.", text)


def writes_decimal_commas(texts: Iterable[str]) -> bool:
    """Whether a paper writes decimal commas: several numbers cannot be read otherwise, more than have a point."""
    commas = points = 0
    for text in texts:
        plain = text.translate(_PLAIN)
        commas += len(_LEADING_ZERO.findall(plain)) + len(_SHARE_OR_TIME.findall(plain))
        points += len(_POINT.findall(plain))
    return commas >= _LEAST_COMMAS and commas > points
