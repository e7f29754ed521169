"""The names of papers and exhibits. A name becomes a file or folder, so that one rule says what it may be, and nothing
else that a card, a data package or a user says becomes a path."""

import re

PACKAGE = "datapackage.json"  # the file that lists those of a folder
NAME = re.compile(r"[a-z][a-z0-9_]*")
MOST_NAME_LETTERS = 100  # a file name may have 255 bytes, with all that is put before and behind the name
RESERVED_NAMES = ("analysis", "checks", "claims", "findings", "readings", "report")
"""Names of files and folders that are written beside the papers and exhibits."""
_SHOWN_LETTERS = 60  # of a wrong name, in a message


def name_fault(name: str) -> str:
    """Return in words why this cannot be the name of a paper or exhibit; "" if it can."""
    if not NAME.fullmatch(name):
        shown = repr(name if len(name) <= _SHOWN_LETTERS else f"{name[:_SHOWN_LETTERS]}...")
        return f"{shown} is not a name; expected a small letter, then small letters, digits and _, such as table1"
    if len(name) > MOST_NAME_LETTERS:
        return f"'{name[:_SHOWN_LETTERS]}...' has {len(name)} letters; a name has at most {MOST_NAME_LETTERS}"
    if name in RESERVED_NAMES:
        return f"the name '{name}' is reserved for a file that Doubletake writes; choose another, such as {name}_1"
    return ""
