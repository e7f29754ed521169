"""Values as opposed to words: numbers with their signs, and signs for a missing number."""

import re

VALUE = re.compile(
    r"^[(\[]?\s*(?:[<>≤≥=±~+\-−–—$€£¥]\s*)*(?:\d|\.\d|(?:p|P)\s*[<=>])"
    r"|^(?:NA|N/A|n/a|NR|NE|ND|n\.?s\.?|Ref\.?|\.\.|[-–—−…*])$"
)
_NOT_AVAILABLE = re.compile(r"NA|N/A|n/a|NR|NE|ND|n\.?s\.?|Ref\.?|\.\.|[-–—−…*]")
_NUMBERS_ONLY = re.compile(r"[\d\s.,;:%()\[\]±<>=≤≥+*/·\-−–—$€£¥]*\d[\d\s.,;:%()\[\]±<>=≤≥+*/·\-−–—$€£¥]*")


def is_number(text: str) -> bool:
    """Whether a text is one or more numbers with their signs and brackets, and nothing else."""
    return bool(_NUMBERS_ONLY.fullmatch(text)) and is_closed(text)


def is_value(text: str) -> bool:
    """Whether a text is numbers and nothing else, or a sign for a missing number."""
    return is_number(text) or bool(_NOT_AVAILABLE.fullmatch(text))


def is_closed(text: str) -> bool:
    """Whether every opened bracket is closed."""
    return text.count("(") <= text.count(")") and text.count("[") <= text.count("]")
