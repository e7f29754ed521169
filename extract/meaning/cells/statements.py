"""Which statistic a cell prints: found from the cell, the head, the label, the notes and the arithmetic, never assumed.

A number that nothing explains is a `value`; two of them are two statements.
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.meaning.cells.centres import SPREAD_COLUMNS, lone_limits, with_limits, with_spread
from extract.meaning.cells.context import CellStatement, Context, Source, evidence_of, lone_value
from extract.meaning.cells.counts import COUNT_SHAPES, counts_in, pair_of_numbers
from extract.meaning.cells.shapes import ShapedCell
from extract.meaning.cells.singles import single_number
from extract.meaning.cells.tails import test_result, without_tail
from extract.meaning.lexicon.said import Said, said_in

_SPREAD_SHAPES = ("N±N", "N(±N)", "N%±N%", "N±N%", "NN")


def statements_of(cell: ShapedCell, context: Context) -> list[CellStatement]:
    """Return what the cell says: every number of it is in exactly one statement; () where it prints none."""
    if not cell.numbers:
        return []
    if test := test_result(cell):
        return [test]
    context = _with_own_words(cell, context)
    shape, numbers, tail = without_tail(cell, context)
    found = _read(shape, numbers, context) or [lone_value(number) for number in numbers]
    if not found:  # only a tail: the number of patients
        return [CellStatement("count", tail, "cell")]
    first = found[0]
    return [CellStatement(first.statistic, {**first.values, **tail}, first.evidence), *found[1:]]


def _with_own_words(cell: ShapedCell, context: Context) -> Context:
    """The context with the words of the cell itself as the nearest source: "HR 2.05 (1.51-2.77)"."""
    said = said_in(cell.text) if cell.words else Said()
    if not said:
        return context
    return replace(context, sources=(Source("cell", cell.text, said), *context.sources))


def _read(shape: str, numbers: Sequence[str], context: Context) -> list[CellStatement]:
    if shape in COUNT_SHAPES and not _is_mean_of_percents(shape, context):
        return counts_in(shape, numbers, context)
    if shape in _SPREAD_SHAPES:
        return with_spread(numbers, context)
    if shape == "N±N(N~N)":
        return with_spread(numbers[:2], context, numbers[2:])
    if shape in ("N(N)", "N%(N%)", "N%(N)"):
        return pair_of_numbers(numbers, context)
    if shape in ("N(N~N)", "N%(N~N)", "N%(N%~N%)", "NN~N", "N(N%~N%)", "N~N~N"):
        return with_limits(numbers, context)
    if shape in ("N~N", "(N~N)", "N%~N%", "N~N%"):
        return lone_limits(numbers, context)
    if shape in ("N", "N%", "(N)", "(N%)"):
        return single_number(numbers[0], "%" in shape, context)
    if shape == "pN":
        return [CellStatement("p", {"p": numbers[0]}, "cell: P")]
    test = context.first(lambda said: said.test)
    if test and len(numbers) == 1:
        return [CellStatement("test", {"value": numbers[0], "test": test.said.test}, evidence_of(test))]
    return []


def _is_mean_of_percents(shape: str, context: Context) -> bool:
    return shape == "N%(N)" and context.first(lambda said: said.spread in SPREAD_COLUMNS) is not None
