"""Atoms put together to figures: a value takes its count, total, interval, spread and P value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from extract.claims.figures.figures import FOLD, Figure, begun, ends, p_value, plain_or_blank, tested
from extract.claims.figures.lexicon import find_mentions
from extract.claims.figures.numerals import plain
from extract.claims.figures.tokens import Atom, find_atoms
from extract.claims.figures.units import PER, unit_behind

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
_PER = re.compile(rf"\b{PER}")
_SIZE_BEHIND = re.compile(r"\s*(?:%|[A-Za-zµ][\w/.^-]*\s*){0,2}[\s)\]]*[;,]?\s*[(\[]?\s*")  # "(2.2 to 5); n = 22"
_BEHIND_FOLD = re.compile(
    r"(?:\s+[A-Za-z][\w/'-]*(?:\s\d+(?![\d.%]))?){0,8}\s*[(\[]\s*|\s*,\s*"
)  # "higher for type 2 ("
_ABBREVIATION = re.compile(r"\b([A-Z][A-Za-z]*[A-Z])\s$")
_CENTER = re.compile(r"\b(?:[Mm]edians?|[Mm]eans?|average)\b")
_SPREADS = re.compile(r"\b(?:SDs?|standard deviations?|SEM?s?|standard errors?)\b", re.IGNORECASE)
CLAUSE = re.compile(r";|\.\s|\b(?:while|whereas|but|although)\b|, and\b")
MOST_WORDS_TO_P = 20


def join_atoms(sentence: str) -> list[Figure]:
    """The figures of a sentence with plain signs, those among them that may be mere labels."""
    figures: list[Figure] = []
    for atom in find_atoms(sentence):
        if (shared := _of_share(figures[-2:], atom, sentence)) is not None:
            figures[-2:] = [shared]
            continue
        last = figures[-1] if figures else None
        joined = _joined(last, atom, sentence) if last else None
        if joined is not None:
            figures[-1] = joined
        elif (new := begun(atom, sentence)) is not None:
            figures.append(new)
    return figures


def _joined(last: Figure, atom: Atom, sentence: str) -> Figure | None:
    """The last figure with the atom as a part of it; None where it is none."""
    gap = sentence[last.end : atom.start]
    known = _JOINS.get(atom.kind)
    changes = known(last, atom, _PER.sub("", _EXPONENT.sub("", gap)), sentence) if known else None
    return replace(last, end=atom.end, **changes) if changes else None


def _of_share(figures: Sequence[Figure], atom: Atom, sentence: str) -> Figure | None:
    """A share with the percentage behind it, where only what is known already stands between them: "for 9 of the 12
    women in the 3 clinics (75%)"; None elsewhere."""
    if atom.kind != "percent" or len(figures) < 2 or not (figures[0].kind == "count" and figures[0].total):
        return None
    share, known = figures
    between, gap = sentence[share.end : known.start], sentence[known.until : atom.start]
    restated = known.is_counted and re.fullmatch(
        rf"{_WORDS}{{0,4}}\s+(?:in|at|from|of|among)\s+(?:the|all|these|our)\s+", between
    )
    if not restated or not re.fullmatch(rf"{_WORDS}{{0,4}}{_OPEN}", gap):
        return None
    return replace(
        share, kind="percent", value=plain(atom.parts["value"]), unit="%", until=atom.end, end=atom.end, notes=""
    )


Changes = dict[str, Any] | None


def _join_p(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    if last.p or last.kind == "date" or len(gap.split()) > MOST_WORDS_TO_P:
        return None
    if (of := tested(atom)) and not (of == "heterogeneity" and last.kind == "i2"):
        return None
    touching = not re.search(r"\w", gap)
    lone_count = last.is_counted and not (last.total or last.has_interval or unit_behind(sentence, last.until)[0])
    if not touching and (CLAUSE.search(gap) or lone_count or last.kind == "p"):
        return None
    return None if last.kind == "p" else {"p": p_value(atom), "p_at": atom.start}


def _is_name(last: Figure, atom: Atom, sentence: str) -> bool:
    """Whether a whole number behind an abbreviation that is no measure is a part of it, as the interval behind it is
    not around the number: "XYZ 16 (2.2-14.5)"."""
    word = _ABBREVIATION.search(sentence, 0, last.start)
    if word is None or last.kind != "number" or not last.value.isdecimal() or find_mentions(word[1]):
        return False
    low, high = (float(end.replace(",", "")) for end in ends(atom))
    return not low <= float(last.value) <= high


def _join_i2(last: Figure, atom: Atom, gap: str, _: str) -> Changes:
    """The I² behind the P value of heterogeneity."""
    if last.kind != "p" or last.noun != "heterogeneity" or re.search(r"\w", gap):
        return None
    value = plain(atom.parts["value"])
    return {"kind": "i2", "value": value, "unit": "%", "noun": "", "start": atom.start, "until": atom.end}


def _join_interval(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    near = _CLOSE_TO.fullmatch(gap) or (last.unit in FOLD and _BEHIND_FOLD.fullmatch(gap))
    if last.kind in ("date", "p", "range") or last.has_interval or not near or _is_name(last, atom, sentence):
        return None
    low, high = ends(atom)
    if atom.kind == "ci":
        return {"ci_low": low, "ci_high": high}
    notes = "low:IQR" if atom.kind == "iqr" else last.notes
    return {"low": low, "high": high, "notes": notes}


def _join_bare(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    near = _BARE.fullmatch(gap) or (last.unit in FOLD and _BEHIND_FOLD.fullmatch(gap))
    if last.kind not in ("percent", "number") or last.has_interval or not near or _is_name(last, atom, sentence):
        return None
    if last.notes and not _CENTER.search(sentence[: last.start]):
        return None  # "eight school terms (19-24 months)"
    low, high = ends(atom)
    return {"low": low, "high": high, "bare": True}


def _join_sd(last: Figure, atom: Atom, gap: str, sentence: str) -> Changes:
    if last.kind not in ("percent", "number") or last.sd or not _CLOSE_TO.fullmatch(gap):
        return None
    notes = "sd:SE" if "error" in atom.parts else spread_note(sentence[: atom.start]) or last.notes
    return {"sd": plain(atom.parts["sd"]), "notes": notes}


def spread_note(before: str) -> str:
    """A note that the spread of a mean is its standard error, where the words before it say so last."""
    named = _SPREADS.findall(before)
    return "sd:SE" if named and named[-1].casefold().startswith(("se", "standard e")) else ""


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
    if last.kind == "number" and (last.has_interval or last.sd) and not last.n:
        of_group = atom.kind == "count" and "total" not in atom.parts and _SIZE_BEHIND.fullmatch(gap)
        return {"n": plain(atom.parts["value"])} if of_group else None
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
        return {"sd": plain(printed), "notes": spread_note(sentence[: last.start])}
    if last.is_counted and not last.unit and not last.n and float(printed) <= 100:
        return {"kind": "percent", "value": plain(printed), "unit": "%", "n": last.value, "notes": ""}
    return None


_JOINS: dict[str, Callable[[Figure, Atom, str, str], Changes]] = {
    "p": _join_p,
    "i2": _join_i2,
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
