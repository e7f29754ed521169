"""P values with what they are computed from: a test statistic with its degrees of freedom, "t(28) = 2.20, p = .04", or
the two values that they compare, "86/125 vs 78/133, p = 0.007"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.claims.figures.figures import Figure, hypothesis_tested, p_value_of
from extract.claims.figures.numerals import UNSIGNED_NUMBER, number_text
from extract.claims.figures.tokens import Token, find_tokens
from schemas.base.methods import words_for_correction, words_for_method

_DF = r"\d+(?:\.\d+)?"
_DFS = rf"{_DF}(?:\s?[,;/]\s?{_DF})?"
_STATISTIC = re.compile(
    r"(?<![\w'])(?P<name>(?:[χΧ𝜒]|[Cc]hi[\s-]?)(?:2|squared?)|[xXvcw]2(?=\s?[(\[])|χ|r_?s|rho|[tFrHzZ])"
    rf"(?:\s?[(\[]\s?(?:(?:df|d\.f\.)\s?=\s?)?(?P<df>{_DFS})(?:\s?[,;]\s?[Nn]\s?=\s?\d+)?\s?[)\]]|_?(?P<subscript>{_DFS}))?"
    rf"\s*[=¼]\s*(?P<value>-?\s?{UNSIGNED_NUMBER})(?![\w%])(?!\.\d)"
    rf"(?:\s*[,;]?\s*[(\[]?\s*(?:(?:df|d\.f\.|degrees? of freedom)\s*[=:¼]?\s*(?P<df_behind>{_DFS})"
    r"|(?P<df_named>\d+)\s*(?:df\b|d\.f\.|degrees? of freedom)|[Nn]\s*[=¼]\s*(?P<n>\d+))\s*[)\]]?)?"
)
_TO_P = re.compile(  # other numbers of the same test may stand before its P value: "MSE = 3.2", "d = .5"
    r"[)\]]?\s*[,;:]?\s*(?:(?:and|with)\s+)?"
    r"(?:(?![tFzZ]\s|[χr])[A-Za-zηεω'][\w' ]{0,16}\s*[=<>]\s*-?[\d.]+\s*[,;]\s*){0,2}"
    r"(?:(?:an?|the|two|one|(?:two|one)-?\s?(?:tailed|sided)|adjusted|corrected|uncorrected|Bonferroni(?:-\w+)?|exact"
    r"|asymptotic|associated|corresponding)\s+){0,3}[(\[]?\s*"
)
_FREEDOMS = {"t": 1, "F": 2, "H": 1, "r": 1, "rs": 1, "χ2": 1, "z": 0}  # degrees of freedom of each statistic
_OF_NO_SCORE = re.compile(r"[(\[,;:]\s*$")  # before a z that is no measured z score
_BEHIND_VALUES = re.compile(  # between the second of two values and the P value that compares both
    r"(?:[\s,)\]%]|[(\[]\s*(?:n\s*=\s*\d+|\d+\s*/\s*\d+\s*;?)"
    r"|(?!(?:and|but|while|whereas|although|which|compared|vs|versus)\b)[A-Za-zµ/-]+){0,24}(?:[(\[]\s*)?"
)
_MOST_WORDS = 9  # between these two


def with_statistics(figures: Sequence[Figure], sentence: str) -> list[Figure]:
    """Return the figures with each test statistic that has its degrees of freedom and its P value as one figure."""
    found = list(_find_statistics(sentence))
    spans = [(start, figure.end) for start, figure in found]
    others = [figure for figure in figures if not any(start <= figure.start < end for start, end in spans)]
    return sorted([*others, *(figure for _, figure in found)], key=lambda figure: figure.start) if found else [*figures]


def _find_statistics(sentence: str) -> Iterator[tuple[int, Figure]]:
    """Yield the place of the name of each statistic with its P value, and its figure."""
    tokens: list[Token] | None = None
    for match in _STATISTIC.finditer(sentence):
        name = _statistic_name(match)
        if not name or (name == "z" and not _OF_NO_SCORE.search(sentence, 0, match.start())):
            continue
        tokens = tokens if tokens is not None else [each for each in find_tokens(sentence) if each.kind == "p"]
        p = next((each for each in tokens if each.start >= match.end()), None)
        if p is not None and not hypothesis_tested(p) and _TO_P.fullmatch(sentence, match.end(), p.start):
            start, end = match.span("value")
            of_value = Figure("number", start, p.end, number_text(match["value"]), value_end=end, statistic=name)
            yield match.start(), replace(of_value, p=p_value_of(p), p_start=p.start)


def _statistic_name(match: re.Match[str]) -> str:
    """Return the statistic with its degrees of freedom, "F(2, 53)"; "" where these are not known."""
    printed, subscript = match["name"], match["subscript"] or ""
    name = {"Z": "z", "rho": "rs", "r_s": "rs"}.get(printed, printed)
    if name == "χ":  # the subscript printed before the exponent
        name, subscript = ("χ2", subscript[:-1]) if len(subscript) == 2 and subscript[-1] == "2" else ("", "")
    elif name not in _FREEDOMS:
        name = "χ2"
    if name == "χ2" and len(subscript) > 1:  # χ212 has 12 or 21 degrees of freedom
        return ""
    if name in ("r", "rs") and match["n"]:
        return f"{name}(n = {match['n']})"
    printed_df = match["df"] or subscript or match["df_behind"] or match["df_named"] or ""
    freedoms = re.findall(_DF, printed_df) if name != "z" else []
    if len(freedoms) != _FREEDOMS.get(name, -1):
        return ""
    return f"{name}({', '.join(freedoms)})" if freedoms else name


def with_way(notes: str, figure: Figure, sentence: str) -> str:
    """Return the notes of a statistic with a note on its P value: the statistic, and the words for the method."""
    return _joined(notes, figure.statistic, words_for_correction(sentence)) if figure.statistic else notes


def compared_directly(figures: Sequence[Figure], sentence: str) -> Iterator[tuple[Figure, Figure]]:
    """Yield the neighbours of whom both have a count with its total, or a mean with its SD and number of patients, and
    that a P value right behind the second compares."""
    counts = [(one.total and one.n) or (one.sd and one.n) for one in figures]
    for place, (first, second) in enumerate(pairwise(figures)):
        alike = bool(counts[place] and counts[place + 1]) and bool(first.total) == bool(second.total)
        third = place > 0 and counts[place - 1] and not figures[place - 1].p
        if not alike or third or first.p not in ("", second.p) or not second.p_start:
            continue
        gap = sentence[max(second.value_end, _end_of_size(second, sentence)) : second.p_start]
        if len(gap.split()) <= _MOST_WORDS and _BEHIND_VALUES.fullmatch(gap):
            yield first, second


def _end_of_size(figure: Figure, sentence: str) -> int:
    """Return the end of the bracket behind a value, with its count or its spread."""
    match = re.match(r"[^();]{0,12}\([^()]{0,40}\)", sentence[figure.value_end : figure.p_start])
    return figure.value_end + match.end() if match else figure.value_end


def with_comparison(notes: str, sentence: str) -> str:
    """Return the notes of a value with a note that the P value compares it, with the words for the method."""
    return _joined(notes, "compared", words_for_method(sentence))


def _joined(notes: str, way: str, words: Sequence[str]) -> str:
    note = f"p:{', '.join((way, *words))}"
    return f"{notes};{note}" if notes else note
