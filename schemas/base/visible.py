"""Characters that nobody sees and that change what is seen: signs of writing direction, and controls of terminals.

The text of a paper, shown on a page or screen, must not reorder or hide what stands beside it. CSVs and JSON keep it
as printed.
"""

import re
import shlex
from collections.abc import Iterable

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ESCAPED = re.compile(f"{_UNSEEN.pattern}|[\t\n\\\\']")


def with_visible_controls(text: str) -> str:
    """Return the text with each of these characters written out, such as [U+202E]."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def command_line(words: Iterable[str]) -> str:
    """Return the words as a line for a shell. A word with such characters is escaped as bash and zsh read it."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if with_visible_controls(word) == word and "\n" not in word and "\t" not in word:
        return shlex.quote(word)
    escaped = _ESCAPED.sub(lambda match: f"\\{match[0]}" if match[0] in "\\'" else f"\\u{ord(match[0]):04x}", word)
    return f"$'{escaped}'"
