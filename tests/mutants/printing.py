"""Prints numbers as papers do, and makes tables of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

import pandas as pd

from schemas import SCHEMAS
from validations.inputs.curated import table_from_frame
from validations.tables import Table

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Press:
    """Prints every number of a table with the same decimals, halves by the same rule."""

    decimals: int
    rule: str = ROUND_HALF_UP

    def __call__(self, value: float, decimals: int | None = None) -> str:
        return self._set(Decimal(repr(float(value))), self.decimals if decimals is None else decimals)

    def percent(self, n: int, total: int) -> str:
        """Return n of total in percent. It is computed with decimals, because floats may miss an exact half."""
        return self._set(Decimal(100 * n) / Decimal(total), self.decimals)

    def p(self, value: float) -> str:
        """Return a P value with three decimals, or <0.001."""
        return "<0.001" if value < 0.001 else self._set(Decimal(repr(float(value))), 3)

    def _set(self, value: Decimal, decimals: int) -> str:
        return f"{value.quantize(Decimal(1).scaleb(-decimals), self.rule) + 0:f}"


def some_press(rng: Random, decimals: tuple[int, ...]) -> Press:
    return Press(rng.choice(decimals), rng.choice((ROUND_HALF_UP, ROUND_HALF_EVEN)))


def table_of(name: str, schema: str, records: Iterable[Cells], cohort_n: int | None = None) -> Table:
    """Return the table of these records, whose missing cells are not printed.

    Raises AssertionError if the table breaks its schema.
    """
    printed = list(records)
    columns = SCHEMAS[schema].columns()[not any("row" in cells for cells in printed) :]
    cells = {column: pd.Series([each.get(column, "") for each in printed], dtype="str") for column in columns}
    table = table_from_frame(name, schema, pd.DataFrame(cells), cohort_n)
    assert not table.broken, table.broken
    return table
