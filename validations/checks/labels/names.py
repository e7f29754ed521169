"""LBL: abbreviations and names, within an exhibit and across the exhibits of a paper."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from validations.inference.study_arms import arms_of, pairs
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record, Table

ABBREVIATION = re.compile(r"(?<![\w-])[A-Za-z]{0,2}-?[A-Z]{2,7}(?![\w-])")
NOT_AVAILABLE = re.compile(r"n\.?\s*/?\s*[ard]\.?|not (?:available|applicable|reported|known)", re.IGNORECASE)
LOOK_ALIKE = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТХаеіорсху", "ABEZHIKMNOPTYXABESIJKMHOPCTXaeiopcxy", strict=True))
ALIKE = "".join(LOOK_ALIKE)
LOOKS_LATIN = re.compile(rf"(?=.*[{ALIKE}])(?:[{ALIKE}]|[\x00-\x7f]|[^\w])+")
KNOWN_TO_ALL = {"CI", "HR", "OR", "RR", "SD", "SE", "USA", "US", "UK", "EU", "DNA", "RNA", "II", "III", "IV", "VI"}
NONE_DEFINED = NotCheckable("the paper defines no abbreviations")


def named_columns(table: Table) -> list[str]:
    """The columns of names, of which an abbreviation may be one."""
    own = {"label", "subtype", "group", "event", "characteristic"} & set(table.frame.columns)
    return sorted(own | set(table.model.vocabulary()))


def used_in(table: Table) -> dict[str, Record]:
    """The abbreviations in its names, each with the record where it first stands."""
    found: dict[str, Record] = {}
    columns = named_columns(table)
    for record, texts in zip(table.records, table.cells(columns), strict=True):
        for short in ABBREVIATION.findall(" | ".join(texts)):
            found.setdefault(short, record)
    return found


def definitions(paper: Paper) -> dict[str, dict[str, str]]:
    """Abbreviation -> exhibit -> what it stands for there."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table in paper.tables.values():
        for short, long in table.abbreviations.items():
            found[short][table.name] = long
    return found


@check("LBL001", "note")
def abbreviation_is_not_defined(paper: Paper) -> Answers:
    """An abbreviation names something in an exhibit, and no exhibit of the paper says what it stands for.

    Why it matters
        It may be a misprint of another (ASPA for ASPS), or another name for the same; whoever counts by name counts
        wrongly.

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
            yield Fault(f"{short} is not defined in any exhibit", "", record, column, (column,))


@check("LBL002", "note")
def abbreviation_is_defined_in_two_ways(paper: Paper) -> Answers:
    """An abbreviation stands for one thing in an exhibit and for another in a second one.

    Why it matters
        Rows with this label are not the same patients in both exhibits, or one of the definitions is misspelt.

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
            told = "; ".join(f"{long} in {exhibit}" for exhibit, long in spelt.values())
            place = first_record(paper, next(iter(meanings)))
            yield Fault(f"{short}: {told}", "", place, "") if len(spelt) > 1 and place else None


def first_record(paper: Paper, exhibit: str) -> Record | None:
    return next(iter(paper.tables[exhibit].records), None)


@check("LBL003", "note")
def one_thing_has_two_abbreviations(table: Table) -> Answers:
    """An exhibit defines two abbreviations with the same meaning.

    Why it matters
        Patients of one kind are then counted under two names, and neither count is of all of them.

    Fires on
        table1: characteristics, defines EHE=epithelioid_hemangioendothelioma HE=epithelioid_hemangioendothelioma
        section  label  n
        Subtype  EHE    3

    Silent on
        table1: characteristics, defines EHE=epithelioid_hemangioendothelioma HE=hemangioendothelioma
        section  label  n
        Subtype  EHE    3
    """
    meant = defaultdict(list)
    for short, long in table.abbreviations.items():
        if long:
            meant[fold(long)].append(short)
    place = next(iter(table.records), None)
    for shorts in meant.values() if place else ():
        twice = len(shorts) > 1
        yield (
            Fault(f"{' and '.join(shorts)} both stand for {table.abbreviations[shorts[0]]}", "", place)
            if twice
            else None
        )


@check("LBL004", "note")
def name_and_abbreviation_are_both_labels(paper: Paper) -> Answers:
    """One exhibit names something by its abbreviation, another one, or another row, by its full name.

    Why it matters
        Whoever joins the exhibits by their labels loses the rows, or counts one thing twice.

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
            yield two_names(short, places[fold(long)], places[fold(short)][0]) if both else None


def two_names(short: str, place: tuple[Record, str], other: Record) -> Fault:
    record, column = place
    message = f"{record[column]} here is {short} in row {other.row} of {other.exhibit}"
    return Fault(message, short, record, column, (column,), (other,))


@check("LBL005", "note")
def group_has_two_names(paper: Paper) -> Answers:
    """The arms that stand under one heading in the table of studies stand under another one in a forest plot.

    Why it matters
        The groups are compared under both names in the text. That they are the same is seen from the studies alone.

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
    arms = arms_of(paper)
    for plot in paper.of("forest") if arms else ():
        assert arms is not None
        both = [
            (pair.row, pair.arm) for pair in pairs(arms, plot) if pair.arm and pair.row["group"] and pair.arm["group"]
        ]
        headings = {fold(arm["group"]) for arm in arms.records}
        for group in dict.fromkeys(row["group"] for row, _ in both):
            inside = [(row, arm) for row, arm in both if row["group"] == group]
            names = Counter(arm["group"] for _, arm in inside)
            one = len(names) == 1 and all(row["group"] == group for row, arm in both if arm["group"] in names)
            if not one:
                yield NotCheckable("the groups of the plot are not those of the table of studies")
            else:
                name, (row, arm) = next(iter(names)), inside[0]
                message = f"{group} here is {name} in {arms.name}"
                other = fold(group) != fold(name) and fold(group) not in headings
                yield Fault(message, name, row, "group", ("group",), (arm,)) if other else None


@check("LBL006", "note")
def letters_of_another_alphabet(table: Table) -> Answers:
    """A name is written with Greek or Cyrillic letters that look like Latin ones.

    Why it matters
        It looks like its neighbours and is another text to a computer: N/A in Greek letters is not found among the
        values that are not available.

    Fires on
        table3: responders
        best_response  subtype  msi
        CR             UPS      Ν/Α

    Silent on
        table3: responders
        best_response  subtype  msi
        CR             UPS      N/A
        PR             LMS      κ-high
    """
    for column in text_columns(table):
        odd_cells = {cell for cell in set(table.column(column)) if LOOKS_LATIN.fullmatch(cell)}
        for record, cell in zip(table.records, table.column(column), strict=True):
            if cell in odd_cells:
                odd = dict.fromkeys(letter for letter in cell if letter in LOOK_ALIKE)
                told = ", ".join(unicodedata.name(letter).lower() for letter in odd)
                message = f"{column} has {told}: it looks like {latin(cell)}"
                yield Fault(message, latin(cell), record, column, (column,))
            elif cell:
                yield None


def text_columns(table: Table) -> list[str]:
    own = set(table.model.columns()) - set(table.model.numeric())
    return [
        column for column in table.model.columns() if column in own and column not in ("notes", "read_by", "continued")
    ]


@check("LBL007", "note")
def not_available_in_several_spellings(table: Table) -> Answers:
    """A table says in several ways that a value is not available.

    Why it matters
        NA, N/A and n.r. may mean three things: not measured, not reported, not applicable. A table that uses several
        leaves open whether it means one.

    Fires on
        table3: responders
        best_response  subtype  pd_l1  tmb
        CR             UPS      N/A    NA
        PR             LMS      N/A    8.9

    Silent on
        table3: responders
        best_response  subtype  pd_l1  tmb
        CR             UPS      N/A    N/A
        PR             LMS      20%    8.9
    """
    found: dict[str, Record] = {}
    for column in (*text_columns(table), "notes"):
        for text, record in table.firsts(column).items():
            for sign in not_available(text, column):
                found.setdefault(sign, record)
    if found:
        (usual, _), *others = found.items()
        told = ", ".join(found)
        message = f"not available is printed as {told}"
        places = tuple(record for _, record in others)
        yield Fault(message, usual, next(iter(found.values())), "", (), places) if others else None


def not_available(text: str, column: str) -> Iterator[str]:
    """The signs for a value that is not available: a whole cell of text, or the notes on cells of numbers."""
    signs = [note.partition(":")[2] for note in text.split(";")] if column == "notes" else [text]
    yield from (sign for sign in signs if sign and NOT_AVAILABLE.fullmatch(latin(sign)))


def latin(text: str) -> str:
    """The text in the Latin letters that it looks like."""
    return text if text.isascii() else "".join(LOOK_ALIKE.get(letter, letter) for letter in text)


@check("LBL008", "note")
def abbreviation_is_not_used(table: Table) -> Answers:
    """An exhibit defines an abbreviation that stands nowhere in it.

    Why it matters
        The list was taken over from another exhibit, or a row or column that needed the abbreviation is gone, or stands
        under another name.

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
        yield NotCheckable("caption and heads of the exhibit are not known")
        return
    cells = " ".join(text for column in (*text_columns(table), "notes") for text in table.column(column))
    for short in table.abbreviations:
        word = rf"(?i)(?<![A-Za-z]){re.escape(short)}(?![A-Za-z])"
        used = re.search(word, cells) or re.search(rf"{word}(?!\s*[:=])", table.words)
        yield None if used else Fault(f"{short} is defined and stands nowhere in the exhibit", "", place)
