"""A value with its count, total, interval, spread and P value, and what an atom begins."""

import re
from dataclasses import dataclass, replace

from extract.claims.figures.numerals import plain, share
from extract.claims.figures.tokens import Atom
from extract.claims.figures.units import unit_behind

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

_TESTED = {
    "het": "heterogeneity",
    "homogen": "heterogeneity",
    "trend": "trend",
    "int": "interaction",
    "linear": "trend",
}
FOLD = ("fold", "times")  # units of a ratio


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


def begun(atom: Atom, sentence: str) -> Figure | None:
    """The figure that an atom begins; None for a spread that belongs to nothing."""
    parts, before = atom.parts, sentence[max(0, atom.start - 40) : atom.start]
    new = Figure(atom.kind, atom.start, atom.end, until=atom.end, comparator=comparator(before))
    match atom.kind:
        case "p":
            return replace(new, value=p_value(atom), p=p_value(atom), p_at=atom.start, noun=tested(atom))
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
            return replace(new, value=re.sub(r"\s*-\s*", " - ", parts["date"]), unit="date", comparator="=")
        case "absent":
            return replace(new, value=parts["value"])
        case "fold":
            printed = parts.get("value") or parts["word"]
            return replace(new, kind="number", value=plain(printed), unit=parts["unit"], notes=worded(printed))
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


def tested(atom: Atom) -> str:
    """Of what a P value is that is none of an estimate: heterogeneity, trend, interaction; "" for others."""
    said = (atom.parts.get("of") or atom.parts.get("test", "")).casefold()
    return next((name for begin, name in _TESTED.items() if begin in said), "")


def p_value(atom: Atom) -> str:
    sign = atom.parts.get("sign", "=")
    number = plain(atom.parts["p"])
    return {"=": "", "¼": "", "~": ""}.get(sign, {",": "<", "o": "<", "$": "≥"}.get(sign, sign)) + number
