"""Atoms put together to figures: a value with its count, total, interval, spread and P value."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from extract.claims.atoms import Atom, find_atoms
from extract.claims.numerals import plain, share
from extract.claims.units import unit_behind

_OPEN = r"\s*[(\[]\s*"
_WORDS = r"(?:\s+(?!(?:and|but|while|whereas|versus|vs|than|with|in|was|were)\b)[A-Za-z+][\w/'+.-]*)"
_CLOSE_TO = re.compile(
    r"\s*(?:%|[A-Za-zµ][\w/.^-]*\s*){0,3}[\s,;:=()\[\]]*(?:(?:with|and|an?|the|its|corresponding|ratio|estimate)\s+)*[\s,;:(\[]*"
)
_PERCENT_OF_COUNT = re.compile(rf"{_WORDS}{{0,6}}{_OPEN}|\s*[,;=:]\s*|{_WORDS}{{0,4}},?\s+(?:or|i\.e\.,?)\s+")
_COUNT_OF_PERCENT = re.compile(rf"(?:\s+of)?{_WORDS}{{0,5}}{_OPEN}|\s*[,;]\s*|{_OPEN}or\s+")
_TOTAL_OF_PERCENT = re.compile(r"\s+(?:\w+\s+){0,2}of\s+(?:the|all|our|these|those|a\s+total\s+of)?\s*")
_BARE = re.compile(rf"\s*(?:[A-Za-zµ%][\w/.^-]*\s*){{0,2}}{_OPEN}")
_EXPONENT = re.compile(r"(?<=[A-Za-z])\s?-\s?[123]\b")
CLAUSE = re.compile(r";|\.\s|\b(?:while|whereas|but|although)\b|, and\b")
_AROUND = (
    ("~", r"about|approximately|almost|nearly|around|roughly|close to|some|circa|just under|just over|~"),
    ("≥", r"at least|no (?:fewer|less) than|a minimum of|≥|>=|not less than"),
    ("≤", r"at most|up to|no more than|a maximum of|≤|<="),
    (">", r"more than|(?<=[a-z] )over|exceed(?:ing|ed|s)|greater than|higher than|above|beyond|>"),
    ("<", r"less than|below|fewer than|under|lower than|<"),
)
_COMPARATORS = tuple(
    (sign, re.compile(rf"(?:(?<!\w)(?:{words}))\s*(?:of\s+|by\s+)?$", re.IGNORECASE)) for sign, words in _AROUND
)
MOST_WORDS_TO_P = 20


@dataclass(frozen=True)
class Figure:
    """A value from `start` to `end` of a sentence. `kind`: percent, number, count, i2, absent, date, range (no value),
    p (nothing but it). `bare`: its interval is not said to be of any kind. `noun`: what is counted."""

    kind: str
    start: int
    end: int
    value: str = ""
    unit: str = ""
    comparator: str = "="
    n: str = ""
    total: str = ""
    low: str = ""
    high: str = ""
    sd: str = ""
    ci_low: str = ""
    ci_high: str = ""
    p: str = ""
    bare: bool = False
    noun: str = ""
    until: int = 0  # where the value itself ends
    p_at: int = 0  # where the P value begins
    notes: str = ""  # "value:two" for a number in words, "low:IQR" for an interquartile range

    @property
    def is_counted(self) -> bool:
        return self.kind == "count" or (self.kind == "number" and self.value.isdecimal())

    @property
    def has_interval(self) -> bool:
        return bool(self.low or self.ci_low)


def join_atoms(sentence: str) -> list[Figure]:
    """The figures of a sentence with plain signs, those among them that may be mere labels."""
    figures: list[Figure] = []
    for atom in find_atoms(sentence):
        last = figures[-1] if figures else None
        joined = _joined(last, atom, sentence) if last else None
        if joined is not None:
            figures[-1] = joined
        elif (new := _begun(atom, sentence)) is not None:
            figures.append(new)
    return figures


def _joined(last: Figure, atom: Atom, sentence: str) -> Figure | None:
    """The last figure with the atom as a part of it; None where it is none."""
    gap = sentence[last.end : atom.start]
    known = _JOINS.get(atom.kind)
    changes = known(last, atom, _EXPONENT.sub("", gap), sentence) if known else None
    return replace(last, end=atom.end, **changes) if changes else None


Changes = dict[str, Any] | None


def _join_p(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    if last.p or last.kind == "date" or len(gap.split()) > MOST_WORDS_TO_P:
        return None
    touching = not re.search(r"\w", gap)
    lone_count = last.is_counted and not (last.total or last.has_interval or unit_behind(sentence, last.until)[0])
    if not touching and (CLAUSE.search(gap) or lone_count or last.kind == "p"):
        return None
    return None if last.kind == "p" else {"p": p_value(atom), "p_at": atom.start}


def p_value(atom: Atom) -> str:
    sign = atom.parts.get("sign", "=")
    number = plain(atom.parts["p"])
    return {"=": "", "¼": "", "~": ""}.get(sign, {",": "<", "o": "<", "$": "≥"}.get(sign, sign)) + number


def _join_interval(last: Figure, atom: Atom, gap: str, _: str) -> Changes:
    if last.kind in ("date", "p", "range") or last.has_interval or not _CLOSE_TO.fullmatch(gap):
        return None
    low, high = ends(atom)
    if atom.kind == "ci":
        return {"ci_low": low, "ci_high": high}
    notes = "low:IQR" if atom.kind == "iqr" else last.notes
    return {"low": low, "high": high, "notes": notes}


def _join_bare(last: Figure, atom: Atom, gap: str, _: str) -> Changes:
    if last.kind not in ("percent", "number") or last.has_interval or not _BARE.fullmatch(gap):
        return None
    low, high = ends(atom)
    return {"low": low, "high": high, "bare": True}


def _join_sd(last: Figure, atom: Atom, gap: str, _: str) -> Changes:
    fits = last.kind in ("percent", "number") and not last.sd and _CLOSE_TO.fullmatch(gap)
    return {"sd": plain(atom.parts["sd"])} if fits else None


def _join_percent(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    if not last.is_counted or last.unit or last.has_interval or last.sd or not _PERCENT_OF_COUNT.fullmatch(gap):
        return None
    if unit_behind(sentence, last.until)[0]:
        return None
    in_list = "(" not in gap and "[" not in gap and "or" not in gap.split()
    if in_list and not (last.total or last.kind == "count"):
        return None
    value = {"kind": "percent", "value": plain(atom.parts["value"]), "unit": "%", "until": atom.end}
    return {**value, "n": last.n or last.value, "notes": ""}


def _join_count(last: Figure, atom: Atom, gap: str, _: str) -> Changes:
    if last.kind != "percent" or last.n or not _COUNT_OF_PERCENT.fullmatch(gap):
        return None
    return {"n": plain(atom.parts.get("n") or atom.parts["value"]), "total": plain_or_blank(atom.parts.get("total"))}


def _join_number(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    printed, behind = atom.parts["value"], sentence[atom.end :]
    if last.kind == "percent" and not last.n and not last.total and plain(printed).isdecimal():
        if re.fullmatch(_OPEN, gap) and re.match(rf"{_WORDS}{{0,4}}\s*[)\],]", behind):
            return {"n": plain(printed)}
        if _TOTAL_OF_PERCENT.fullmatch(gap) and not re.match(r"\s*(?:%|months?|years?|weeks?)", behind):
            return {"total": plain(printed)}
    if re.fullmatch(_OPEN, gap) and re.match(r"\s*[)\]]", behind) and "." in printed and not last.has_interval:
        return _bracketed(last, printed, sentence)
    return None


def _bracketed(last: Figure, printed: str, sentence: str) -> Changes:
    """A decimal alone in brackets behind a number: a standard deviation behind a mean, else a count's percentage."""
    if last.kind == "number" and re.search(r"\b(?:[Mm]eans?|SD)\b|±", sentence[: last.start]):
        return {"sd": plain(printed)}
    if last.is_counted and not last.unit and not last.n and float(printed) <= 100:
        return {"kind": "percent", "value": plain(printed), "unit": "%", "n": last.value, "notes": ""}
    return None


_JOINS: dict[str, Callable[[Figure, Atom, str, str], Changes]] = {
    "p": _join_p,
    "ci": _join_interval,
    "range": _join_interval,
    "iqr": _join_interval,
    "interval": _join_bare,
    "sd": _join_sd,
    "percent": _join_percent,
    "count": _join_count,
    "share": _join_count,
    "number": _join_number,
}


def _begun(atom: Atom, sentence: str) -> Figure | None:
    """The figure that an atom begins; None for a spread that belongs to nothing."""
    parts, before = atom.parts, sentence[max(0, atom.start - 40) : atom.start]
    new = Figure(atom.kind, atom.start, atom.end, until=atom.end, comparator=comparator(before))
    match atom.kind:
        case "p":
            return replace(new, value=p_value(atom), p=p_value(atom), p_at=atom.start)
        case "ci":
            low, high = ends(atom)
            return replace(new, kind="range", ci_low=low, ci_high=high)
        case "range" | "iqr" | "interval":
            low, high = ends(atom)
            unit = "%" if "percent" in parts or "of_percent" in parts else unit_behind(sentence, atom.end)[0]
            return replace(new, kind="range", low=low, high=high, unit=unit, bare=atom.kind == "interval")
        case "sd":
            return None
        case "share":
            n = plain(parts["n"])
            if "noun" not in parts and int(n) > int(parts["total"]):
                return None  # a number of approval, say
            total, notes = plain(parts["total"]), worded(parts["n"])
            return replace(new, kind="count", value=n, n=n, total=total, noun="patients", notes=notes)
        case "count":
            noun = "studies" if sentence[atom.start] == "k" else "patients"
            total = plain_or_blank(parts.get("total"))
            return replace(new, value=plain(parts["value"]), n=plain(parts["value"]), total=total, noun=noun)
        case "fraction":
            return replace(new, kind="percent", value=share(parts["share"]), unit="%", notes=worded(parts["share"]))
        case "none":
            return replace(new, kind="count", value="0", n="0", notes=worded(parts["value"]))
        case "date":
            return replace(new, value=parts["date"], unit="date", comparator="=")
        case "absent":
            return replace(new, value=parts["value"])
    return replace(
        new,
        value=plain(parts["value"]),
        unit="%" if atom.kind in ("percent", "i2") else "",
        notes=worded(parts["value"]),
    )


def ends(atom: Atom) -> tuple[str, str]:
    return plain(atom.parts["low"]), plain(atom.parts["high"])


def plain_or_blank(printed: str | None) -> str:
    return plain(printed) if printed else ""


def worded(printed: str) -> str:
    """A note of the word in which a number is printed."""
    return f"value:{printed.lower()}" if printed[:1].isalpha() else ""


def comparator(before: str) -> str:
    """The sign for the words that stand directly before a value: "almost" is ~."""
    return next((sign for sign, words in _COMPARATORS if words.search(before)), "=")
