"""Figures: a value with its count, total, interval, spread and P value; and the figure that a token begins."""

import re
from dataclasses import dataclass, replace

from extract.claims.figures.numerals import number_text, percent_of_share
from extract.claims.figures.tokens import Token
from extract.claims.figures.units import unit_behind

_WORDS_BY_SIGN = (
    ("~", r"about|approximately|almost|nearly|around|roughly|close to|some|circa|just under|just over|~"),
    ("≥", r"at least|no (?:fewer|less) than|a minimum of|≥|>=|not less than"),
    ("≤", r"at most|up to|no more than|a maximum of|≤|<="),
    (">", r"more than|(?<=[a-z] )over|exceed(?:ing|ed|s)|greater than|higher than|above|beyond|>"),
    ("<", r"less than|below|fewer than|under|lower than|<"),
)
_COMPARATORS = tuple(
    (sign, re.compile(rf"(?:(?<!\w)(?:{words}))\s*(?:of\s+|by\s+)?$", re.IGNORECASE)) for sign, words in _WORDS_BY_SIGN
)

_HYPOTHESES = {
    "het": "heterogeneity",
    "homogen": "heterogeneity",
    "trend": "trend",
    "int": "interaction",
    "linear": "trend",
}
FOLD_UNITS = ("fold", "times")  # units of a ratio: "2-fold higher", "3 times higher"
_COMPARATOR_LETTERS = 40  # letters before a value that are searched for the words of a comparator


@dataclass(frozen=True)
class Figure:
    """A value with its companions, at `start` to `end` of a sentence; texts are as printed, "" without the companion.

    `kind`: percent, number, count, i2, absent (a median "not reached"), date, range (no value), p (only a P value).
    `n`, `total`: count and denominator. `low`, `high`: limits of a range; `ci_low`, `ci_high`: confidence limits;
    `ci_level`: their level in percent, where it is printed.
    `unlabelled`: the sentence does not name the kind of the interval. `noun`: the counted noun; for kind p the
    hypothesis of the test. `notes`: "value:two" for a number in words, "low:IQR" for an interquartile range,
    "sd:SE" for a standard error, "ci_high:NR" for a limit that is printed as words. `statistic`: the name of the test
    statistic with its degrees of freedom, "F(2, 53)", where the value is one with a P value.
    """

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
    ci_level: str = ""
    p: str = ""
    unlabelled: bool = False
    noun: str = ""
    value_end: int = 0  # the end of the value alone; `end` includes the companions
    p_start: int = 0
    notes: str = ""
    statistic: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether the figure is a count, or a whole number that may be one."""
        return self.kind == "count" or (self.kind == "number" and self.value.replace(",", "").isdecimal())

    @property
    def has_interval(self) -> bool:
        return bool(self.low or self.ci_low or self.ci_high)


def begin_figure(token: Token, sentence: str) -> Figure | None:
    """Return the figure that a token begins; None for a spread without a value and for the number of an approval."""
    parts, before = token.parts, sentence[max(0, token.start - _COMPARATOR_LETTERS) : token.start]
    new = Figure(token.kind, token.start, token.end, value_end=token.end, comparator=_comparator_before(before))
    match token.kind:
        case "p":
            p = p_value_of(token)
            return replace(new, value=p, p=p, p_start=token.start, noun=hypothesis_tested(token))
        case "ci":
            low, high = limits_of_interval(token)
            return replace(new, kind="range", ci_low=low, ci_high=high, ci_level=level_of_interval(token))
        case "range" | "iqr" | "interval":
            low, high = limits_of_interval(token)
            unit = "%" if "percent" in parts or "of_percent" in parts else unit_behind(sentence, token.end)[0]
            return replace(new, kind="range", low=low, high=high, unit=unit, unlabelled=token.kind == "interval")
        case "sd" | "open":
            return None
        case "share":
            n = number_text(parts["n"])
            if "noun" not in parts and int(n) > int(parts["total"]):
                return None  # the number of an approval: "2012/313"
            total, notes = number_text(parts["total"]), _word_note(parts["n"])
            return replace(new, kind="count", value=n, n=n, total=total, noun="patients", notes=notes)
        case "count":
            noun = "studies" if sentence[token.start] == "k" else "patients"
            n, total = number_text(parts["value"]), number_text_or_blank(parts.get("total"))
            return replace(new, value=n, n=n, total=total, noun=noun)
        case "fraction":
            words = parts["share"]
            return replace(new, kind="percent", value=percent_of_share(words), unit="%", notes=_word_note(words))
        case "none":
            return replace(new, kind="count", value="0", n="0", notes=_word_note(parts["value"]))
        case "date":
            return replace(new, value=re.sub(r"\s*-\s*", " - ", parts["date"]), unit="date", comparator="=")
        case "absent":
            return replace(new, value=parts["value"])
        case "fold":
            printed = parts.get("value") or parts["word"]
            value, notes = number_text(printed), _word_note(printed)
            return replace(new, kind="number", value=value, unit=parts["unit"], notes=notes)
    return replace(
        new,
        value=number_text(parts["value"]),
        unit="%" if token.kind in ("percent", "i2") else "",
        notes=_word_note(parts["value"]),
    )


def limits_of_interval(token: Token) -> tuple[str, str]:
    """Return the lower and the upper limit of the interval of a token."""
    return number_text(token.parts["low"]), number_text(token.parts["high"])


def level_of_interval(token: Token) -> str:
    """Return the confidence level that is printed with the interval of a token, "" without one."""
    return token.parts.get("level") or token.parts.get("level_behind", "")


def number_text_or_blank(printed: str | None) -> str:
    """Return a printed number as the CSVs have it; "" for None."""
    return number_text(printed) if printed else ""


def _word_note(printed: str) -> str:
    """Return a note of the word that is printed for a number, "" for digits."""
    return f"value:{printed.lower()}" if printed[:1].isalpha() else ""


def _comparator_before(before: str) -> str:
    """Return the sign for the words directly before a value ("~" for "almost"), "=" by default."""
    return next((sign for sign, words in _COMPARATORS if words.search(before)), "=")


def hypothesis_tested(token: Token) -> str:
    """Return heterogeneity, trend or interaction if a P value tests one of these, "" if it tests an estimate."""
    printed = (token.parts.get("of") or token.parts.get("test", "")).casefold()
    return next((hypothesis for stem, hypothesis in _HYPOTHESES.items() if stem in printed), "")


def p_value_of(token: Token) -> str:
    """Return a P value with its sign but no "="; signs that PDFs garble ("¼" for "=", "o" for "<") are restored."""
    sign = token.parts.get("sign", "=")
    number = number_text(token.parts["p"])
    return {"=": "", "¼": "", "~": ""}.get(sign, {",": "<", "o": "<", "$": "≥"}.get(sign, sign)) + number
