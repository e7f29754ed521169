"""What caption and notes say about all cells of a table, and about those with a mark."""

import re
from collections.abc import Sequence

from extract.meaning.lexicon.said import said_in
from extract.tables.table import PrintedTable

_ABOUT_VALUES = re.compile(
    r"\b(?:data|values?|results?|numbers|figures|variables|estimates|plus-minus)\b.*?"
    r"\b(?:are|is|as|were|expressed|presented|shown|given|reported|indicate)\b|\bunless otherwise\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\S)")
_ABBREVIATION = re.compile(r"(?:^|[.;,]\s*)(?=(?P<word>[\w/-]++)\s?[:=;]\s?[a-z])|\bAbbreviations?\b")
_CAPITALS = re.compile(r"[A-Z]")
_POPULATIONS = re.compile(
    r"\b(?:modified )?intent(?:ion)?[- ]to[- ]treat(?: population| analysis)?\b|\bm?ITT\b(?: population)?"
    r"|\bper[- ]protocol\b(?: population)?|\bsafety (?:population|analysis|set|sample)\b|\bfull analysis set\b"
    r"|\befficacy (?:population|sample|set)\b|\bevaluable (?:patients|population)\b",
    re.IGNORECASE,
)


def caption_words(caption: str) -> str:
    """The caption up to the abbreviations that some journals put behind it."""
    matches = _ABBREVIATION.finditer(caption)
    match = next((match for match in matches if match["word"] is None or _is_abbreviated(match["word"])), None)
    return caption[: match.start()] if match and match.start() else caption


def _is_abbreviated(word: str) -> bool:
    """Whether a word has two capitals, one of them in its last part: NT-proBNP."""
    last = re.split(r"[/-]", word)[-1]
    return len(_CAPITALS.findall(word)) > 1 and bool(_CAPITALS.search(last))


def telling_notes(table: PrintedTable) -> list[str]:
    """The sentences of the notes that say what the values are; lists of abbreviations say nothing about cells."""
    sentences = [sentence for note in table.footnotes for sentence in _SENTENCE.split(note)]
    return [sentence for sentence in sentences if _ABOUT_VALUES.search(sentence) and said_in(sentence)]


def marked_notes(table: PrintedTable, marks: Sequence[str]) -> list[str]:
    """The notes that begin with one of the marks."""
    found = []
    for mark in marks:
        form = re.compile(rf"^\s*{re.escape(mark)}[\s).:]*(?=\S)(.*)", re.DOTALL)
        found += [match[1] for note in table.footnotes if (match := form.match(note))]
    return found


def population_in(*texts: str) -> str:
    """The population of the analysis that a caption, head or note names; "" for none."""
    return next((match[0] for text in texts if (match := _POPULATIONS.search(text))), "")
