"""The part of a drafted card that is about tables: an exhibit for each, for each of its arms where it has several."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

from extract.drafting.columns import Drafted, draft_columns, is_read
from extract.records.data_rows import DataRow, data_rows
from extract.records.titles import distinguishing_heads
from extract.tables.heads import HEAD_SEPARATOR, head_paths
from extract.tables.table import PrintedTable
from schemas import SCHEMAS

_UNREAD = "# no column seems to fit a schema: complete it by hand, or leave the exhibit out"
UNREAD_LINE = "unread = true  # remove this line when you have compared rows and columns with the page"
_PATIENTS = re.compile(r"\b[nN]\s*=\s*(\d+(?:,\d{3})*)\b")
_LONG = (24, 48)  # letters of the part of a name that tells an arm; the second where the first does not


def draft_tables(tables: Sequence[PrintedTable], *, alone: bool = True) -> list[str]:
    """Return the TOML of the exhibits of each table, in the order of their names. Exhibits with only labels to read are
    commented out, unless the card would then be empty (`alone`: the paper has no figures)."""
    blocks: dict[str, str] = {}
    for table in tables:
        name = re.sub(r"[^a-z0-9]+", "", table.label.casefold()) or "table"
        name = name if name not in blocks else f"{name}_page{table.boxes[0].page}"
        blocks[name] = _exhibits(name, table)
    found = [blocks[name] for name in sorted(blocks)]
    if alone and all(_UNREAD in block for block in found):
        return found
    return [re.sub(r"(?m)^(?=[^#\n])", "# ", block) if _UNREAD in block else block for block in found]


def _exhibits(name: str, table: PrintedTable) -> str:
    heads = head_paths(table.head) or [""] * table.width
    rows = data_rows(table.body)
    schema, drafted = _guess(heads, table.caption, [entry.row.texts for entry in rows])
    arms = arms_of(schema, drafted)
    names = (
        [name]
        if len(arms) < 2
        else arm_names(name, distinguishing_heads([[heads[place] for place in arm] for arm in arms]))
    )
    shared = {place for place, column in enumerate(drafted) if column.reads and not any(place in arm for arm in arms)}
    return "".join(
        _exhibit(
            each, table, schema, rows, [_only(column, place in shared | arm) for place, column in enumerate(drafted)]
        )
        for each, arm in zip(names, [set(arm) for arm in arms] or [set[int]()], strict=True)
    )


def _only(column: Drafted, kept: bool) -> Drafted:
    return column if kept else Drafted(column.head)


def _guess(heads: Sequence[str], caption: str, rows: Sequence[Sequence[str]]) -> tuple[str, list[Drafted]]:
    """The first schema whose words fit and from which more than labels is read, with the drafted columns."""
    said = " ".join([*heads, caption])
    fitting = [name for name, words in _words().items() if re.search(words, said, re.IGNORECASE)]
    drafts = [(schema, draft_columns(schema, heads, rows)) for schema in fitting]
    return next((draft for draft in drafts if any(_is_value(draft[0], column) for column in draft[1])), drafts[-1])


def _words() -> dict[str, str]:
    """Schema -> the pattern of its tables, in the order of trial; the schemas that fit any table come last."""
    uses = {name: use for name, model in SCHEMAS.items() if (use := model.drafting())}
    return {name: uses[name].words for name in sorted(uses, key=lambda name: uses[name].words == "")}


def _is_value(schema: str, column: Drafted) -> bool:
    return bool(column.fields & SCHEMAS[schema].numeric())


def arms_of(schema: str, columns: Sequence[Drafted]) -> list[list[int]]:
    """Return the indices of the value columns of each arm; no two columns of an arm fill one field of one record.

    A column joins the free arm whose heads share most levels with its own, the first of equals, or begins a new arm.
    """
    part, arms = SCHEMAS[schema].part(), list[list[int]]()
    for place, column in enumerate(columns):
        if not _is_value(schema, column):
            continue
        free = [arm for arm in arms if not any(_clash(columns[other], column, part) for other in arm)]
        if free:
            max(free, key=lambda arm: max(_in_common(columns[other], column) for other in arm)).append(place)
        else:
            arms.append([place])
    return arms


def _clash(first: Drafted, second: Drafted, part: str) -> bool:
    one, other = first.constants.get(part), second.constants.get(part)
    return bool(first.fields & second.fields) and not (one and other and one != other)


def _in_common(first: Drafted, second: Drafted) -> int:
    return len(set(first.head.split(HEAD_SEPARATOR)) & set(second.head.split(HEAD_SEPARATOR)))


def arm_names(name: str, words: Sequence[str]) -> list[str]:
    """Return a name for each arm, from the words that distinguish it (table1_3h_group), else from its number."""
    for letters in _LONG:
        slugs = [_slug(text, letters) for text in words]
        if all(slugs) and len(set(slugs)) == len(slugs):
            return [f"{name}_{slug}" for slug in slugs]
    return [f"{name}_{number}" for number in range(1, len(words) + 1)]


def _slug(words: str, letters: int) -> str:
    """Words as a part of a name, cut behind a whole word."""
    plain = unicodedata.normalize("NFKD", _PATIENTS.sub("", words)).encode("ascii", "ignore").decode().casefold()
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if slug and len(slug) + len(word) >= letters:
            break
        slug += f"_{word}" if slug else word[:letters]
    return slug


def _exhibit(name: str, table: PrintedTable, schema: str, rows: Sequence[DataRow], columns: Sequence[Drafted]) -> str:
    headings = "section" if "section" in SCHEMAS[schema].columns() else "-"
    headings = "-" if any(headings in column.reads for column in columns) else headings
    unread = not any(_is_value(schema, column) for column in columns)
    lines = [
        f"\n[exhibits.{name}]  # page {table.boxes[0].page}: {comment(table.caption)}",
        *([_UNREAD] if unread else []),
        f"label = {quoted(table.label)}",
        f"schema = {quoted(schema)}  # a guess",
        f"rows = {len(rows)}",
        UNREAD_LINE,
        *([f"headings = {quoted(headings)}"] if len(rows) < len(table.body) else []),
        *_cohort(schema, columns),
        *_left_out(schema, rows, columns),
        "columns = [",
        *(f"  {_column(column)}," for column in columns),
        "]\n",
    ]
    return "\n".join(lines)


def _cohort(schema: str, columns: Sequence[Drafted]) -> Iterator[str]:
    """The N that all heads of an arm print."""
    found = {match[1] for column in columns if _is_value(schema, column) for match in _PATIENTS.finditer(column.head)}
    if len(found) == 1:
        yield f"cohort = {int(found.pop().replace(',', ''))}"


def _left_out(schema: str, rows: Sequence[DataRow], columns: Sequence[Drafted]) -> Iterator[str]:
    """Yield `left_out` with the rows whose values fit no format of the card: by label if unique, else by number."""
    places = [place for place, column in enumerate(columns) if _is_value(schema, column)]
    if not places:
        return
    labels = [next((text for text in entry.row.texts if text), "") for entry in rows]
    unfit: list[str] = []
    for entry, label in zip(rows, labels, strict=True):
        texts, before = entry.row.texts, " ".join(entry.row.texts[: places[0]])
        printed = [place for place in places if texts[place]]
        if printed and not any(is_read(schema, columns[place], before, texts[place]) for place in printed):
            unfit.append(quoted(label) if labels.count(label) == 1 else str(entry.number))
    if unfit:
        yield f"left_out = [{', '.join(unfit)}]  # printed, but not what the columns read"


def _column(column: Drafted) -> str:
    keys = {"head": quoted(column.head), "reads": _values(column.reads) if column.reads else quoted("-")}
    keys |= {key: _values(values) for key, values in column.constants.items()}
    return "{ " + ", ".join(f"{key} = {value}" for key, value in keys.items()) + " }"


def _values(texts: Sequence[str]) -> str:
    return quoted(texts[0]) if len(texts) == 1 else f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """Return a TOML string. JSON writes the same, except for DEL, which TOML refuses."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def comment(text: str) -> str:
    """Return the text on one line, without the characters that TOML refuses in comments."""
    return re.sub(r"[\x00-\x1f\x7f]", "", " ".join(text.split()))
