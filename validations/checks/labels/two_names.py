"""LBL: one thing under two names."""

from collections import Counter

from validations.checks.labels.abbreviations import definitions, named_columns
from validations.inference.study_arms import arm_pairs, arms_table
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record


@check("LBL004", "note", by_panel=False)
def name_and_abbreviation_are_both_labels(paper: Paper) -> Answers:
    """A label is an abbreviation in one row and the full name in another row or exhibit.

    Why it matters
        Whoever joins the exhibits by label loses the rows or counts one thing twice.

    Fires on
        table1: characteristics, defines UPS=undifferentiated_pleomorphic_sarcoma
        section  label  n
        Subtype  UPS    3

        table2: responses
        group                                 n_total
        Undifferentiated pleomorphic sarcoma  3

    Silent on
        table1: characteristics, defines UPS=undifferentiated_pleomorphic_sarcoma
        section  label  n
        Subtype  UPS    3

        table2: responses
        group                     n_total
        Undifferentiated sarcoma  3
    """
    places: dict[str, tuple[Record, str]] = {}
    for table in paper.tables.values():
        for column in named_columns(table):
            for text, record in table.firsts(column).items():
                places.setdefault(fold(text), (record, column))
    for short, known in definitions(paper).items():
        for long in dict.fromkeys(filter(None, known.values())):
            both = fold(short) != fold(long) and fold(short) in places and fold(long) in places
            yield _both_names(short, places[fold(long)], places[fold(short)][0]) if both else None


def _both_names(short: str, place: tuple[Record, str], other: Record) -> Fault:
    record, column = place
    message = f"{record[column]} here is called {short} in row {other.row} of {other.exhibit}"
    return Fault(message, short, record, column, (column,), (other,))


@check("LBL005", "note", by_panel=False)
def group_has_two_names(paper: Paper) -> Answers:
    """The arms of one group have another group name in a forest plot than in the table of studies.

    Why it matters
        The text compares the groups under both names. Only the studies in them show that the groups are the same.

    Fires on
        table1: study_arms
        row  study  group
        1    A      Anti-PD1 + TKI
        2    B      Anti-PD1 + TKI

        fig2: forest
        row  kind   label  group
        1    study  A      ICI + TKI
        2    study  B      ICI + TKI

    Silent on
        table1: study_arms
        row  study  group
        1    A      ICI + TKI
        2    B      ICI + TKI

        fig2: forest
        row  kind   label  group
        1    study  A      ICI + TKI
        2    study  B      ICI + TKI
    """
    arms = arms_table(paper)
    for plot in paper.of("forest") if arms else ():
        assert arms is not None
        both = [
            (pair.row, pair.arm)
            for pair in arm_pairs(arms, plot)
            if pair.arm and pair.row["group"] and pair.arm["group"]
        ]
        headings = {fold(arm["group"]) for arm in arms.records}
        for group in dict.fromkeys(row["group"] for row, _ in both):
            inside = [(row, arm) for row, arm in both if row["group"] == group]
            names = Counter(arm["group"] for _, arm in inside)
            one = len(names) == 1 and all(row["group"] == group for row, arm in both if arm["group"] in names)
            if not one:
                yield NotCheckable("the groups of the plot are not the groups of the table of studies")
            else:
                name, (row, arm) = next(iter(names)), inside[0]
                message = f"{group} here is called {name} in {arms.name}"
                other = fold(group) != fold(name) and fold(group) not in headings
                yield Fault(message, name, row, "group", ("group",), (arm,)) if other else None
