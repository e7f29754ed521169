"""Time points in weeks: "12 months", "6-Month", "Follow-up (24 months)"."""

import re

from validations.statistics.conversions.receipts import Converted, exactly

DAYS_PER_YEAR = 365.25
_WEEKS = {"day": 1 / 7, "week": 1.0, "month": DAYS_PER_YEAR / 12 / 7, "year": DAYS_PER_YEAR / 7}
_TIME = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)[\s-]*(?:(day|week|month|year)s?|(wk|mo|mth|yr)s?\.?|([dwmy]))\b", re.IGNORECASE
)
_SHORT = {"wk": "week", "mo": "month", "mth": "month", "yr": "year", "d": "day", "w": "week", "m": "month", "y": "year"}
_SPAN = re.compile(r"\d\s*(?:-|–|to)\s*\d", re.IGNORECASE)


def weeks_of(text: str) -> Converted | None:
    """The time point in weeks; None where the text names no time, several, or a span such as 0-3 months."""
    found = _TIME.findall(text)
    if len(found) != 1 or _SPAN.search(text):
        return None
    number, long, short, letter = found[0]
    unit = (long or _SHORT[(short or letter).lower()]).lower()
    weeks, _, _ = exactly(float(number) * _WEEKS[unit])
    formula = {
        "day": f"{number} / 7",
        "week": number,
        "month": f"{number} * {DAYS_PER_YEAR} / 12 / 7",
        "year": f"{number} * {DAYS_PER_YEAR} / 7",
    }[unit]
    return Converted(weeks, weeks, weeks, f"{unit}s", formula)
