"""Text that is struck out: a line runs through the middle of characters and ends where they end. It is printed, and yet
it is not what the page says."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extract.page.box import Box
from extract.page.objects import Character

# Heights of the line above the lower edge of a character, of its type size: through small letters and through digits.
# The baseline is .21 above the lower edge. Lower lines are underlines and the bars of fractions
_LOWEST_EM = 0.33
_HIGHEST_EM = 0.68
_THICKEST_EM = 0.15  # thicker bars are fills
_OVERHANG_EM = 0.5  # of the line over the characters: rules of tables reach farther
_WHOLE_SHARE = 0.6  # of the width of a character: so much of it is struck out


def strike_out(chars: Sequence[Character], rules: Iterable[Box]) -> tuple[list[Character], list[Character], list[Box]]:
    """Return the characters that no rule strikes out, those that one does, and the other rules."""
    ordered = sorted(chars, key=_bottom_of)
    bottoms = [char["bottom"] for char in ordered]
    reach = _HIGHEST_EM * max((_size_of(char) for char in ordered), default=0.0)
    struck: set[int] = set()
    left = []
    for rule in rules:
        near = ordered[bisect_left(bottoms, rule.middle) : bisect_left(bottoms, rule.middle + reach)]
        own = [char for char in near if _crosses(rule, char)]
        if any(char["text"].isalnum() for char in own) and _ends_with(rule, own):
            struck.update(map(id, own))
        else:
            left.append(rule)
    if not struck:
        return list(chars), [], left
    return [char for char in chars if id(char) not in struck], [char for char in chars if id(char) in struck], left


def _bottom_of(char: Character) -> float:
    return char["bottom"]


def _size_of(char: Character) -> float:
    return char["bottom"] - char["top"]


def _crosses(rule: Box, char: Character) -> bool:
    shared = min(rule.x1, char["x1"]) - max(rule.x0, char["x0"])
    size = _size_of(char)
    high = _LOWEST_EM * size <= char["bottom"] - rule.middle <= _HIGHEST_EM * size
    return shared > 0 and high and rule.height <= _THICKEST_EM * size and shared >= _WHOLE_SHARE * _width_of(char)


def _width_of(char: Character) -> float:
    return char["x1"] - char["x0"]


def _ends_with(rule: Box, chars: Sequence[Character]) -> bool:
    over = _OVERHANG_EM * _size_of(chars[0])
    starts, ends = min(char["x0"] for char in chars) - rule.x0, rule.x1 - max(char["x1"] for char in chars)
    return starts <= over and ends <= over
