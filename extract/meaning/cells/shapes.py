"""The numbers of a printed cell, and the shape in which they stand: "12/51 (23.5%)" has the shape "N/N(N%)".

A shape is written with N for a number, p for a P value, "~" for a range ("to", ";", "," or a dash between two numbers),
"±", "(", ")", "/", "%" and "w" for words. Square brackets are round, and spaces do not count. A number of more digits
than anyone prints is a word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.base.printed import is_printed

MINUS = "-−–‐‑"
_SIGN = rf"[{MINUS}+]\s?"
_THOUSANDS = r"[1-9]\d{0,2}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?!\d)(?:[.·]\d+)?"
_POINTED = r"\d+\s?[.·]\s?\d+|\d+|[.·]\d+"  # "2. 54": a space that the typesetter left behind the point
_COMMA = r"\d+,\d+"
_COMPARATOR = r"[<>≤≥]=?\s?"
_P = re.compile(r"[Pp](?:[-\s]?values?)?\s*(?=[=<>≤≥])=?\s*")
_RANGE = re.compile(rf"\s*(?:to\b|[{MINUS}—]|[,;])\s*")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/[-−–]|\+[-−–])\s*")
_OUT_OF = re.compile(r"\s*(?:out\s+)?of\s+(?=\d)")
_TRAILING_MARKS = re.compile(r"(?<=[\d)%\]])\s*[*†‡§¶#^]+$")
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[-'’./])*|[^\s\w]|_")
_COMPARATORS = {"≤": "<=", "≥": ">="}
NOT_AVAILABLE = re.compile(
    r"(?i:n\.?/?a\.?|n\.?[srdec]\.?|n\.?s\.?|ref(?:erence|\.)?|not (?:available|reached|reported|estimable|applicable|"
    rf"significant|done)|nil|none)|[{MINUS}—]+|\.{{1,3}}|…|\*+"
)
"""A cell without a number that says there is none."""


@dataclass(frozen=True)
class ShapedCell:
    """A cell taken apart. `text`: as printed, with round brackets; `shape`: see the module; `numbers`: its numbers from
    left to right, in the form of our CSVs; `words`: the words between them; `absent`: the sign of a cell that says that
    no value is available."""

    shape: str
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    absent: str = ""
    text: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether the cell is numbers and signs only, words of statistics apart."""
        return bool(self.numbers) and "w" not in self.shape

    @property
    def count(self) -> int | None:
        """The first number, if it is a whole one without a sign."""
        digits = self.numbers[0].replace(",", "") if self.numbers else ""
        return int(digits) if digits.isdecimal() else None


@lru_cache(maxsize=65536)
def cell_shape(text: str, decimal_comma: bool = False) -> ShapedCell:
    """Return the shape of a printed cell. `decimal_comma`: a comma between digits is a decimal point, never between
    thousands."""
    text = _TRAILING_MARKS.sub("", " ".join(text.split()).replace("[", "(").replace("]", ")"))
    if not text or NOT_AVAILABLE.fullmatch(text):
        return ShapedCell("", absent=text, text=text)
    shape, numbers, words, at = "", list[str](), list[str](), 0
    pattern = _number_pattern(decimal_comma)
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece, at = _next_piece(text, at, shape, pattern)
        shape += piece[0]
        numbers += [piece[1]] if piece[0] == "N" else []
        words += [piece[1]] if piece[0] == "w" else []
    return ShapedCell(re.sub("w+", "w", shape), tuple(numbers), tuple(words), text=text)


def _next_piece(text: str, at: int, before: str, number: re.Pattern[str]) -> tuple[tuple[str, str], int]:
    """The sign of the shape that begins at `at`, with its text, and where it ends. `before`: the shape up to there."""
    behind_number = before.endswith(("N", "%"))
    if match := _P.match(text, at):
        return ("p", ""), match.end()
    if match := _PLUS_MINUS.match(text, at):
        return ("±", ""), match.end()
    if behind_number and (match := _RANGE.match(text, at)) and number.match(text, match.end()):
        return ("~", ""), match.end()
    if behind_number and (match := _OUT_OF.match(text, at)):
        return ("/", ""), match.end()
    if match := number.match(text, at):
        printed = csv_number(match[0], match["comma"] is not None)
        return ("N", printed) if is_printed(printed) else ("w", match[0]), match.end()
    if text[at] in "()/%":
        return (text[at], ""), at + 1
    if text[at] in ",;:=":
        return ("", ""), at + 1
    match = _WORDS.match(text, at)
    return ("w", match[0] if match else text[at]), match.end() if match else at + 1


@lru_cache(maxsize=2)
def _number_pattern(decimal_comma: bool) -> re.Pattern[str]:
    digits = f"(?P<comma>{_COMMA})|{_POINTED}" if decimal_comma else f"{_THOUSANDS}|(?P<comma>0,\\d+)|{_POINTED}"
    return re.compile(rf"(?:(?:{_COMPARATOR})?(?:{_SIGN})?|{_SIGN}{_COMPARATOR})(?:{digits})")


def csv_number(text: str, decimal_comma: bool = False) -> str:
    """Return a printed number in the form of our CSVs: ASCII minus, ".", "," between thousands, no plus sign."""
    compact = re.sub(r"\s", "", re.sub(r"(?<=\d)[\u2009\u202f\u00a0 ](?=\d{3})", ",", text)).replace("·", ".")
    compact = re.sub(f"[{MINUS}]", "-", compact).replace("+", "")
    for sign, ascii_sign in _COMPARATORS.items():
        compact = compact.replace(sign, ascii_sign)
    compact = re.sub(r"^-([<>]=?)", r"\1-", compact)
    return compact.replace(",", ".") if decimal_comma else compact


def decimal_comma_in(texts: list[str]) -> bool:
    """Whether a column prints decimal commas: numbers such as 12,5 or 0,42, and none with a decimal point."""
    joined = " ".join(texts)
    commas = re.findall(r"(?<![\d,.])\d+,(?:\d{1,2}|\d{4,})(?![\d,])", joined)
    return bool(commas) and not re.search(r"\d[.·]\d", joined)
