"""What looks like a value rather than a word: a number with its signs, or a sign that there is none."""

import re

VALUE = re.compile(
    r"^[(\[]?\s*(?:[<>≤≥=±~+\-−–—]\s*)*(?:\d|\.\d|(?:p|P)\s*[<=>])|^(?:NA|N/A|NR|NE|ND|n\.?s\.?|Ref\.?|[-–—−…*])$"
)
