"""Events and patients of a count, from what is printed of it: count, total, percentage, number of patients."""

from typing import NamedTuple

from extract.publishing.analysis.values import NOTHING, Value, as_printed, count_between
from schemas.base.printed import Printed, parse_printed
from validations.inference.denominators import count_gives, counts_that_give, totals_that_give


class Share(NamedTuple):
    """Events of patients. `reason`: why they are unknown, "" if they are not."""

    xi: Value
    ni: Value
    reason: str = ""


def share_of(n: Printed | None, percent: Printed | None, whole: int | None, name: str) -> Share:
    """Return events and patients.

    `whole`: the printed number of patients in whom the events were probably counted; `name`: of its column. A printed
    count goes before a percentage. Where the percentage shows that the count was of fewer patients than `whole`, their
    number follows from it.
    """
    percent = None if percent is None or percent.comparator else percent
    if n is not None and n.is_whole:
        return _of_count(n.count, percent, whole, name)
    if n is not None:
        return _unknown("the count is not a whole number")
    if percent is None:
        return _unknown("neither a count nor a percentage is printed")
    return _of_percent(percent, whole, name)


def _of_count(n: int, percent: Printed | None, whole: int | None, name: str) -> Share:
    xi = as_printed(parse_printed(str(n)))
    other = None
    if percent is not None and (whole is None or not count_gives(n, whole, percent)):
        other = totals_that_give(n, percent, whole) if n else None
    if other is not None and percent is not None:
        least, greatest = other
        known = f" and at most {name}" if whole is not None else ""
        ni = count_between(least, greatest, "n_percent", f"total of which n is {percent} %{known}")
        return Share(xi, ni)
    if whole is None:
        return _unknown("the number of patients is not printed")
    if n > whole:
        return _unknown(f"the count exceeds the number of patients: {n} of {whole}")
    return Share(xi, Value(str(whole)))


def _of_percent(percent: Printed, whole: int | None, name: str) -> Share:
    if whole is None:
        return _unknown("a percentage without a number of patients")
    counts = counts_that_give(percent, whole)
    if not counts:
        return _unknown(f"no count of {whole} ({name}) gives {percent} %")
    xi = count_between(counts[0], counts[-1], "percent", f"{name} * percent / 100, a whole number")
    return Share(xi, Value(str(whole)))


def _unknown(reason: str) -> Share:
    return Share(NOTHING, NOTHING, reason)
