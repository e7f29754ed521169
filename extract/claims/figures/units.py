"""The words behind a number: a unit of time, another unit, or the noun that the number counts."""

import re

TIME_UNITS = r"months?|mos?|years?|yrs?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s"
PER_PERSONS = (  # the denominator of a rate: "events per 100 patient-years"
    r"per\s10{0,6}(?:[ ,]000){0,2}\b(?!,\d)(?:[\s-](?:patient|person|people|(?:wo)?man|(?:wo)?men|(?:fe)?males?\b|child"
    r"|subject|participant|inhabitant|individual|deliver|live|bed|device|ventilator|catheter|hospital)\w*)?(?:[\s-](?:years?|months?|days?|births?|admissions?))?"
)
_OTHER_UNITS = (
    r"mg|g|kg|µg|μg|mcg|ng|pg|mL|ml|dl|dL|L|l|mmHg|mm|cm|m|km|Hz|kHz|dB|mmol|µmol|nmol|kcal|kJ|IU|U|Gy|points?|degrees?|°C|"
    rf"(?:events? )?{PER_PERSONS}|events? per|beats|bpm|kPa|mV|mA|ms"
)
# "0.75 × 10^9/L"; in the text of a PDF the exponent is often an ordinary digit: "0.75 × 109/L"
POWER_OF_TEN = r"[×x]\s?10\s?\^?\s?-?(?:1[0-2]|[3-9])(?!\d)"
_UNIT_BEHIND = re.compile(
    rf"\s*-?(?P<unit>{POWER_OF_TEN}(?:\s?(?:cells|copies)?/[A-Za-zµ]+|\s?(?:{_OTHER_UNITS})(?:/[A-Za-z]+)?(?![A-Za-z]))?|(?:{TIME_UNITS}|{_OTHER_UNITS})(?:/[A-Za-z0-9.]+|\s?[mk]?m?-?\s?[23]\b)*)(?![A-Za-z0-9-])"
)
_NOT_COUNTED = (  # words that end in s and are no plural
    "was|is|has|this|plus|versus|vs|as|us|thus|its|does|always|perhaps|across|times|less|various|yes|status|basis|analysis|"
    "who|whereas|besides"
)
_SINGULAR = (  # counted nouns without an s at the end
    "people|women|men|children|patient|death|event|responder|case|centre|center|institution|hospital|study|trial|woman"
    "|man|child|relapse|participant|person|criteria|media|literature"
)
_NOT_IN_PHRASE = (  # words that end the attributes of a noun
    "was|were|is|are|had|have|has|and|or|of|in|with|for|to|from|who|that|at|by|on|than|vs|versus|did|could|as|per"
)
_NOUN_BEHIND = re.compile(
    rf"(?P<phrase>\s+(?:(?!(?:{_NOT_IN_PHRASE})\b)[A-Za-z][\w/'+-]*\s+){{0,5}}?(?P<noun>(?:{_SINGULAR})(?!\s+[a-z]+(?<![sui])s\b)|[A-Z]{{2,}}s|(?!(?:{_NOT_COUNTED})\b)"
    r"[A-Za-z-]*[a-z]{2}(?<![sui])s))(?![\w-])"
)


def unit_behind(sentence: str, end: int) -> tuple[str, int]:
    """Return the unit that follows a place in a sentence, and where the unit ends; "" and the place without a unit."""
    match = _UNIT_BEHIND.match(sentence, end)
    return (match["unit"], match.end()) if match else ("", end)


def is_time(unit: str) -> bool:
    """Whether a unit is one of time."""
    return re.fullmatch(TIME_UNITS, unit) is not None


def is_rate(unit: str) -> bool:
    """Whether a unit is a rate: events per so many persons or person-years."""
    return re.search(rf"\b{PER_PERSONS}$", unit) is not None


def noun_behind(sentence: str, end: int) -> tuple[str, int]:
    """Return the counted noun that follows a place, with its attributes ("STS subtypes"), and where it ends; "" and the
    place without a noun."""
    match = _NOUN_BEHIND.match(sentence, end)
    return (match["phrase"].strip(), match.end()) if match else ("", end)
