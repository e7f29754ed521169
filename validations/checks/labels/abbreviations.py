"""LBL: abbreviations and their definitions, within an exhibit and across the exhibits of a paper."""

import re
from collections import defaultdict

from validations.checks.labels.cell_texts import columns_of_words
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

# two capitals or more, alone or after a prefix: LMS, U-LMS, dMMR
ABBREVIATION = re.compile(r"(?<![\w-])[A-Za-z]{0,2}-?[A-Z]{2,7}(?![\w-])")
# of statistics, countries, nucleic acids and Roman numerals: papers do not define them
KNOWN_TO_ALL = {"CI", "HR", "OR", "RR", "SD", "SE", "USA", "US", "UK", "EU", "DNA", "RNA", "II", "III", "IV", "VI"}
NONE_DEFINED = NotCheckable("the paper defines no abbreviations")


def named_columns(table: Table) -> list[str]:
    """The columns whose cells are names or abbreviations."""
    own = {"label", "subtype", "group", "event", "characteristic"} & set(table.frame.columns)
    return sorted(own | set(table.model.vocabulary()))


def used_in(table: Table) -> dict[str, Record]:
    """The abbreviations among the names of a table, each with the first record that has it."""
    found: dict[str, Record] = {}
    columns = named_columns(table)
    for record, texts in zip(table.records, table.cells(columns), strict=True):
        for short in ABBREVIATION.findall(" | ".join(texts)):
            found.setdefault(short, record)
    return found


def definitions(paper: Paper) -> dict[str, dict[str, str]]:
    """The meaning of each abbreviation in each exhibit that defines it: abbreviation -> exhibit -> meaning."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table in paper.tables.values():
        for short, long in table.abbreviations.items():
            found[short][table.name] = long
    return found


@check("LBL001", "note", by_panel=False)
def abbreviation_is_not_defined(paper: Paper) -> Answers:
    """An exhibit uses an abbreviation that no exhibit of the paper defines.

    Why it matters
        It may be a misprint of another abbreviation (ASPA for ASPS) or a second name for the same thing. Whoever counts
        by name counts wrongly.

    Fires on
        table1: characteristics, defines LMS
        section  label  n
        Subtype  LMS    12
        Subtype  CCSS   1

    Silent on
        table1: characteristics, defines LMS CCS
        section  label  n
        Subtype  LMS    12
        Subtype  CCS    1
        Subtype  Other  3

    Not checkable on
        table1: characteristics
        section  label  n
        Subtype  LMS    12
    """
    known = {fold(short) for short in definitions(paper)}
    first: dict[str, Record] = {}
    for table in paper.tables.values():
        first = {**used_in(table), **first}
    for short, record in first.items():
        if short in KNOWN_TO_ALL or not known:
            yield None if known else NONE_DEFINED
        elif fold(short) in known:
            yield None
        else:
            columns = named_columns(paper.tables[record.exhibit])
            column = next(c for c in columns if short in ABBREVIATION.findall(record[c]))
            yield Fault(f"no exhibit defines {short}", "", record, column, (column,))


@check("LBL002", "note", by_panel=False)
def abbreviation_is_defined_in_two_ways(paper: Paper) -> Answers:
    """Two exhibits define one abbreviation differently.

    Why it matters
        Rows with this label are different patients in the two exhibits, or one of the definitions is misspelt.

    Fires on
        table1: characteristics, defines ES=epithelioid_sarcoma
        section  label  n
        Subtype  ES     3

        table2: responses, defines ES=Ewing_sarcoma
        group  n_total
        ES     3

    Silent on
        table1: characteristics, defines ES=epithelioid_sarcoma
        section  label  n
        Subtype  ES     3

        table2: responses, defines ES=Epithelioid_sarcoma
        group  n_total
        ES     3
    """
    for short, meanings in definitions(paper).items():
        spelt = {fold(long): (exhibit, long) for exhibit, long in meanings.items() if long}
        if len(meanings) > 1:
            definitions_found = "; ".join(f"{long} in {exhibit}" for exhibit, long in spelt.values())
            place = first_record(paper, next(iter(meanings)))
            yield Fault(f"{short} stands for {definitions_found}", "", place, "") if len(spelt) > 1 and place else None


def first_record(paper: Paper, exhibit: str) -> Record | None:
    """The first record of an exhibit; None if it is empty."""
    return next(iter(paper.tables[exhibit].records), None)


@check("LBL003", "note", by_panel=False)
def one_thing_has_two_abbreviations(table: Table) -> Answers:
    """An exhibit defines two abbreviations with the same meaning.

    Why it matters
        Patients of one kind are then counted under two names, and neither count includes all of them.

    Fires on
        table1: characteristics, defines EHE=epithelioid_hemangioendothelioma HE=epithelioid_hemangioendothelioma
        section  label  n
        Subtype  EHE    3

    Silent on
        table1: characteristics, defines EHE=epithelioid_hemangioendothelioma HE=hemangioendothelioma
        section  label  n
        Subtype  EHE    3
    """
    by_meaning = defaultdict(list)
    for short, long in table.abbreviations.items():
        if long:
            by_meaning[fold(long)].append(short)
    place = next(iter(table.records), None)
    for shorts in by_meaning.values() if place else ():
        twice = len(shorts) > 1
        yield (
            Fault(f"{' and '.join(shorts)} both stand for {table.abbreviations[shorts[0]]}", "", place)
            if twice
            else None
        )


@check("LBL008", "note", by_panel=False)
def abbreviation_is_not_used(table: Table) -> Answers:
    """An exhibit defines an abbreviation that it does not use.

    Why it matters
        The list was copied from another exhibit, or the row or column that needed the abbreviation was removed or
        renamed.

    Fires on
        table1: characteristics, defines LMS=leiomyosarcoma GIST=gastrointestinal_stromal_tumour, says Patients N (%)
        section  label  n
        Subtype  LMS    12

    Silent on
        table1: characteristics, defines LMS=leiomyosarcoma CR=complete_response, says Patients with CR
        section  label      n
        Subtype  LMS/other  12

    Not checkable on
        table1: characteristics, defines LMS=leiomyosarcoma
        section  label  n
        Subtype  LMS    12
    """
    place = next(iter(table.records), None)
    if table.model.taken_from():
        return
    if place is None or (table.abbreviations and not table.words):
        yield NotCheckable("caption and column heads of the exhibit are not known")
        return
    cells = " ".join(text for column in (*columns_of_words(table), "notes") for text in table.column(column))
    for short in table.abbreviations:
        word = rf"(?i)(?<![A-Za-z]){re.escape(short)}(?![A-Za-z])"
        used = re.search(word, cells) or re.search(rf"{word}(?!\s*[:=])", table.words)
        yield None if used else Fault(f"the exhibit defines {short} but does not use it", "", place)
