"""Numbers in running text: in digits, and in words ("twenty-four", "one hundred forty-two", "two thirds")."""

import re
from math import nan

_GROUPED = r"\d{1,3}(?:(?:,\d{3})+(?!\d)|(?: \d{3})+(?! ?\d))"  # 2,275 and 2 275
UNSIGNED_NUMBER = rf"(?:(?:{_GROUPED}|\d+)(?:\.\d+)?|\.\d+)"
SIGNED_NUMBER = rf"(?:-\s?)?{UNSIGNED_NUMBER}"
WHOLE_NUMBER = rf"(?:{_GROUPED}|\d+)(?![.,]?\d)"  # not the beginning of a longer number

_NO_PART_OF_VALUE = re.compile(r"[\s,]|^[<>≤≥=~]+")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: value for value, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split())}
_TENTHS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENTHS.split(), start=2)}
_TEEN = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_UP_TO_99 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_SMALL)[1:10])}))?|{_TEEN})"
NUMBER_WORDS = rf"(?:(?:{_UP_TO_99}|a)[- ](?:hundred|thousand)(?:[- ](?:and[- ])?{_UP_TO_99})*|{_UP_TO_99})"

_PERCENT_OF_SHARE = {
    "half": "50",
    "a third": "33",
    "one third": "33",
    "two thirds": "67",
    "a quarter": "25",
    "one quarter": "25",
    "three quarters": "75",
    "a fifth": "20",
    "one fifth": "20",
}
SHARE_WORDS = "|".join(name.replace(" ", "[- ]") for name in sorted(_PERCENT_OF_SHARE, key=len, reverse=True))


def number_text(printed: str) -> str:
    """Return a printed number as the CSVs have it: digits as printed but without spaces, number words in digits."""
    text = re.sub(r"\s", "", printed)
    return text if re.match(r"-?[.\d]", text) else str(value_of_words(printed))


def number_value(text: str) -> float:
    """Return the value of a number as the CSVs have it, without its sign of comparison; NaN, which compares with
    nothing, for other texts."""
    try:
        return float(_NO_PART_OF_VALUE.sub("", text))
    except ValueError:
        return nan


def value_of_words(words: str) -> int:
    """Return the value of a number in words."""
    total = current = 0
    for word in re.split(r"[- ]+", words.lower()):
        match word:
            case "hundred":
                current = 100 * (current or 1)
            case "thousand":
                total, current = 1000 * (current or 1), 0
            case _:
                current += _SMALL.get(word, _TENS.get(word, 1 if word == "a" else 0))
    return total + current


def percent_of_share(words: str) -> str:
    """Return the percentage that a share in words stands for: "25" for "a quarter"."""
    return _PERCENT_OF_SHARE[re.sub(r"[- ]+", " ", words.lower())]
