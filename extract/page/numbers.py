"""What looks like a value rather than a word: a number with its signs, or a sign that there is none."""

import re

VALUE = re.compile(
    r"^[(\[]?\s*(?:[<>≤≥=±~+\-−–—]\s*)*(?:\d|\.\d|(?:p|P)\s*[<=>])|^(?:NA|N/A|NR|NE|ND|n\.?s\.?|Ref\.?|[-–—−…*])$"
)
NOT_AVAILABLE = re.compile(r"NA|N/A|NR|NE|ND|n\.?s\.?|Ref\.?|[-–—−…*]")
NUMBERS_ONLY = re.compile(r"[\d\s.,;:%()\[\]±<>=≤≥+*/·\-−–—]*\d[\d\s.,;:%()\[\]±<>=≤≥+*/·\-−–—]*")


def is_number(text: str) -> bool:
    """Whether a text is a number, or several with their signs and brackets, and nothing else."""
    return bool(NUMBERS_ONLY.fullmatch(text)) and is_closed(text)


def is_value(text: str) -> bool:
    """Whether a text is a number and nothing else, or says that there is none."""
    return is_number(text) or bool(NOT_AVAILABLE.fullmatch(text))


def is_closed(text: str) -> bool:
    """Whether every bracket that is opened is closed."""
    return text.count("(") <= text.count(")") and text.count("[") <= text.count("]")
