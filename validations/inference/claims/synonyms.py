"""Words and phrases that mean the same in reports of clinical studies."""

import re

PHRASES = (
    (r"\b(?:neo-?)?adjuvant\s*(?:/|,|or|and|and/or)\s*(?:neo-?)?adjuvant\b", "perioperative"),
    (r"\bperi-operative\b", "perioperative"),
    (r"\btoxicit(?:y|ies)\b", "adverse event"),
    (
        r"\bdiscontinu(ed|ing|ation of) (?:(?:the|study|this) )*(?:therapy|treatment|drug|medication|it)\b",
        r"discontinu\1",
    ),
    (r"\bECOG PS\b", "ECOG performance status"),
    (r"\b0 (?:or|and|to) 1\b", "0-1"),
    (r"\b2 (?:or|and|to) 3\b", "2-3"),
    (r"\b1st/2nd line\b", "1-2 line"),
    (r"\b(grades?) (\d) to (\d)\b", r"\1 \2-\3"),
    (r"\bfirst[- ]?line\b", "1 line"),
    (r"\bsecond[- ]?line\b", "2 line"),
    (r"\bthird[- ]?line\b", "3 line"),
)
SAME_WORDS = {
    "women": "female",
    "woman": "female",
    "men": "male",
    "man": "male",
    "metastases": "metastasis",
    "metastatic": "metastasis",
    "extremities": "extremity",
    "dual": "double",
    "anaemia": "anemia",
    "diarrhoea": "diarrhea",
    "haemorrhage": "hemorrhage",
    "leukopenia": "leucopenia",
    "oedema": "edema",
    "tumour": "tumor",
    "tumours": "tumor",
    "tumors": "tumor",
}
_PHRASES = tuple((re.compile(pattern, re.IGNORECASE), meaning) for pattern, meaning in PHRASES)


def one_phrase(text: str) -> str:
    """The text with phrases of the same meaning replaced by one phrase."""
    for pattern, meaning in _PHRASES:
        text = pattern.sub(meaning, text)
    return text


def one_word(word: str) -> str:
    """The one word for all words of the same meaning. `word`: in small letters."""
    return SAME_WORDS.get(word, word)
