"""The running text of a plain text file as lines."""

import re
from pathlib import Path

from extract.claims.text.headings import section_of
from extract.claims.text.sections import TextLine
from extract.errors import UnreadableError


def read_lines(path: Path) -> list[TextLine]:
    """The lines of a text file; a blank line ends a paragraph. UnreadableError where it is no text."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: expected UTF-8 text or a PDF, byte {error.start} is neither") from error
    if "\x00" in text:
        raise UnreadableError(f"{path}: expected text or a PDF, found binary data")
    return lines_in(text)


def is_heading(line: str) -> bool:
    """Whether a line is nothing but a heading, though no blank line stands before it."""
    return line.strip()[:1].isupper() and section_of(line, in_abstract=True) is not None


def lines_in(text: str) -> list[TextLine]:
    found, begins = [], True
    for line in re.split(r"\r\n?|\n|\f", text):
        words = tuple((word, None) for word in line.split())
        if words:
            found.append(TextLine(words, begins or is_heading(line)))
        begins = not words
    return found
