"""What a row is about: section, outcome, category, time point, and the arm where the rows are the arms."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.meaning.arms import ColumnArm, sides
from extract.meaning.block import TableBlock
from extract.meaning.heads import CONTROL, ColumnHead, compared_in, head_level
from extract.meaning.lexicon.times import is_timepoint, time_of_caption
from extract.meaning.outline import OutlineLine, says_statistic_only
from extract.tables.heads import HEAD_SEPARATOR

_AT = re.compile(r"\b(?:at|after|on)\s+(.+)$", re.IGNORECASE)  # "Pain levels at day 42"
_AGE = re.compile(r"\b(?:years?|yrs?|y)\b", re.IGNORECASE)  # "6-12 years" is an age, unless it stands under an outcome


def line_names(block: TableBlock, line: OutlineLine, arm: ColumnArm) -> tuple[str, str, str]:
    """Return section, outcome and level of a line, for the column of an arm."""
    above = [other.label for other in line.above]
    sections = [block.segment.section] if block.segment.section else []
    second = "" if _is_no_category(block, line.second) else line.second
    if block.by_rows:
        outcome = arm.beside or (above.pop() if above else "") or block.stub_head
        level = second or ("" if arm.arm == head_level(line.label).name or is_timepoint(line.label) else line.label)
        return _joined([text for text in [*sections, *above] if text != outcome]), outcome, level
    if line.parent is not None and line.parent.is_variable:
        level = "" if is_timepoint(line.label) or says_statistic_only(line.label) else line.label
        return _joined([*sections, *above[:-1]]), line.parent.label, _joined([level, second])
    if arm.beside and is_timepoint(line.label):
        return _joined([*sections, *above]), arm.beside, second
    return _joined([*sections, *above]), line.label, _joined([second, arm.beside])


def _joined(texts: Sequence[str]) -> str:
    return HEAD_SEPARATOR.join(text for text in texts if text)


def _is_no_category(block: TableBlock, second: str) -> bool:
    """Whether the text of a second stub is blank, a time point, an arm or a statistic."""
    if not second or is_timepoint(second) or says_statistic_only(second):
        return True
    return block.is_arm(head_level(second).name)


def time_of(block: TableBlock, line: OutlineLine, head: ColumnHead) -> str:
    """Return the time point of a cell: of its row, of its head, of a heading above, or of the caption."""
    if own := _own_time(block, line):
        return f"{head.time}, {own}" if "change" in head.time.casefold() else own
    above = next((time for other in reversed(line.above) if (time := _time_behind(other.label))), "")
    return _time_behind(line.label) or _head_time(block, head) or above or time_of_caption(block.table.caption)


def _own_time(block: TableBlock, line: OutlineLine) -> str:
    if is_timepoint(line.second):
        return line.second
    may_be = line.parent is not None or block.by_rows or not _AGE.search(line.label)
    return line.label if may_be and is_timepoint(line.label) else ""


def _time_behind(label: str) -> str:
    """The time at the end of a label: "CA-125 at day 42"."""
    match = _AT.search(label)
    return match[1] if match and is_timepoint(match[1]) else ""


def _head_time(block: TableBlock, head: ColumnHead) -> str:
    """The time of a head; of a comparison that names none, the one time of all arms."""
    if head.time or not head.is_comparison:
        return head.time
    times = {column.time for column in block.columns if not column.is_comparison and column.time}
    return times.pop() if len(times) == 1 else ""


def arm_of(block: TableBlock, line: OutlineLine, column: int) -> ColumnArm:
    """Return whose value a cell holds. `column`: its place among the columns of values."""
    if block.by_rows:
        return _arm_of_row(block, line, column)
    arm, size = block.arms[column], block.sizes[column]
    second = head_level(line.second)
    if line.second and block.is_arm(second.name) and not arm.versus:
        return replace(arm, arm=second.name, size=second.size or size)
    return arm if arm.versus else replace(arm, size=size)


def _arm_of_row(block: TableBlock, line: OutlineLine, column: int) -> ColumnArm:
    level, compares = head_level(line.label), block.columns[column].is_comparison
    beside = "" if compares else _joined(block.columns[column].names)
    arm, versus = compared_in(line.label)
    if arm and versus:
        return ColumnArm(arm, versus, beside=beside)
    if level.said:  # a row of tests or P values compares all arms
        names = [head_level(other.label).name for other in block.data if not head_level(other.label).said]
        arms = list(dict.fromkeys(name for name in names if name))
        return ColumnArm(*sides(arms), beside=beside) if len(arms) > 1 else ColumnArm(beside=beside)
    reference = _reference(block, column, level.name) if compares else ""
    return ColumnArm(level.name, reference, size=level.size, beside=beside)


def _reference(block: TableBlock, column: int, name: str) -> str:
    """The arm with which the others of a column of comparisons are compared: the control, or the only row without a
    value there; "" for that row itself."""
    names = {head_level(line.label).name: block.shapes[line.index, block.places[column]] for line in block.data}
    controls = [other for other in names if CONTROL.search(other)]
    found = controls if len(controls) == 1 else [other for other, cell in names.items() if not cell.numbers]
    return found[0] if len(found) == 1 and found[0] != name else ""
