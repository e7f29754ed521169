"""What kind of line a text is: a study, a pooled line, a note, a head, the numbers of the axis."""

import re
from collections.abc import Sequence

from extract.forests.text.intervals import ascii_signs, is_one_number
from extract.page.lines import Line

_POOLED = r"(?:(?:common|fixed|random)[\s-]*effects?(?:\s+(?:model|estimate|meta-analysis))?|(?:RE|FE)\s+model)"
_MODEL = (  # alone in its line, the name of a model is a pooled line
    r"(?:I-V|D\s?[+&]\s?L|M-H|REML|Peto|fixed|random|common|bayesian|inverse[\s-]variance|model[\s-]averaged"
    r"|DerSimonian[\s-](?:and\s|&\s)?Laird|Mantel[\s-]Haenszel|(?:Hartung|Knapp)[\s-](?:Hartung|Knapp)|quality[\s-]effects?)"
)
_METHOD = rf"(?:(?:{_MODEL}|IV|MH|DL|ML|PL|SJ|HKSJ)[\s,:-]+)?"  # before "Overall": "D+L Overall", "M-H pooled OR"
_OUTCOMES = (  # "Overall survival" and "Total cholesterol" are no pooled lines
    r"\s+(?:events|surviv|respon|mortality|toxicity|cholesterol|bilirubin|protein|scores?\b|therap|modalit|treatment)"
)
OVERALL = re.compile(
    rf"^\W*(?:{_METHOD}(?:overall|total\b|pooled|combined|summary)(?!{_OUTCOMES})"
    r"|all(?:\s*$|\s+(?:studies|trials|(?:randomi[sz]ed\s+)?(?:patients|subjects|participants|individuals)))"
    r"|(?:ITT|intention[\s-]to[\s-]treat|entire|whole)(?:\s+(?:population|cohort|group|sample))?\s*(?:\(.*)?$"
    rf"|{_POOLED}|{_MODEL}(?:\s+(?:model|estimate|average))?\s*(?:[(\[].*)?$)",
    re.IGNORECASE,
)
SUBTOTAL = re.compile(rf"^\W*{_METHOD}sub-?\s?(?:total|group\s+(?:total|estimate|effect))", re.IGNORECASE)
EVENTS = re.compile(r"^\W*total\s+events", re.IGNORECASE)
PREDICTION = re.compile(r"predicti(?:on|ve)\s+interval|^\W*prediction\b", re.IGNORECASE)
EXCLUDED = re.compile(
    r"[(\[]?\s*(?:excluded|not\s+(?:estimable|calculable|applicable)|insufficient\s+data)\s*[)\]]?|[(\[]no events[)\]]",
    re.IGNORECASE,
)
RISK_SIGN = re.compile(r"[+?●○•⊕⊖⊝]+[-–−+?●○•⊕⊖⊝]*")  # of RevMan; a lone minus may stand for no value
PLOT_NOTE = re.compile(
    r"^\W*(?:note\b|weights?\s+(?:are|were)|abbreviations?\b|footnotes?|events\s+&|[*†‡]|test\s+for)", re.IGNORECASE
)
FAVOURS = re.compile(r"\bfavou?rs?\b|\bfavou?rable\b|\bin favou?r\b", re.IGNORECASE)
CONFIDENCE_LEVEL = re.compile(
    r"\b(?:9\d|80)(?:\.\d)?\s*%?\s*[-–−]?\s*(?:CrI|C\.?\s?I|confidence|credible|CL)\b", re.IGNORECASE
)
LABEL_HEAD = re.compile(
    r"^(?:stud(?:y|ies)|first\s+author|authors?|trials?|source|references?|subgroups?|histolog|variables?|factors?"
    r"|characteristics?|outcomes?|subtypes?|id)\b",
    re.IGNORECASE,
)
COLUMN_HEAD = re.compile(r"^\(?(?:%|weights?|events?|total|mean|sd|n/n|no\.|n|cr|pr)\b", re.IGNORECASE)
LIMIT_HEAD = re.compile(r"^(?:odds|risk|hazard|rate|ratio|lower|upper|limits?|[zp]-?\s?values?)\b", re.IGNORECASE)
AXIS_NUMBERS_COUNT = 2  # a number alone in its line may be a value that wrapped
LIMIT_HEADS_COUNT = 3  # "Odds  Lower  Upper": the words that the heads of separate limits have at least
PANEL_LETTER = re.compile(r"\(?([A-Z]|[a-h])\)?[.:]?")


def is_pooled(text: str) -> bool:
    return is_subtotal(text) or bool(OVERALL.match(ascii_signs(text)))


def is_subtotal(text: str) -> bool:
    return bool(SUBTOTAL.match(ascii_signs(text)))


def is_axis_numbers(line: Line) -> bool:
    """Whether a line holds nothing but several numbers, as the line below an axis does."""
    words = [word for phrase in line.phrases for word in phrase.words if word.text]
    return len(words) >= AXIS_NUMBERS_COUNT and all(is_one_number(word.text) for word in words)


def is_head(line: Line) -> bool:
    """Whether a line names columns: the column of intervals, or the studies and another column. A pooled line whose
    label has "(95% CI)" in it is no head."""
    texts = [phrase.text for phrase in line.phrases]
    if not texts or is_pooled(texts[0]) or PREDICTION.search(texts[0]):
        return False
    named = bool(LABEL_HEAD.match(texts[0])) and names_columns(texts[1:])
    return named or any(map(CONFIDENCE_LEVEL.search, texts)) or names_limits(line)


def names_limits(line: Line) -> bool:
    """Whether most words of a line are heads of limits that are columns of their own."""
    words = [word.text for word in line.words if word.text]
    named = sum(bool(LIMIT_HEAD.match(word)) for word in words)
    return named >= LIMIT_HEADS_COUNT and 2 * named > len(words)


def names_columns(texts: Sequence[str]) -> bool:
    return any(COLUMN_HEAD.match(text) for text in texts)
