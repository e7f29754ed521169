"""Numbers the printed rows of a table without the column `row`, which a table typed by hand may lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from schemas.base.exhibit import Exhibit
from validations.labels import without_case


def with_row_numbers(frame: pd.DataFrame, model: type[Exhibit]) -> pd.DataFrame:
    """Return the frame with numbered rows, the records of each row together; unchanged if it has row numbers.

    Records are one printed row if they agree in the columns that a row shares (the event) and differ in the second key
    (the grade).
    """
    if "row" in frame:
        return frame
    part, shared = model.part(), [name for name in model.shared() if name in frame]
    if not shared or part not in frame:
        rows = list(range(1, len(frame) + 1))
    else:
        keys = zip(*(without_case(frame[name].fillna("").astype(str).tolist()) for name in shared), strict=True)
        rows = printed_row_numbers(keys, without_case(frame[part].fillna("").astype(str).tolist()))
    places = sorted(range(len(rows)), key=rows.__getitem__)
    texts = pd.Series([str(row) for row in rows], index=frame.index, dtype="str")
    return frame.assign(row=texts).iloc[places].reset_index(drop=True)


@dataclass
class _Row:
    number: int
    parts: set[str] = field(default_factory=set)


def printed_row_numbers(keys: Iterable[tuple[str, ...]], parts: Sequence[str]) -> list[int]:
    """Return the number of the printed row of each record.

    A record belongs to the row of the record before it, if that has the same key and no such part yet; else to the
    first row of its key without such a part; else to a new row. A record with a blank key gets its own row.
    """
    rows: list[_Row] = []
    held: dict[tuple[str, ...], list[_Row]] = {}
    lacking: dict[tuple[tuple[str, ...], str], int] = {}  # all earlier rows of the key have the part: search from here
    latest = _Row(0)
    found = []
    for key, part in zip(keys, parts, strict=True):
        mine = held.setdefault(key, []) if any(key) else []
        if not (mine and latest is mine[-1] and part not in latest.parts):
            first = lacking.get((key, part), 0)
            while first < len(mine) and part in mine[first].parts:
                first += 1
            lacking[key, part] = first
            if first == len(mine):
                mine.append(_Row(len(rows) + 1))
                rows.append(mine[-1])
            latest = mine[first]
        latest.parts.add(part)
        found.append(latest.number)
    return found
