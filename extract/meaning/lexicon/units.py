"""Units as labels and heads print them: "Age, years", "BMI (kg/m2)", "length [minutes]", "per 100 patient-years"."""

import re

_PLAIN = (
    r"years?|yrs?|y|months?|mos?|weeks?|wks?|days?|d|hours?|hrs?|h|min(?:utes?)?|sec(?:onds?)?|s|ms|kg|g|mg|µg|μg|ng|pg"
    r"|cm|mm|m|mm\s?Hg|cmH2O|mL|ml|L|l|dL|Hz|kHz|°C|IU|U|points?|pts\.?|score|letters|beats(?: per |/)min(?:ute)?|bpm"
    r"|kcal|kJ|mmol|mol|cells|ULN|pack[- ]years|log(?:10)?|USD|\$|€|£"
)
_RATIO = r"[\w°µμ%^.×·\s-]{1,20}/\s?[\w°µμ.×·\s-]{1,16}\d?[²³]?"
_UNIT = re.compile(rf"(?:{_PLAIN})|{_RATIO}|kg\s?m[-−–]2|log(?:10)?\s?[\w/ ]{{1,12}}", re.IGNORECASE)
_BRACKETED = re.compile(r"(?<=[\s%\d])[(\[]([^()\[\]]+)[)\]]")
_PER = re.compile(r"\bper [\d,]+ [a-z]+(?:[- ][a-z]+)?", re.IGNORECASE)
_NOT_UNITS = re.compile(
    r"n\s?/\s?N|m\s?/\s?f|(?:fe)?male\s?/.*|.*\b(?:yes|no|and|or)\b.*|.*\d\s?/\s?\d.*", re.IGNORECASE
)


def unit_in(*texts: str) -> str:
    """Return the first unit that one of the texts prints; "" where none does."""
    for text in texts:
        pieces = [*_BRACKETED.findall(text), *(piece for piece in text.split(",")[1:])]
        for piece in [str(piece).strip(" ()[]") for piece in pieces]:
            if not piece[:1].isdigit() and _UNIT.fullmatch(piece) and not _NOT_UNITS.fullmatch(piece):
                return piece
        if match := _PER.search(text):
            return match[0]
    return ""
