"""The signs of print brought to one form each, character by character, so that places in a text stay what they are."""

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


def plain_signs(text: str) -> str:
    """The text with ASCII dashes and spaces and one sign for each comparison; as long as it was."""
    return text.translate(_PLAIN)
