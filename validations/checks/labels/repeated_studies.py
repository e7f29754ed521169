"""DUP: studies of a review that are listed twice, or have the numbers of another study."""

import re
from collections import defaultdict
from collections.abc import Sequence

from validations.inference.arms.summaries import significant_digits
from validations.labels import fold
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Record, Table, number_in

FEWEST_TELLING = 2  # numbers of a study with TELLING_DIGITS or more
TELLING_DIGITS = 3
LEAST_EQUAL = 0.75  # of the cells that both rows print
MOST_LISTED_TWICE = 0.2  # of the studies of a table: more have a row for each arm
FEWEST_DIGITS = 8  # of an estimate and its limits: 1.83 (0.64 to 5.24) has eight
ESTIMATE = ("estimate", "ci_low", "ci_high")
COUNTS = ("events", "arm1_events", "arm2_events", "total")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINTS = re.compile(r"[\W_]+")
_LAYOUT = NotCheckable("many studies have several rows, such as one for each arm")


@check("DUP006", "unlikely", by_panel=False)
def study_is_listed_twice(table: Table) -> Answers:
    """A list of studies has the same study in two rows, with the same numbers.

    Why it matters
        Its patients are counted twice, and the number of studies is one too many.

    Fires on
        table1: sheet
        row  cell  label               head   text
        1    2     Ding et al. (2013)  City   Shanghai
        1    3     Ding et al. (2013)  N      3141
        1    4     Ding et al. (2013)  Cases  113
        2    2     Ma et al. (2013)    City   Shanghai
        2    3     Ma et al. (2013)    N      2442
        2    4     Ma et al. (2013)    Cases  101
        3    2     Sun et al. (2012)   City   Shanghai
        4    2     Jia et al. (2014)   City   Beijing
        5    2     Ji et al. (2015)    City   Tianjin
        6    2     Ding et al.(2013)   City   Shanghai
        6    3     Ding et al.(2013)   N      3141
        6    4     Ding et al.(2013)   Cases  113

    Silent on
        table1: sheet
        row  cell  label               head   text
        1    2     Ding et al. (2013)  City   Shanghai
        1    3     Ding et al. (2013)  N      3141
        1    4     Ding et al. (2013)  Cases  113
        2    2     Ma et al. (2013)    N      2442
        3    2     Sun et al. (2012)   City   Shanghai
        4    2     Jia et al. (2014)   City   Beijing
        5    2     Ji et al. (2015)    City   Tianjin
        6    2     Ding et al. (2013)  City   Ningbo
        6    3     Ding et al. (2013)  N      3180
        6    4     Ding et al. (2013)  Cases  113

    Not checkable on
        table1: sheet
        row  cell  label               head   text
        1    2     Ding et al. (2013)  Arm    Drug
        1    3     Ding et al. (2013)  N      3141
        1    4     Ding et al. (2013)  Cases  113
        2    2     Ding et al. (2013)  Arm    Placebo
        2    3     Ding et al. (2013)  N      3141
        2    4     Ding et al. (2013)  Cases  113
    """
    rows: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in table.records if table.schema == "sheet" else ():
        if _YEAR.search(record["label"]) and record.row not in table.doubtful:
            rows[record.row][record["cell"]] = record
    studies: dict[str, list[dict[str, Record]]] = defaultdict(list)
    for cells in rows.values():
        studies[_JOINTS.sub("", next(iter(cells.values()))["label"].casefold())].append(cells)
    repeated = sum(len(each) > 1 for each in studies.values())
    for first, *others in studies.values():
        for cells in others:
            yield _LAYOUT if repeated > MOST_LISTED_TWICE * len(studies) else _listed(first, cells)


def _listed(first: dict[str, Record], second: dict[str, Record]) -> Fault | None:
    both = [(first[cell]["text"], second[cell]["text"]) for cell in first if cell in second]
    equal = [one for one, other in both if fold(one) == fold(other)]
    telling = [text for text in equal if _is_telling(text)]
    differ = any(_is_exact(one) and _is_exact(other) and one != other for one, other in both)
    if differ or len(equal) < LEAST_EQUAL * len(both) or len(telling) < FEWEST_TELLING:
        return None
    record, before = next(iter(second.values())), next(iter(first.values()))
    message = f"{record['label']} is in row {before.row} and again in row {record.row}, both with {', '.join(telling)}"
    return Fault(message, "one row", record, "label", ("label",), (before,))


def _is_exact(text: str) -> bool:
    number = number_in(text)
    return number is not None and not number.comparator


def _is_telling(text: str) -> bool:
    number = number_in(text)
    return number is not None and significant_digits(number) >= TELLING_DIGITS and not _YEAR.fullmatch(text)


@check("DUP007", "unlikely")
def study_has_the_numbers_of_another(table: Table) -> Answers:
    """Two studies of a plot, or of a group of it, have the same estimate and interval to the last digit.

    Why it matters
        Eight digits do not agree by chance. The numbers of one study were copied to the other, whose own are lost.

    Fires on
        fig2: forest
        kind   label          measure  estimate  ci_low  ci_high  weight
        study  Handa 1999     HR       1.83      0.64    5.24     3.44
        study  Bahnassy 2004  HR       1.83      0.64    5.24     3.44
        study  Smith 2010     HR       1.20      0.81    1.78     9.10

    Silent on
        fig2: forest
        kind   label          measure  estimate  ci_low  ci_high  weight
        study  Handa 1999     HR       1.83      0.64    5.24     3.44
        study  Bahnassy 2004  HR       1.83      0.64    5.21     3.46
        study  Smith 2010     HR       0.06      0.05    0.07     9.10
        study  Jones 2011     HR       0.06      0.05    0.07     9.10

        fig3: forest
        kind   label         events  total  estimate  ci_low  ci_high
        study  Angelo 2018   12      42     0.286     0.157   0.446
        study  Tawbi 2017    12      42     0.286     0.157   0.446
    """
    seen: dict[tuple[str, ...], Record] = {}
    for record in table.records if table.schema == "forest" else ():
        if record["kind"] == "study":
            yield None if any(record[name] for name in COUNTS) else _copied(record, seen)


def _copied(record: Record, seen: dict[tuple[str, ...], Record]) -> Answer:
    numbers = [record.number(name) for name in ESTIMATE]
    digits: Sequence[int] = [significant_digits(number) for number in numbers if number is not None]
    first = seen.setdefault((record["group"], record["weight"], *(record[name] for name in ESTIMATE)), record)
    if first is record or len(digits) < len(ESTIMATE) or sum(digits) < FEWEST_DIGITS:
        return None
    if fold(first["label"]) == fold(record["label"]):
        return None
    message = f"{record['label']} has the numbers of {first['label']}: {record['estimate']} ({record['ci_low']} to"
    return Fault(f"{message} {record['ci_high']})", "", record, "estimate", ESTIMATE, (first,))
