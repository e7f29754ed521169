"""How far characters reach below their baseline, where fonts state something else that cannot be true.

PDF libraries place the boxes of characters by the descent of the font. Acrobat writes 2.463 em for Cambria, others
write 0, and so the numbers of a row would stand on another row than its label.
"""

_DESCENT_EM = 0.212  # of Arial and the like
_LEAST_DESCENT_EM = 0.16
_MOST_DESCENT_EM = 0.3


def believable_descent(stated: float) -> float:
    """Return the descent of a font in em, negative: the stated one if fonts of text have such descents."""
    return stated if _LEAST_DESCENT_EM <= -stated <= _MOST_DESCENT_EM else -_DESCENT_EM
