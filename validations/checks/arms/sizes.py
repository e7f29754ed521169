"""ARM: the number of patients of an arm, here and there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from validations.inference.arms.variables import Categories, arm_of, find_categories
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

MOST_OF_A_WRONG_N = 0.5  # of the N in the head: categories of fewer patients are not those of missing data


def sizes_by_column(records: Iterator[Record] | tuple[Record, ...]) -> dict[str, Record | None]:
    """The first record of each printed column that names an N; None where its rows name several."""
    found: dict[str, Record | None] = {}
    for record in records:
        if record["arm_n"] and not record["versus"]:
            cell = record["cell"].partition(".")[0]
            first = found.setdefault(cell, record)
            if first is not None and first["arm_n"] != record["arm_n"]:
                found[cell] = None
    return found


@check("ARM004", "unlikely", by_panel=False)
def arm_has_two_sizes_in_a_table(table: Table) -> Answers:
    """Two columns of a table have the name of the same arm, and another N.

    Why it matters
        The heads do not say how the columns differ. One of them has the name, or the N, of another arm.

    Fires on
        table3: results
        row  cell  outcome  arm      arm_n  statistic  n   percent
        1    2     Nausea   Placebo  112    count      10  8.9
        1    3     Nausea   Drug     112    count      12  10.7
        1    4     Nausea   Drug     115    count      8   7.0

    Silent on
        table3: results
        row  cell  outcome  arm   arm_n  timepoint  statistic  n   percent
        1    2     Nausea   Drug  112    week 8     count      12  10.7
        1    3     Nausea   Drug  101    week 24    count      8   7.9
    """
    columns: dict[tuple[str, ...], dict[str, Record]] = defaultdict(dict)
    for cell, record in sizes_by_column(table.records if table.model.panels() else ()).items():
        if record is not None and record["arm"]:
            columns[record["arm"], record["population"], record["timepoint"]][cell] = record
    for (arm, *_), found in columns.items():
        first, *others = found.values()
        other = next((each for each in others if each["arm_n"] != first["arm_n"]), None)
        if other is None:
            yield None
        else:
            message = f"{arm} has N = {first['arm_n']} in one column and N = {other['arm_n']} in another"
            yield Fault(message, "", other, "arm_n", ("arm", "arm_n"), (first,))


@check("ARM005", "note")
def arm_has_another_size_in_another_table(paper: Paper) -> Answers:
    """An arm has one N in a table and another N in another table, and none of them says which patients it counts.

    Why it matters
        Patients who left the trial or were not analysed are missing in one of the tables. Results of different patients
        are compared, unless a digit of an N is wrong.

    Fires on
        table1: results
        row  cell  outcome  arm   arm_n  statistic  n   percent
        1    2     Men      Drug  37     count      22  59.5

        table2: results
        row  cell  outcome  arm   arm_n  statistic  n   percent
        1    2     Asthma   Drug  28     count      7   25.0

    Silent on
        table1: results
        row  cell  outcome  arm   arm_n  statistic  n   percent
        1    2     Men      Drug  37     count      22  59.5

        table2: results
        row  cell  outcome  arm   arm_n  statistic  n   percent
        1    2     Asthma   Drug  37     count      7   18.9

        table3: results
        row  cell  outcome  arm   arm_n  population    statistic  n   percent
        1    2     Nausea   Drug  28     per protocol  count      7   25.0
    """
    for found in _sizes_by_table(paper).values():
        first, *others = found.values()
        other = next((each for each in others if each["arm_n"] != first["arm_n"]), None)
        if other is None:
            yield None
        else:
            message = f"{other['arm']} has N = {first['arm_n']} in {first.exhibit} and N = {other['arm_n']} here"
            yield Fault(message, "", other, "arm_n", ("arm_n",), (first,))


def _sizes_by_table(paper: Paper) -> Mapping[str, dict[str, Record]]:
    """The arms with a record of each table that has a single N for them and names neither population nor time."""
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    for table in paper.of("results"):
        named = sizes_by_column(table.records).values()
        sizes: dict[str, list[Record]] = defaultdict(list)
        for record in named:
            if record is not None and record["arm"]:
                sizes[fold(record["arm"])].append(record)
        for arm, records in sizes.items():
            plain = all(not record["population"] and record["timepoint"] in ("", "Baseline") for record in records)
            if plain and len({record["arm_n"] for record in records}) == 1:
                found[arm][table.name] = records[0]
    return {arm: tables for arm, tables in found.items() if len(tables) > 1}


@check("ARM006", "unlikely", by_panel=False)
def categories_have_half_the_patients_of_the_head(table: Table) -> Answers:
    """All variables of an arm add up to the same number of patients, which is less than half of its N.

    Why it matters
        The categories are complete: their percentages add up to 100. The N in the head of the column has a wrong digit.

    Fires on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Race     White  Drug  220    count      16  73
        2    2     Race     Black  Drug  220    count      6   27

    Silent on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n   percent
        1    2     Race     White  Drug  22     count      16  73
        2    2     Race     Black  Drug  22     count      6   27

    Not checkable on
        table1: results
        row  cell  outcome  level  arm   arm_n  statistic  n
        1    2     Race     White  Drug  220    count      16
        2    2     Race     Black  Drug  220    count      6
    """
    arms: dict[str, list[Categories]] = defaultdict(list)
    for categories in find_categories(table):
        arms[arm_of(categories.records[0])].append(categories)
    for variables in arms.values():
        first = variables[0].records[0]
        n, complete = first.count("arm_n"), [total for each in variables if (total := _exclusive_total(each))]
        totals = set(complete)
        if n is None or not totals:
            yield NotCheckable("N, or a variable whose percentages add up to 100, is not known")
        elif len(totals) == 1 and _is_wrong(n, total := totals.pop(), len(complete)):
            message = f"N of {first['arm']} is {n}, but its categories add up to {total} patients and 100 %"
            yield Fault(message, str(total), first, "arm_n", ("arm_n",))
        else:
            yield None


def _is_wrong(n: int, total: int, variables: int) -> bool:
    """Whether categories of so few patients make the N wrong: several variables agree, or N has a digit more. The
    categories of one variable may be those of a part of the patients."""
    digits = str(n)
    digit_more = any(digits[:place] + digits[place + 1 :] == str(total) for place in range(len(digits)))
    return total < MOST_OF_A_WRONG_N * n and (variables > 1 or digit_more)


def _exclusive_total(categories: Categories) -> int | None:
    """The sum of the counts of a variable whose percentages add up to exactly 100."""
    percents = [record.number("percent") for record in categories.records]
    counts = [record.count("n") for record in categories.records]
    if any(count is None for count in counts) or sum(each.value for each in percents if each is not None) != 100:
        return None
    return sum(count or 0 for count in counts)
