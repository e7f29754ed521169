"""What a row is about: section, outcome, category, time point, and the arm where the rows are the arms."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.meaning.arms import ColumnArm, sides
from extract.meaning.block import TableBlock
from extract.meaning.heads import CONTROL, ColumnHead, compared_in, head_level, means_all_patients
from extract.meaning.lexicon.times import is_timepoint, time_of_caption
from extract.meaning.outline import OutlineLine, says_statistic_only
from extract.tables.heads import HEAD_SEPARATOR

_AT = re.compile(r"\b(?:at|after|on)\s+(.+)$", re.IGNORECASE)  # "Pain levels at day 42"
_AGE = re.compile(r"\b(?:years?|yrs?|y)\b", re.IGNORECASE)  # "6-12 years" is an age, unless it stands under an outcome
_OF_ARMS = re.compile(r"\b(?:group|between|differ|treatment|arm|p\b|p[- ]value)", re.IGNORECASE)
_LESS = re.compile(r"\(([^()\d]+?)\s?[-–−]\s?([^()\d]+?)\)")
_EACH = re.compile(r"\bn\s?=\s?(\d+)\s+(?:per|in each)\s+(?:\w+\s)?(?:group|arm)", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:follow|after|at|post|pre|baseline)", re.IGNORECASE)
_OWN_SIZES = re.compile(r"\b([A-Z])\s?=\s?(\d+)")  # "All subjects (I = 21, C = 9)"


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
        level = "" if _own_time(block, line) == line.label or says_statistic_only(line.label) else line.label
        return _joined([*sections, *above[:-1]]), line.parent.label, _joined([level, second])
    if arm.beside and is_timepoint(line.label):
        return _joined([*sections, *above]), arm.beside, second
    if arm.beside and not arm.arm:
        return _joined([*sections, *above]), arm.beside, _joined([line.label, second])
    return _joined([*sections, *above]), line.label, _joined([second, arm.beside])


def _joined(texts: Sequence[str]) -> str:
    return HEAD_SEPARATOR.join(text for text in texts if text)


def _is_no_category(block: TableBlock, second: str) -> bool:
    """Whether the text of a second stub is blank, a time point, an arm or a statistic."""
    if not second or is_timepoint(second) or says_statistic_only(second):
        return True
    return block.is_arm(head_level(second).name)


def time_of(block: TableBlock, line: OutlineLine, column: int) -> str:
    """Return the time point of a cell: of its row, of its head, of a heading above, or of the caption. `column`: its
    place among the columns of values."""
    of_head = _head_time(block, column)
    if own := _own_time(block, line):
        return f"{of_head}, {own}" if "change" in of_head.casefold() else own
    above = next((time for other in reversed(line.above) if (time := _time_behind(other.label))), "")
    return (
        _time_behind(line.label) or of_head or above or _change_of_labels(block) or time_of_caption(block.table.caption)
    )


def _change_of_labels(block: TableBlock) -> str:
    """The word for change in the head over the labels: "Changes of serum levels"."""
    times = [head_level(text).time for text in block.segment.levels[0] if text]
    return next((time for time in times if "change" in time.casefold()), "")


def _own_time(block: TableBlock, line: OutlineLine) -> str:
    if is_timepoint(line.second):
        return line.second
    of_age = _AGE.search(line.label) and not _AFTER.search(line.label)
    if of_age and (line.parent is None or re.search(r"\bage\b", line.parent.label, re.IGNORECASE)):
        return ""
    return line.label if is_timepoint(line.label) else ""


def _time_behind(label: str) -> str:
    """The time at the end of a label: "CA-125 at day 42"."""
    match = _AT.search(label)
    return match[1] if match and is_timepoint(match[1]) else ""


def _head_time(block: TableBlock, column: int) -> str:
    """The time of a head; of a comparison that names none, the one time of all arms."""
    head = block.columns[column]
    left = block.columns[column - 1] if column else None
    if head.is_limits and left is not None and not head.time:
        return left.time
    if left is not None and _is_p_of(head, left):
        return left.levels[-1].time
    if head.time or not head.is_comparison:
        return head.time
    times = {column.time for column in block.columns if not column.is_comparison and column.time}
    return times.pop() if len(times) == 1 else ""


def _is_p_of(head: ColumnHead, left: ColumnHead) -> bool:
    """Whether a column holds the P values of the timed differences in the column to its left."""
    own, before = head.lowest, left.lowest
    if own is None or before is None or not left.is_comparison:
        return False
    return own.said.p and not own.time and bool(before.time)


def arm_of(block: TableBlock, line: OutlineLine, column: int) -> ColumnArm:
    """Return whose value a cell holds. `column`: its place among the columns of values."""
    if block.by_rows:
        return _arm_of_row(block, line, column)
    if compared := _compared_in_row(block, line):
        return compared
    arm, size = block.arms[column], _own_size(block.arms[column].arm, line.label) or block.sizes[column]
    second = head_level(line.second)
    if line.second and block.is_arm(second.name) and not arm.versus:
        return replace(arm, arm=second.name, size=second.size or size)
    return arm if arm.versus else replace(arm, size=size)


def _own_size(arm: str, label: str) -> str:
    """The N that a label gives for an arm by its initial."""
    sizes = dict(_OWN_SIZES.findall(label))
    return sizes.get(arm[:1].upper(), "") if len(sizes) > 1 else ""


def _compared_in_row(block: TableBlock, line: OutlineLine) -> ColumnArm | None:
    """The arms that a row compares, whose one value stands under several arms: "Difference between medians"."""
    values = [place for place in block.places if block.shapes[line.index, place].text]
    arms = list(dict.fromkeys(arm.arm for arm in block.arms if arm.arm and not means_all_patients(arm.arm)))
    of_arms = [column for column, head in enumerate(block.columns) if not head.is_comparison]
    alone = len(values) == 1 and block.places.index(values[0]) in of_arms
    if alone and len(arms) > 1 and head_level(line.label).compares:
        arm, versus = compared_in(line.label)
        return ColumnArm(arm, versus) if arm and versus else ColumnArm(*sides(arms))
    return None


def _arm_of_row(block: TableBlock, line: OutlineLine, column: int) -> ColumnArm:
    level, compares = head_level(line.label), block.columns[column].is_comparison
    beside = "" if compares else _joined(block.columns[column].names)
    arm, versus = compared_in(line.label)
    if arm and versus:
        return ColumnArm(arm, versus, beside=beside)
    if level.said and not _OF_ARMS.search(line.label):
        return ColumnArm(beside=beside)
    if level.said:  # a row of tests or P values compares all arms
        names = [head_level(other.label).name for other in block.data if not head_level(other.label).said]
        arms = list(dict.fromkeys(name for name in names if name))
        return ColumnArm(*sides(arms), beside=beside) if len(arms) > 1 else ColumnArm(beside=beside)
    reference = _reference(block, column, level.name) if compares else ""
    if reference and _takes_from_control(block, column):
        return ColumnArm(reference, level.name, beside=beside)
    sizes = (head_level(other.label) for other in block.data)
    size = level.size or next((other.size for other in sizes if other.size and other.name == level.name), "")
    each = _EACH.search(block.table.caption)
    return ColumnArm(level.name, reference, size=size or (each[1] if each else ""), beside=beside)


def _takes_from_control(block: TableBlock, column: int) -> bool:
    """Whether a column of differences, or of their limits, is the control less the arm: "(placebo-active)"."""
    heads = [block.columns[column].text]
    while column and block.columns[column].follows_comparison:
        column -= 1
        heads.append(block.columns[column].text)
    pairs = (pair for head in heads for pair in _LESS.findall(head))
    return any(CONTROL.search(first) and not CONTROL.search(second) for first, second in pairs)


def _reference(block: TableBlock, column: int, name: str) -> str:
    """The arm with which the others of a column of comparisons are compared: the control, or the only row without a
    value there; "" for that row itself."""
    names = {head_level(line.label).name: block.shapes[line.index, block.places[column]] for line in block.data}
    controls = [other for other in names if CONTROL.search(other)]
    found = controls if len(controls) == 1 else [other for other, cell in names.items() if not cell.numbers]
    return found[0] if len(found) == 1 and found[0] != name else ""
