"""Tokens assembled into figures: a value takes its count, total, interval, spread and P value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from extract.claims.figures.figures import (
    FOLD_UNITS,
    Figure,
    begin_figure,
    hypothesis_tested,
    level_of_interval,
    limits_of_interval,
    number_text_or_blank,
    p_value_of,
)
from extract.claims.figures.lexicon import find_mentions
from extract.claims.figures.numerals import number_text, number_value
from extract.claims.figures.tokens import Token, find_tokens
from extract.claims.figures.units import PER_PERSONS, unit_behind

# Most patterns below are what may stand between two tokens of one figure.
_OPEN = r"\s*[(\[]\s*"
_WORDS = r"(?:\s+(?!(?:and|but|while|whereas|versus|vs|than|with|in|was|were)\b)[A-Za-z+][\w/'+.-]*)"
_LEAD_TO_INTERVAL = re.compile(
    r"\s*+(?:%|[A-Za-zµ][\w/.^-]*+\s*+){0,3}[\s,;:=()\[\]]*+(?:(?:with|and|an?|the|its|corresponding|ratio|estimate)\s+)*[\s,;:(\[]*"
)
_PERCENT_OF_COUNT = re.compile(rf"{_WORDS}{{0,6}}{_OPEN}|\s*[,;=:]\s*|{_WORDS}{{0,4}},?\s+(?:or|i\.e\.,?)\s+")
_COUNT_OF_PERCENT = re.compile(rf"(?:\s+of)?{_WORDS}{{0,5}}{_OPEN}|\s*[,;]\s*|{_OPEN}or\s+")
_TOTAL_OF_PERCENT = re.compile(r"\s+(?:\w+\s+){0,2}of\s+(?:the|all|our|these|those|a\s+total\s+of)?\s*")
_UNIT_BEFORE_BRACKET = re.compile(rf"\s*+(?:[A-Za-zµ%][\w/.^-]*+\s*+){{0,2}}{_OPEN}")
_EXPONENT = re.compile(r"(?<=[A-Za-z])\s?-\s?[123]\b")
_PER = re.compile(rf"\b{PER_PERSONS}")
_SIZE_BEHIND = re.compile(r"\s*+(?:%|[A-Za-zµ][\w/.^-]*+\s*+){0,2}[\s)\]]*+[;,]?\s*+[(\[]?\s*+")  # "(2.2 to 5); n = 22"
# "3.1-fold higher for type 2 (1.4-6.9)"
_BEHIND_FOLD = re.compile(r"(?:\s+[A-Za-z][\w/'-]*(?:\s\d+(?![\d.%]))?){0,8}\s*[(\[]\s*|\s*,\s*")
_ABBREVIATION = re.compile(r"\b([A-Z][A-Za-z]*[A-Z])\s$")
_CENTER = re.compile(r"\b(?:[Mm]edians?|[Mm]eans?|average)\b")
_SPREADS = re.compile(r"\b(?:SDs?|standard deviations?|SEM?s?|standard errors?)\b", re.IGNORECASE)
CLAUSE_BREAK = re.compile(r";|\.\s|\b(?:while|whereas|but|although)\b|, and\b")
_WHOLE_PERCENT = 100
MAX_WORDS_TO_P = 20  # between a value and its P value


def assemble_figures(sentence: str) -> list[Figure]:
    """Return the figures of a sentence with normalized signs, including those that may state nothing."""
    figures: list[Figure] = []
    for token in find_tokens(sentence):
        if (shared := _share_with_percent(figures[-2:], token, sentence)) is not None:
            figures[-2:] = [shared]
            continue
        last = figures[-1] if figures else None
        extended = _extended(last, token, sentence) if last else None
        if extended is not None:
            figures[-1] = extended
        elif (new := begin_figure(token, sentence)) is not None:
            figures.append(new)
    return figures


def _extended(last: Figure, token: Token, sentence: str) -> Figure | None:
    """Return the last figure extended by a token; None if the token is no part of that figure."""
    gap = sentence[last.end : token.start]
    join = _JOIN_BY_KIND.get(token.kind)
    changes = join(last, token, _PER.sub("", _EXPONENT.sub("", gap)), sentence) if join else None
    return replace(last, end=token.end, **changes) if changes else None


def _share_with_percent(figures: Sequence[Figure], token: Token, sentence: str) -> Figure | None:
    """Return a share with the percentage behind it, although a known number stands between them: "for 9 of the 12 women
    in the 3 clinics (75%)"; None elsewhere."""
    if token.kind != "percent" or len(figures) < 2 or not (figures[0].kind == "count" and figures[0].total):
        return None
    share, known = figures
    between, gap = sentence[share.end : known.start], sentence[known.value_end : token.start]
    restated = known.is_counted and re.fullmatch(
        rf"{_WORDS}{{0,4}}\s+(?:in|at|from|of|among)\s+(?:the|all|these|our)\s+", between
    )
    if not restated or not re.fullmatch(rf"{_WORDS}{{0,4}}{_OPEN}", gap):
        return None
    value = number_text(token.parts["value"])
    return replace(share, kind="percent", value=value, unit="%", value_end=token.end, end=token.end, notes="")


# The fields of the last figure that a token changes; None if the token is no part of that figure. Each join gets the
# last figure, the token, the text between both (without exponents and denominators of rates), and the sentence.
_Changes = dict[str, Any] | None


def _join_p(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A figure takes the P value behind it, unless that tests another hypothesis or another clause begins between."""
    if last.p or last.kind == "date" or len(gap.split()) > MAX_WORDS_TO_P:
        return None
    hypothesis = hypothesis_tested(token)
    if hypothesis and not (hypothesis == "heterogeneity" and last.kind == "i2"):
        return None
    touching = not re.search(r"\w", gap)
    lone_count = last.is_counted and not (last.total or last.has_interval or unit_behind(sentence, last.value_end)[0])
    if not touching and (CLAUSE_BREAK.search(gap) or lone_count or last.kind == "p"):
        return None
    return None if last.kind == "p" else {"p": p_value_of(token), "p_start": token.start}


def _is_part_of_name(last: Figure, token: Token, sentence: str) -> bool:
    """Whether a whole number belongs to the name before it: the name is an abbreviation of no measure, and the interval
    behind the number does not include the number, as in "XYZ 16 (2.2-14.5)"."""
    word = _ABBREVIATION.search(sentence, 0, last.start)
    if word is None or last.kind != "number" or not last.value.isdecimal() or find_mentions(word[1]):
        return False
    low, high = map(number_value, limits_of_interval(token))
    return not low <= number_value(last.value) <= high


def _join_i2(last: Figure, token: Token, gap: str, _: str) -> _Changes:
    """An I² takes the P value of heterogeneity before it."""
    if last.kind != "p" or last.noun != "heterogeneity" or re.search(r"\w", gap):
        return None
    value = number_text(token.parts["value"])
    return {"kind": "i2", "value": value, "unit": "%", "noun": "", "start": token.start, "value_end": token.end}


def _join_interval(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A value takes the confidence interval, range or interquartile range close behind it."""
    near = _LEAD_TO_INTERVAL.fullmatch(gap) or (last.unit in FOLD_UNITS and _BEHIND_FOLD.fullmatch(gap))
    if last.kind in ("date", "p", "range") or last.has_interval or not near or _is_part_of_name(last, token, sentence):
        return None
    low, high = limits_of_interval(token)
    if token.kind == "ci":
        return {"ci_low": low, "ci_high": high, "ci_level": level_of_interval(token)}
    notes = "low:IQR" if token.kind == "iqr" else last.notes
    return {"low": low, "high": high, "notes": notes}


def _join_open_interval(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A value takes the only limit of an interval whose other limit is printed as words: "14.2 (95% CI 9.1-NR)"."""
    if last.kind in ("date", "p", "range") or last.has_interval or not _LEAD_TO_INTERVAL.fullmatch(gap):
        return None
    low, high = (number_text_or_blank(token.parts.get(name)) for name in ("low", "high"))
    notes = f"{'ci_low' if high else 'ci_high'}:{token.parts['open']}"
    return {"ci_low": low, "ci_high": high, "ci_level": level_of_interval(token), "notes": notes}


def _join_unlabelled_interval(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A value takes an interval in brackets whose kind the sentence does not name."""
    near = _UNIT_BEFORE_BRACKET.fullmatch(gap) or (last.unit in FOLD_UNITS and _BEHIND_FOLD.fullmatch(gap))
    if last.kind not in ("percent", "number") or last.has_interval or not near:
        return None
    if _is_part_of_name(last, token, sentence):
        return None
    if last.notes and not _CENTER.search(sentence[: last.start]):
        return None  # a number in words: "eight school terms (19-24 months)"
    low, high = limits_of_interval(token)
    return {"low": low, "high": high, "unlabelled": True}


def _join_sd(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A value takes the standard deviation or standard error close behind it."""
    if last.kind not in ("percent", "number") or last.sd or not _LEAD_TO_INTERVAL.fullmatch(gap):
        return None
    notes = "sd:SE" if "error" in token.parts else _spread_note(sentence[: token.start]) or last.notes
    return {"sd": number_text(token.parts["sd"]), "notes": notes}


def _spread_note(before: str) -> str:
    """Return a note that the spread of a mean is its standard error, if the words before it say so last; else ""."""
    named = _SPREADS.findall(before)
    return "sd:SE" if named and named[-1].casefold().startswith(("se", "standard e")) else ""


def _join_percent(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A count becomes the count of the percentage behind it: "12 patients (23.5%)"."""
    if not last.is_counted or last.unit or last.has_interval or last.sd or not _PERCENT_OF_COUNT.fullmatch(gap):
        return None
    if unit_behind(sentence, last.value_end)[0]:
        return None
    in_list = "(" not in gap and "[" not in gap and "or" not in gap.split()
    if in_list and not (last.total or last.kind == "count"):
        return None
    value = {"kind": "percent", "value": number_text(token.parts["value"]), "unit": "%", "value_end": token.end}
    return {**value, "n": last.n or last.value, "notes": ""}


def _join_count(last: Figure, token: Token, gap: str, _: str) -> _Changes:
    """A percentage takes the count behind it, "23.5% (12/51)"; a mean the size of its group, "4 (2 to 5); n = 22"."""
    if last.kind == "number" and (last.has_interval or last.sd) and not last.n:
        of_group = token.kind == "count" and "total" not in token.parts and _SIZE_BEHIND.fullmatch(gap)
        return {"n": number_text(token.parts["value"])} if of_group else None
    if last.kind != "percent" or last.n or not _COUNT_OF_PERCENT.fullmatch(gap):
        return None
    n, total = token.parts.get("n") or token.parts["value"], token.parts.get("total")
    return {"n": number_text(n), "total": number_text_or_blank(total)}


def _join_number(last: Figure, token: Token, gap: str, sentence: str) -> _Changes:
    """A percentage takes a plain number behind it as count, "23.5% (12)", or as total, "23.5% of the 51"."""
    printed, behind = token.parts["value"], sentence[token.end :]
    if last.kind == "percent" and not last.n and not last.total and number_text(printed).isdecimal():
        if re.fullmatch(_OPEN, gap) and re.match(rf"{_WORDS}{{0,4}}\s*[)\],]", behind):
            return {"n": number_text(printed)}
        if _TOTAL_OF_PERCENT.fullmatch(gap) and not re.match(r"\s*(?:%|months?|years?|weeks?)", behind):
            return {"total": number_text(printed)}
    if re.fullmatch(_OPEN, gap) and re.match(r"\s*[)\]]", behind) and "." in printed and not last.has_interval:
        return _join_bracketed_decimal(last, printed, sentence)
    return None


def _join_bracketed_decimal(last: Figure, printed: str, sentence: str) -> _Changes:
    """A decimal alone in brackets is a standard deviation behind a mean, and a percentage behind a count."""
    if last.kind == "number" and re.search(r"\b(?:[Mm]eans?|SD)\b|±", sentence[: last.start]):
        return {"sd": number_text(printed), "notes": _spread_note(sentence[: last.start])}
    if last.is_counted and not last.unit and not last.n and number_value(printed) <= _WHOLE_PERCENT:
        return {"kind": "percent", "value": number_text(printed), "unit": "%", "n": last.value, "notes": ""}
    return None


_JOIN_BY_KIND: dict[str, Callable[[Figure, Token, str, str], _Changes]] = {
    "p": _join_p,
    "i2": _join_i2,
    "ci": _join_interval,
    "range": _join_interval,
    "iqr": _join_interval,
    "open": _join_open_interval,
    "interval": _join_unlabelled_interval,
    "sd": _join_sd,
    "percent": _join_percent,
    "count": _join_count,
    "share": _join_count,
    "number": _join_number,
}
