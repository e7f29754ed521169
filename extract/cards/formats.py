"""Composite cells ("12 (23.5)", "0.31 (0.16–0.61)", "12 (16.7) /5 (6.9)") split into fields; values stay text.

A format names the fields of a printed column, with brackets, "–" for any sign between the limits of an interval, "/"
for itself, and "…" at the end where one cell lists several of these:

    n (percent)      hazard_ratio (ci_low–ci_high)      subtype (n/total) …

Printed brackets are round or square; a cell may lack the bracket and its contents. Numeric fields hold a number or a
sign of absence (NA); their digits are kept, their minus becomes "-" and their decimal point ".".
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from extract.errors import CardError, DoubletakeError
from schemas.base.printed import BOUNDS, is_printed

MOST_LETTERS = 1000  # of a cell with several fields of words: where one ends is tried at each letter
MOST_SHOWN_LETTERS = 60  # of such a cell, in a message
_MINUS = "-−–"
_WHOLE = r"(?:[1-9]\d{0,2}(?:[,\u2009\u202f]\d{3})+(?!\d)|\d+)"
_NUMBER = rf"(?:[<>≤≥=]\s*)?[{_MINUS}]?(?:{_WHOLE}(?:[.·]\d+)?|[.·]\d+)\s*%?"
_WORDS = r"not (?:available|reached|reported|estimable|applicable)|reference|ref\.?"
# The Greek capitals Nu and Alpha pass for Latin ones (kokkali2025 Table 3).
_ABSENT = rf"(?i:[NΝ]\.?/?[AΑ]\.?|N[REDC]|{_WORDS})|[-−–—]+|\.{{1,3}}|…"
_INTERVAL = r"\s*(?:[-−–—,;]|to)\s*"
_TOKEN = re.compile(r"\s*([a-z][a-z0-9_]*|[()/–])")
_LITERAL = {"(": r"\s*[(\[]\s*", ")": r"\s*[)\]]", "–": _INTERVAL, "/": r"\s*/\s*"}


class CellError(DoubletakeError):
    """A cell that does not follow a format of its column."""


@dataclass(frozen=True)
class CellPart:
    """One part of a cell: field -> text ("" where nothing is printed), field -> printed sign of absence."""

    values: dict[str, str]
    absent: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """A compiled cell format. `repeated`: a cell lists any number of parts."""

    text: str
    fields: tuple[str, ...]
    numeric: frozenset[str]
    repeated: bool
    pattern: re.Pattern[str]


def compile_format(text: str, numeric: Collection[str]) -> Format:
    """Compile a format; `numeric` names the fields that hold numbers. CardError where `text` is not a format."""
    text = " ".join(text.split())
    repeated = text.endswith("…")
    tokens = _tokens(text.removesuffix("…").rstrip())
    fields = tuple(token for token in tokens if token not in _LITERAL)
    if not fields or len(set(fields)) < len(fields):
        raise CardError(f"format '{text}': names no field, or one field twice")
    pattern = "".join(_LITERAL.get(token) or _field_pattern(token, numeric, repeated) for token in tokens)
    if not repeated:
        pattern = _optional_brackets(pattern)
    return Format(text, fields, frozenset(numeric) & set(fields), repeated, re.compile(pattern))


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        if not (match := _TOKEN.match(text, at)):
            raise CardError(f"format '{text}': '{text[at:].strip()}' is not a field, a bracket, '–' or '/'")
        tokens.append(match[1])
        at = match.end()
    depths = list(accumulate((token == "(") - (token == ")") for token in tokens))
    if depths and (depths[-1] or min(depths) < 0):
        raise CardError(f"format '{text}': a bracket is not {'closed' if depths[-1] > 0 else 'opened'}")
    return tokens


def _field_pattern(name: str, numeric: Collection[str], repeated: bool) -> str:
    if name in numeric:
        return rf"(?P<{name}>{_NUMBER}|{_ABSENT})"
    return rf"(?P<{name}>[^()\[\]]+?)" if repeated else rf"(?P<{name}>.+?)"


def _optional_brackets(pattern: str) -> str:
    return pattern.replace(_LITERAL["("], "(?:" + _LITERAL["("]).replace(_LITERAL[")"], _LITERAL[")"] + ")?")


def parse_cell(text: str, form: Format) -> tuple[CellPart, ...]:
    """Return the parts of a cell: one; several for a list, or for "a /b" where a and b follow the format; none for a
    list that is blank or NA. CellError where the cell does not follow the format or a digit would be lost."""
    text = " ".join(text.split())
    if len(text) > MOST_LETTERS and len(form.fields) - len(form.numeric) > 1:
        raise CellError(f"'{text[:MOST_SHOWN_LETTERS]}...' has {len(text)} letters, too many for '{form.text}'")
    parts = _listed(text, form) if form.repeated else _parts(text, form)
    if parts is None:
        raise CellError(f"'{text}' does not read as '{form.text}'")
    if no_number := [
        part.values[name] for part in parts for name in form.numeric if not _is_numeric(part.values[name])
    ]:
        raise CellError(f"'{text}' read as '{form.text}': expected {BOUNDS}, found '{no_number[0]}'")
    if not digits_conserved(text, parts):
        raise CellError(f"'{text}' read as '{form.text}' loses or doubles a digit")
    return parts


def _parts(text: str, form: Format) -> tuple[CellPart, ...] | None:
    if not text:
        return (CellPart(dict.fromkeys(form.fields, "")),)
    if match := form.pattern.fullmatch(text):
        return (_part(match, form),)
    matches = [form.pattern.fullmatch(piece) for piece in split_slashes(text)]
    found = tuple(_part(match, form) for match in matches if match)
    return found if len(found) == len(matches) else None


def _listed(text: str, form: Format) -> tuple[CellPart, ...] | None:
    if not text or re.fullmatch(_ABSENT, text):
        return ()
    found, at = [], 0
    while at < len(text):
        if not (match := form.pattern.match(text, at)):
            return None
        found.append(_part(match, form))
        at = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" ,;"))
    return tuple(found)


def _part(match: re.Match[str], form: Format) -> CellPart:
    printed = {name: (text or "").strip() for name, text in match.groupdict().items()}
    absent = {name: sign for name, sign in printed.items() if name in form.numeric and re.fullmatch(_ABSENT, sign)}
    values = {name: plain_number(text) if name in form.numeric else text for name, text in printed.items()}
    return CellPart(values | dict.fromkeys(absent, ""), absent)


def split_slashes(text: str) -> list[str]:
    """Split text at slashes outside brackets; drop "of which" after a slash, which only announces a part."""
    closes, cuts = False, [len(text)]  # from the end: whether a bracket is closed before another is opened
    for mark in reversed(list(re.finditer(r"[/()\[\]]", text))):
        if mark[0] != "/":
            closes = mark[0] in ")]"
        elif not closes:
            cuts.append(mark.start())
    pieces = [text[before + 1 : at] for before, at in pairwise([-1, *reversed(cuts)])]
    return [re.sub(r"^of which\s+", "", piece.strip()) for piece in pieces]


def plain_number(text: str) -> str:
    """Return a printed number with ASCII minus and "." as decimal point, without spaces, "%" and "="."""
    text = re.sub(r"[\s=%]", "", text)
    return re.sub(rf"[{_MINUS}]", "-", text).replace("·", ".")


def _is_numeric(value: str) -> bool:
    return not value or is_printed(value)


def _digits(text: str) -> str:
    """The digits of a text, in order."""
    return "".join(re.findall(r"\d", text))


def digits_conserved(printed: str, parts: Iterable[CellPart]) -> bool:
    """Whether every digit of a printed cell comes out exactly once, in its order."""
    return _digits(printed) == "".join(_digits(text) for part in parts for text in part.values.values())
