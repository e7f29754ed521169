"""What stands behind a number: a unit of time, another unit, or the noun of what is counted."""

import re

TIME = r"months?|mos?|years?|yrs?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s"
PER = (  # "events per 100 patient-years"
    r"per\s10(?:0{0,6}|[ ,]000(?:[ ,]000)?)\b(?:[\s-](?:patient|person|(?:wo)?man|(?:wo)?men|child|subject|participant"
    r"|live|bed|device|ventilator|catheter|hospital)\w*)?(?:[\s-](?:years?|months?|days?|births?|admissions?))?"
)
OTHER = (
    r"mg|g|kg|µg|μg|mcg|ng|pg|mL|ml|dl|dL|L|l|mmHg|mm|cm|m|km|Hz|kHz|dB|mmol|µmol|nmol|kcal|kJ|IU|U|Gy|points?|degrees?|°C|"
    rf"(?:events? )?{PER}|events? per|beats|bpm|kPa|mV|mA|ms"
)
POWER = r"[×x]\s?10\s?\^?\s?-?(?:1[0-2]|[3-9])(?!\d)"  # "0.75 × 10^9/L", the exponent often printed as if it were none
_UNIT = re.compile(
    rf"\s*-?(?P<unit>{POWER}(?:\s?(?:cells|copies)?/[A-Za-zµ]+|\s?(?:{OTHER})(?:/[A-Za-z]+)?(?![A-Za-z]))?|(?:{TIME}|{OTHER})(?:/[A-Za-z0-9.]+|\s?[mk]?m?-?\s?[23]\b)*)(?![A-Za-z0-9-])"
)
_NOT_COUNTED = (
    "was|is|has|this|plus|versus|vs|as|us|thus|its|does|always|perhaps|across|times|less|various|yes|status|basis|analysis|"
    "who|whereas|besides"
)
_SINGULAR = (
    "people|women|men|children|patient|death|event|responder|case|centre|center|institution|hospital|study|trial|woman"
    "|man|child|relapse|participant|person|criteria|media|literature"
)
_STOPS = "was|were|is|are|had|have|has|and|or|of|in|with|for|to|from|who|that|at|by|on|than|vs|versus|did|could|as|per"
_NOUN = re.compile(
    rf"(?P<phrase>\s+(?:(?!(?:{_STOPS})\b)[A-Za-z][\w/'+-]*\s+){{0,5}}?(?P<noun>(?:{_SINGULAR})(?!\s+[a-z]+(?<![sui])s\b)|[A-Z]{{2,}}s|(?!(?:{_NOT_COUNTED})\b)"
    r"[A-Za-z-]*[a-z]{2}(?<![sui])s))(?![\w-])"
)


def unit_behind(sentence: str, end: int) -> tuple[str, int]:
    """The unit behind a place in a sentence and where it ends; "" where there is none."""
    match = _UNIT.match(sentence, end)
    return (match["unit"], match.end()) if match else ("", end)


def is_time(unit: str) -> bool:
    return re.fullmatch(TIME, unit) is not None


def is_rate(unit: str) -> bool:
    """Whether a unit is one of events per so many persons or persons' years."""
    return re.search(rf"\b{PER}$", unit) is not None


def noun_behind(sentence: str, end: int) -> tuple[str, int]:
    """What is counted, with what stands before it ("STS subtypes"), and where that ends; "" where there is nothing."""
    match = _NOUN.match(sentence, end)
    return (match["phrase"].strip(), match.end()) if match else ("", end)
