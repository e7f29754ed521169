"""Time points as tables print them: "week 24", "Baseline", "Postop 1st mo", "change from baseline at 6 months"."""

import re

_UNIT = r"(?:days?|d|weeks?|wks?|w|months?|mos?|m|years?|yrs?|y|hours?|hrs?|h|min(?:utes?)?|cycles?|visits?)"
_SPAN = r"(?:\s?[-–]\s?\d+)?"
_COUNTED = (
    rf"(?:(?<![A-Za-z\d.,])\d+(?:\.\d+)?(?:st|nd|rd|th)?{_SPAN}[-\s]?{_UNIT}\b|\b{_UNIT}[-\s]?\d+{_SPAN}\b)"
    r"(?!\s+(?:groups?|arms?)\b)"
)
_NAMED = (
    r"(?:pre|post)[-\s]?(?:op(?:erative(?:ly)?)?|intervention|treatment|test|surgery|supplements?)?\b"
    r"|baseline|follow[-\s]?up|mid[-\s]?point|end[-\s]of[-\s](?:study|treatment)"
    r"|(?:at )?(?:admission|discharge|entry|screening|randomi[sz]ation)"
    r"|before|after|day \d+|period \d+(?:,?\s+\d{4}\s*(?:to|[-–])\s*\d{4})?|initial|final"
)
_ATOM = rf"(?:{_COUNTED}|\b(?:{_NAMED}))"
_LINK = r"(?:[\s,;:()]|\b(?:at|to|from|of|and|the|in|total|after|since|until|visit|months?|treatment)\b|[-–/])*"
_CENTRE = r"\b(?:mean|median|adjusted|LS|least squares)"
_CHANGE = rf"(?:{_CENTRE}\s+)*(?<!no )(?<!No )\bchanges?\b"
_PHRASE = re.compile(rf"(?:{_CHANGE}{_LINK})?{_ATOM}(?:{_LINK}{_ATOM})*|{_CHANGE}(?:{_LINK}{_ATOM})*", re.IGNORECASE)
_EDGE = " ,;:()[]-–/"


def time_in(text: str) -> tuple[str, str]:
    """Return the time point that a head or label names, and the text without it; "" where it names none."""
    match = _PHRASE.search(text)
    if not match:
        return "", text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    found = re.sub(rf"^(?:{_CENTRE}\s+)+", "", " ".join(match[0].split()), flags=re.IGNORECASE).strip(_EDGE)
    return found + ")" * (found.count("(") - found.count(")")), " ".join(rest.split()).strip(_EDGE)


def is_timepoint(text: str) -> bool:
    """Whether a label is a time point and nothing else."""
    found, rest = time_in(text)
    return bool(found) and not re.search(r"[^\W\d_]", rest)


def time_of_caption(caption: str) -> str:
    """The one time point of all values of a table: "Outcomes at week 8", "Baseline characteristics"; "" for none."""
    match = re.search(rf"\b(?:at|after)\s+({_COUNTED})", caption, re.IGNORECASE)
    several = re.search(r"\d,? (?:and|or|to) (?:at )?\d", caption)
    if match and not several and len(re.findall(_COUNTED, caption, re.IGNORECASE)) == 1:
        return match[1]
    found = re.search(r"\bbaseline\b", caption, re.IGNORECASE)
    others = re.search(rf"{_COUNTED}|\bchanges?\b|\bfollow-?up\b|\bafter\b|\bpost\b", caption, re.IGNORECASE)
    return found[0] if found and not others else ""
