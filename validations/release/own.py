"""Expectations of our own, on columns read as text: printed numbers are the intervals that round to them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)

from schemas.base.printed import Printed
from validations.inference.denominators import count_gives
from validations.tables import number_in

INFINITY = Decimal("Infinity")
Records = Sequence[Sequence[str]]


def number_of(cell: object) -> Printed | None:
    """The number printed in a cell; None where there is none."""
    return number_in(cell) if isinstance(cell, str) else None


def is_in_order(less: Printed | None, greater: Printed | None) -> bool:
    """Whether the first number is not above the second; also where one of them is not printed."""
    if less is None or greater is None:
        return True
    alike = less.decimals == greater.decimals and not less.comparator and not greater.comparator
    return less.value <= greater.value if alike else less.low <= greater.high


def is_share(n: Printed | None, percent: Printed | None, *totals: Printed | None) -> bool:
    """Whether the percentage may be the count out of one of the totals; also where any of them is not printed."""
    known = [total.count for total in totals if total is not None and total.is_whole]
    if n is None or percent is None or not n.is_whole or not known:
        return True
    return any(count_gives(n.count, total, percent) for total in known)


def by_record(frame: pd.DataFrame, judge: Callable[..., bool], keys: int = 0, ruled: Records = ()) -> pd.Series:
    """What `judge` says of the numbers of each record of the frame, whose first columns are its key; of one that was
    ruled on, nothing."""
    excepted = {tuple(record) for record in ruled}
    records = frame.itertuples(index=False, name=None)
    said = [record[:keys] in excepted or judge(*map(number_of, record[keys:])) for record in records]
    return pd.Series(said, index=frame.index, dtype=bool)


class _PrintedNumbers(ColumnMapMetricProvider):
    condition_metric_name = "column_values.printed_numbers"
    condition_value_keys = ("least", "most")

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, least: int | None, most: int | None, **_: object) -> pd.Series:  # noqa: N805
        low, high = -INFINITY if least is None else least, INFINITY if most is None else most
        numbers = column.map(number_of)
        return numbers.map(lambda number: number is not None and number.high >= low and number.low <= high).astype(bool)


class ExpectColumnValuesToBePrintedNumbers(ColumnMapExpectation):
    """Every cell is a printed number that may be from `least` to `most`."""

    least: int | None = None
    most: int | None = None
    map_metric = "column_values.printed_numbers"
    success_keys = ("least", "most", "mostly")


class _NumbersInOrder(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.printed_numbers_in_order"
    condition_value_keys = ("keys", "ruled")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, keys: int, ruled: Records, **_: object) -> pd.Series:  # noqa: N805
        return by_record(column_list, is_in_order, keys, ruled)


class ExpectPrintedNumbersToBeInOrder(MulticolumnMapExpectation):
    """The number in the first column behind the key is not above that in the second, but in records ruled on."""

    keys: int
    ruled: list[list[str]]
    map_metric = "multicolumn_values.printed_numbers_in_order"
    success_keys = ("keys", "ruled", "mostly")


class _PercentOfTotal(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.percent_of_total"
    condition_value_keys = ("cohort", "keys", "ruled")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805
        column_list: pd.DataFrame,
        cohort: int | None,
        keys: int,
        ruled: Records,
        **_: object,
    ) -> pd.Series:
        whole = [number_of(str(cohort))] if cohort else []
        return by_record(column_list, lambda *numbers: is_share(*numbers, *whole), keys, ruled)


class ExpectPercentOfTotal(MulticolumnMapExpectation):
    """Behind the key, the second column is the percentage of the first out of one of the others, or out of the cohort,
    but in records ruled on."""

    cohort: int | None = None
    keys: int
    ruled: list[list[str]]
    map_metric = "multicolumn_values.percent_of_total"
    success_keys = ("cohort", "keys", "ruled", "mostly")
