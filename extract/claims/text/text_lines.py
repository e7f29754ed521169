"""The lines of running text of a plain text file."""

import re
from pathlib import Path

from extract.claims.text.headings import section_of_heading
from extract.claims.text.sections import TextLine
from extract.errors import UnreadableError
from schemas.base.files import MB, FileError, read_text

MOST_TEXT_BYTES = 1024 * MB  # --max-mb holds before; this is for callers without limits


def read_text_lines(path: Path) -> list[TextLine]:
    """Return the lines of a text file; UnreadableError if the file is missing, too large or no UTF-8 text."""
    try:
        return lines_of_text(read_text(path, MOST_TEXT_BYTES))
    except FileError as error:
        raise UnreadableError(str(error)) from None


def _is_heading(line: str) -> bool:
    """Whether a line is a heading, also without a blank line before it."""
    return line.strip()[:1].isupper() and section_of_heading(line, in_abstract=True) is not None


def lines_of_text(text: str) -> list[TextLine]:
    """Return the lines of a text without blank ones. A heading and a line behind a blank one begin a paragraph."""
    found, begins = [], True
    for line in re.split(r"\r\n?|\n|\f", text):
        words = tuple((word, None) for word in line.split())
        if words:
            found.append(TextLine(words, begins or _is_heading(line)))
        begins = not words
    return found
