"""How wide a text is in a picture, and what of it fits."""

from bisect import bisect_right
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # comes with matplotlib
LETTER_PT = 7.5
CUT = "…"
HINTING = 1.08  # so much wider may letters be in a PNG, where they are fitted to pixels


def visible(text: str) -> str:
    """The text without control characters, which an SVG must not hold."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = LETTER_PT, weight: str = "normal") -> float:
    """The width of a text in points, at most."""
    font = FontProperties(family=FONT, size=size, weight=weight)
    return HINTING * float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def fitted(text: str, room: float, size: float = LETTER_PT, weight: str = "normal") -> str:
    """The text, or as much of its beginning as fits into so many points, with a sign that it was cut."""
    if width_of(text, size, weight) <= room:
        return text
    left = room - width_of(CUT, size, weight)
    letters = bisect_right(range(1, len(text) + 1), left, key=lambda end: width_of(text[:end], size, weight))
    return f"{text[:letters].rstrip()}{CUT}"


def sentences(text: str, room: float, size: float, weight: str) -> str:
    """The whole sentences at the beginning of a text that fit, or as much of the first one as fits."""
    ends = [
        place + 1 for place, letter in enumerate(text) if letter == "." and text[place + 1 : place + 2] in (" ", "")
    ]
    whole = [text[:end] for end in ends if width_of(text[:end], size, weight) <= room]
    if width_of(text, size, weight) <= room or not whole:
        return fitted(text, room, size, weight)
    return whole[-1]


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The text in at most two lines."""
    if width_of(text, size) <= room:
        return [text]
    words = text.split(" ")
    lengths = range(1, len(words) + 1)
    first = max(1, bisect_right(lengths, room, key=lambda end: width_of(" ".join(words[:end]), size)))
    return [fitted(" ".join(words[:first]), room, size), *filter(None, [fitted(" ".join(words[first:]), room, size)])]
