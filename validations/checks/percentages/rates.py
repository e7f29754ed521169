"""PCT: decimals and padded zeros of percentages, and rates printed without a count."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from schemas.base.printed import Printed
from validations.inference.denominators import some_count_gives, some_total_gives
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, count_in, number_in

MOST_DECIMALS = (
    6  # of a rate: more than counts of patients have, and the arithmetic of _denominators stays within 64 bits
)
USUAL_SAMPLE_SIZE = 512  # patients of an arm: up to here a small array holds all denominators of a rate
MOST_PATIENTS = 10_000  # from here on, every percentage with two decimals fits some count


def percent_columns(table: Table) -> list[str]:
    """The columns of percentages."""
    return list(dict.fromkeys(group["percent"] for group in table.model.quantities() if "percent" in group))


def note_on_column(odd: Sequence[tuple[Record, str]], column: str, message: str, expected: str) -> Answer:
    """One fault for a column, at its first odd row and with the other odd rows; None without odd rows. The odd texts
    follow the message."""
    if not odd:
        return None
    (first, _), *others = odd
    cells = ", ".join(dict.fromkeys(text for _, text in odd))
    also = tuple(record for record, _ in others)
    return Fault(f"{message} {cells}", expected, first, column, (column,), also)


@check("PCT006", "note")
def decimals_change_in_column(table: Table) -> Answers:
    """The percentages of a column are printed with different numbers of decimals.

    Why it matters
        A percentage with fewer decimals than its neighbours is rounded more coarsely, so counts recomputed from it are
        less exact. It is also a frequent trace of a number that was typed in later.

    Fires on
        table4: responses
        group  n_total  pr_n  pr_percent
        A      41       10    24.4
        B      5        2     40

    Silent on
        table4: responses
        group  n_total  pr_n  pr_percent
        A      41       10    24.4
        B      5        2     40.0
    """
    for column in percent_columns(table):
        texts = Counter(table.column(column))
        decimals = {text: number.decimals for text in texts if (number := number_in(text)) is not None}
        counts = Counter[int]()
        for text, each in decimals.items():
            counts[each] += texts[text]
        if not counts:
            continue
        usual = max(sorted(counts, reverse=True), key=counts.__getitem__)
        odd_texts = {text for text, each in decimals.items() if each != usual and text != "0"}
        cells = zip(table.records, table.column(column), strict=True)
        odd = [(record, text) for record, text in cells if text in odd_texts]
        decimal_places = f"{usual} decimal{'s' * (usual != 1)}"
        yield note_on_column(odd, column, f"{column} usually has {decimal_places}, but here", decimal_places)


@check("PCT007", "note")
def zero_pads_a_rounded_percentage(table: Table) -> Answers:
    """Percentages end in a zero that was not computed: they were rounded and then padded with a zero.

    Why it matters
        12.0 looks exact to one decimal, but no count out of the number of patients gives 12.0, while one gives 12.
        Read such a number with the coarser rounding, otherwise a correct value looks impossible.

    Fires on
        table1: study_arms
        study  sample_size  orr_percent
        A      43           7.90
        B      6            33.30
        C      46           13.04

    Silent on
        table1: study_arms
        study  sample_size  orr_percent
        A      40           17.50
        B      41           12.20
        C      46           13.04
    """
    for group in table.model.quantities():
        bound = group.get("at_most") or group.get("total", "")
        if "percent" not in group or "n" in group or not bound:
            continue
        column, odd, known = group["percent"], [], 0
        for record, (percent_text, bound_text) in zip(table.records, table.cells((column, bound)), strict=True):
            percent, patients = number_in(percent_text), count_in(bound_text)
            known += percent is not None and patients is not None
            if percent is not None and patients and is_padded(percent, patients, exactly="total" in group):
                odd.append((record, percent.text))
        yield (
            note_on_column(
                odd, column, f"the last zero of {column} was added, not computed:", "a last zero that was computed"
            )
            if known
            else NotCheckable("no percentage is printed with a number of patients")
        )


def is_padded(percent: Printed, patients: int, *, exactly: bool) -> bool:
    """Whether the percentage fits a count only without its last zero. `exactly`: out of exactly this number of
    patients, else out of at most this number."""
    possible = some_count_gives if exactly else some_total_gives
    coarser = percent.coarser
    return coarser is not None and not possible(percent, patients) and possible(coarser, patients)


@check("PCT008", "unlikely")
def rates_share_no_denominator(
    at_most: Printed, orr_percent: Printed, dcr_percent: Printed
) -> str | NotCheckable | None:
    """No number of evaluable patients up to the sample size gives both rates from whole numbers of patients.

    Why it matters
        Response and disease control are counted in the same patients. Even if the number of evaluable patients is not
        printed, some number must fit both rates; otherwise one of the rates is wrong.

    Fires on
        at_most  orr_percent  dcr_percent
        35       3.70         40.47
        30       36.67        76.76

    Silent on
        at_most  orr_percent  dcr_percent
        35       3.70         40.74
        6        33.30        66.70
        44       0.00         40.50
    """
    if not at_most.is_whole or at_most.count > MOST_PATIENTS:
        return NotCheckable("the sample size is no whole number, or so large that every rate fits some count")
    if any(rate.comparator or rate.decimals > MOST_DECIMALS for rate in (orr_percent, dcr_percent)):
        return NotCheckable("a rate has a comparator or too many decimals")
    most = at_most.count
    common = _denominators(orr_percent, most > USUAL_SAMPLE_SIZE) & _denominators(dcr_percent, most > USUAL_SAMPLE_SIZE)
    if common & ((1 << most) - 1):
        return None
    return f"no number of evaluable patients up to {at_most} gives both {orr_percent} % and {dcr_percent} %"


@lru_cache(maxsize=16384)
def _denominators(rate: Printed, large: bool) -> int:
    """The denominators that fit a rate, as bits: the lowest bit for 1 patient, up to USUAL_SAMPLE_SIZE patients, or to
    MOST_PATIENTS if `large`. A bit is set if some count out of that number gives the rate, with or without a padded
    zero."""
    most = MOST_PATIENTS if large else USUAL_SAMPLE_SIZE
    patients = np.arange(1, most + 1)
    found = np.zeros(most, dtype=bool)
    for printed in (rate, rate.coarser):
        if printed is not None:
            scale = 10 ** (printed.decimals + 3)  # to whole numbers: a share of 1 at half a unit of the last digit
            low, high = int(printed.low * scale // 100), int(printed.high * scale // 100)
            found |= high * patients // scale >= -(-max(low, 0) * patients // scale)
    return int.from_bytes(np.packbits(found, bitorder="little").tobytes(), "little")
