"""What stands behind the values of a cell: its P value or number of patients; and cells that print a test."""

import re
from collections.abc import Sequence

from extract.meaning.cells.context import CellStatement, Context, Source, is_probability
from extract.meaning.cells.shapes import ShapedCell, csv_number

_INTERVALS = ("N(N~N)", "N~N", "N±N(N~N)", "N")  # shapes before a P value
_TEST_RESULT = re.compile(
    r"((?:F|t|z|χ\s?2|χ²|[Cc]hi[-\s]?(?:2|²|squared?)|H|U|W)\s?(?:\(?\d+(?:\.\d+)?(?:\s?,\s?\d+(?:\.\d+)?)?\)?)?)"
    r"\s?([=<>≤≥]\s?[-−–]?[\d.·]+)(?:[\s,;]*(?:n\.?s\.?|\(?[Pp]\s?[=<>]\s?[\d.·]+\)?))?\s?[*†‡]*"
)
"""The result of a test in a cell: "F(2,54) = 1.04 n.s.", "χ2 = 5.1, p = 0.02"."""


def test_result(cell: ShapedCell) -> CellStatement | None:
    """The statement of a cell that prints a test and its result; None for other cells."""
    match = _TEST_RESULT.fullmatch(cell.text)
    if match is None:
        return None
    p = {"p": cell.numbers[-1]} if "p" in cell.shape else {}
    values = {"test": match[1], "value": csv_number(match[2].lstrip("= ")), **p}
    return CellStatement("test", values, f"cell: {cell.text}")


def without_tail(cell: ShapedCell, context: Context) -> tuple[str, list[str], dict[str, str]]:
    """The shape and numbers of a cell without a P value or a number of patients behind, and these by column."""
    shape, numbers, tail = cell.shape.strip("w"), list(cell.numbers), dict[str, str]()
    while True:
        if shape.endswith("(wN)") and cell.words and cell.words[-1].casefold() == "n":
            shape, tail["n"] = shape.removesuffix("(wN)"), numbers.pop()
        elif len(numbers) > 1 and (base := _before_p(shape, numbers[-1], context)) is not None:
            shape, tail["p"] = base, numbers.pop()
        elif shape == "N(N)(N)" and (context.sources and _says_size_last(context.sources)):
            shape, tail["n"] = "N(N)", numbers.pop()
        elif shape in ("N(w)", "N%(w)", "N(N~N)(w)"):
            shape = shape.removesuffix("(w)")
        else:
            return shape, numbers, tail


def _before_p(shape: str, last: str, context: Context) -> str | None:
    """The shape before a P value that ends the cell; None where it does not end so."""
    for ending in ("(pN)", "/pN", "pN", "/N", "N"):
        base = shape.removesuffix(ending).rstrip("w")
        if shape.endswith(ending) and base in _INTERVALS:
            told = "p" in ending or (base != "N" and "w" not in shape and context.first(lambda said: said.p))
            if (told or (last.startswith("<") and "w" not in shape) or base == "N(N~N)") and is_probability(last):
                return base
    return None


def _says_size_last(sources: Sequence[Source]) -> bool:
    return any(source.text.rstrip().endswith(("[n]", "(n)")) for source in sources)
