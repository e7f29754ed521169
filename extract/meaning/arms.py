"""The arms of a paper and of the columns of a table."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from extract.meaning.heads import CONTROL, ColumnHead, column_head, compared_in, head_level, means_all_patients
from extract.meaning.lexicon.times import is_timepoint
from extract.tables.heads import head_levels
from extract.tables.table import PrintedTable

_SEVERAL = 2
_MEASURED = re.compile(
    r"^(?:total\b.*#|total number|number|no\.|frequenc|mean|median|rate|percent|prevalence)|\bof\b", re.IGNORECASE
)
_OF_ALL = re.compile(r"\b(?:between|interaction|differences?|trend)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnArm:
    """Whose values a column holds. `arm`, `versus`: see the schema `results`; `population`: of the heads above the
    arm; `size`: the N that the head prints; `beside`: heads that are no arm, such as what was measured."""

    arm: str = ""
    versus: str = ""
    population: str = ""
    size: str = ""
    beside: str = ""


def arm_key(name: str) -> str:
    """Reduce the name of an arm to what distinguishes it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]|(?:group|arm|treated|patients)\b", "", re.sub(r"\b(?:group|arm|patients)\b", "", plain))


def is_arm(name: str, known: Collection[str]) -> bool:
    """Whether a name is that of an arm of the paper, or of a control."""
    return arm_key(name) in known or bool(CONTROL.fullmatch(name.strip()))


def arms_of_paper(tables: Iterable[PrintedTable]) -> frozenset[str]:
    """The keys of the arms that heads of columns name: those with an N, and those in the heads of several tables."""
    sized, tables_with = set[str](), Counter[str]()
    for table in tables:
        names = set()
        for path in head_levels(table.head)[1:]:
            for level in column_head(path).levels:
                key = arm_key(level.name)
                if key and not column_head([level.text]).is_comparison:
                    names.add(key)
                    sized |= {key} if level.size or CONTROL.search(level.name) else set()
        tables_with.update(names)
    return frozenset(sized | {key for key, count in tables_with.items() if count >= _SEVERAL})


def column_arms(columns: Sequence[ColumnHead], known: Collection[str]) -> list[ColumnArm]:
    """Return whose values each column holds, where the columns are the arms."""
    level = _arm_level(columns, known)
    plain = _with_measured([_plain_arm(column, level, columns) for column in columns], columns, known)
    return [
        _compared(place, column, plain, columns, level) if column.is_comparison else plain[place]
        for place, column in enumerate(columns)
    ]


def _with_measured(arms: Sequence[ColumnArm], columns: Sequence[ColumnHead], known: Collection[str]) -> list[ColumnArm]:
    """The arms, where the only name in all heads is what was measured and no arm ("Total # of messages"), and where a
    lone SD belongs to what the column to its left measures."""
    names = {arm.arm for arm, column in zip(arms, columns, strict=True) if not column.is_comparison and arm.arm}
    only = names.pop() if len(names) == 1 else ""
    sized = any(arm.size for arm in arms) or is_arm(only, known) or means_all_patients(only)
    found: list[ColumnArm] = []
    for arm, column in zip(arms, columns, strict=True):
        if only and not sized and arm.arm == only and _MEASURED.search(only):
            arm = replace(arm, arm="", beside=only)
        said = column.lowest.said if column.lowest else None
        if found and said and not arm.beside and set(said.spreads) & {"sd", "se"} and not said.centre:
            arm = replace(arm, beside=found[-1].beside)
        found.append(arm)
    return found


def names_arms(columns: Sequence[ColumnHead], known: Collection[str]) -> bool:
    """Whether the heads of two or more columns name arms that the paper is known to have."""
    names = {arm_key(level.name) for column in columns for level in column.levels if not level.compares}
    return len(names & set(known)) >= _SEVERAL


def _arm_level(columns: Sequence[ColumnHead], known: Collection[str]) -> int:
    """The level of the heads that names the arms: with known arms, else the lowest that differs; -1 for none."""
    of_arms = [column for column in columns if not column.is_comparison] or columns
    depth = max((len(column.levels) for column in of_arms), default=0)
    names = [{arm_key(name) for column in of_arms if (name := _name_at(column, level))} for level in range(depth)]
    for wanted in (lambda found: len(found & set(known)) >= _SEVERAL, lambda found: len(found) >= _SEVERAL, bool):
        for level in reversed(range(depth)):
            if wanted(names[level]):
                return level
    return -1


def _name_at(column: ColumnHead, level: int) -> str:
    """The name at a level of the head; "" where that level compares and names no arm."""
    if not 0 <= level < len(column.levels) or column.levels[level].compares:
        return ""
    return column.levels[level].name


def _plain_arm(column: ColumnHead, level: int, columns: Sequence[ColumnHead]) -> ColumnArm:
    above = [
        name for number in range(max(level, 0)) if (name := _name_at(column, number)) and _differs(columns, number)
    ]
    below = [name for number in range(level + 1, len(column.levels)) if (name := _name_at(column, number))]
    return ColumnArm(_name_at(column, level), "", " / ".join(above), column.size, " / ".join(below))


def _differs(columns: Sequence[ColumnHead], level: int) -> bool:
    return len({_name_at(column, level) for column in columns if not column.is_comparison} - {""}) >= _SEVERAL


def _compared(
    place: int, column: ColumnHead, plain: Sequence[ColumnArm], columns: Sequence[ColumnHead], level: int
) -> ColumnArm:
    """The arms that a column of comparisons compares: those it names, the one it stands under, or those beside it."""
    for part in reversed(column.levels):
        arm, versus = compared_in(part.text)
        if arm and versus:
            return ColumnArm(arm, versus, plain[place].population)
    of_all = column.lowest is not None and _OF_ALL.search(column.lowest.text)
    own = "" if of_all else _name_at(column, level) if len(column.levels) > level + 1 else ""
    if (two := _two_arms(own, plain)) is not None:
        return ColumnArm(*two, plain[place].population)
    if own:
        return ColumnArm(own, "", plain[place].population, plain[place].size)
    beside = _beside(place, plain, columns)
    if len(beside) < _SEVERAL:
        return ColumnArm("".join(beside), "", plain[place].population)
    return ColumnArm(*sides(beside), plain[place].population)


def _two_arms(name: str, arms: Sequence[ColumnArm]) -> tuple[str, str] | None:
    """The two arms that a head joins by a dash: "Intervention–Control" beside columns of both."""
    parts = re.split(r"\s?[-–−]\s?", name)
    known = {arm_key(arm.arm) for arm in arms if arm.arm != name}
    if len(parts) == _SEVERAL and all(arm_key(part) in known for part in parts):
        return parts[0], parts[1]
    return None


def _beside(place: int, plain: Sequence[ColumnArm], columns: Sequence[ColumnHead]) -> list[str]:
    """The arms of the columns that share the population of the column at `place`, without those of all patients."""
    scope = plain[place].population
    arms = [
        arm.arm
        for other, arm in enumerate(plain)
        if not columns[other].is_comparison and arm.arm and (not scope or arm.population == scope)
    ]
    return [name for name in dict.fromkeys(arms) if not means_all_patients(name)]


def sides(arms: Sequence[str]) -> tuple[str, str]:
    """An arm and what it is compared with: the control is on the right; three or more arms are joined by "; "."""
    controls = [name for name in arms if CONTROL.search(name)]
    if len(controls) == 1:
        return "; ".join(name for name in arms if name != controls[0]), controls[0]
    return arms[0], "; ".join(arms[1:])


def rows_are_arms(labels: Sequence[str], columns: Sequence[ColumnHead], known: Collection[str]) -> bool:
    """Whether the rows are the arms and the columns what was measured. `labels`: of the data rows."""
    if names_arms(columns, known):
        return False
    names = [head_level(label).name for label in labels if not is_timepoint(label)]
    bare = [label for label in labels if not is_timepoint(label)]
    if len(set(names)) < _SEVERAL:
        return False
    known_names = [name for name in names if is_arm(name, known)]
    if len(set(known_names)) and len(known_names) * 2 >= len(names):
        return True
    if any(CONTROL.fullmatch(name.strip()) for name in names):
        return True
    repeated = [label for label, count in Counter(bare).items() if count >= _SEVERAL]
    measured = {name for column in columns for name in column.names}
    return len(repeated) >= _SEVERAL and len(measured) >= _SEVERAL and _covers(repeated, bare)


def _covers(repeated: Sequence[str], labels: Sequence[str]) -> bool:
    return sum(1 for label in labels if label in repeated) * 4 >= len(labels) * 3
