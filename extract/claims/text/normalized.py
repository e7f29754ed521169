"""Signs of print in one form each, replaced character by character, so that places in a text stay valid."""

_DASHES = dict.fromkeys("⁓‐‑‒–—−﹣－", "-")
_SPACES = dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\n", " ")
_SIGNS = {
    "·": ".",
    "∙": ".",
    "⋅": ".",
    "⩾": "≥",
    "≧": "≥",
    "⩽": "≤",
    "≦": "≤",
    "％": "%",
    "∼": "~",
    "≈": "~",
    "［": "[",
}
_QUOTES = {"’": "'", "‘": "'", "＜": "<", "＞": ">", "＝": "=", "²": "2"}
_PLAIN = str.maketrans({**_DASHES, **_SPACES, **_SIGNS, **_QUOTES})


def normalize_signs(text: str) -> str:
    """Return the text with ASCII dashes and spaces and one sign for each comparison; its length stays the same."""
    return text.translate(_PLAIN)
