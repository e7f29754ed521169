"""Which column of the forest schema a printed column is: by its head, or by its values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.forests.text.cells import COUNT_OF_TOTAL, PlotColumn
from extract.forests.text.intervals import ascii_signs, curated_number
from extract.forests.text.labels import COLUMN_HEAD, CONFIDENCE_LEVEL
from extract.page.lines import Line, Phrase
from extract.page.words import Word

IGNORED = "-"  # the name of a column that the schema does not have
HEAD_PATTERNS = (  # in order: the first that matches names the column
    (IGNORED, r"\blog\b|\bln\b|\bTE\b|\bseTE\b|\bS\.?E\.?(?:\(|$|\b)|\bref(?:erence)?s?\b|\bSEM\b"),
    (IGNORED, r"\bst(?:andar)?d\.?\s*err|\bvar(?:iance)?\b|\bno(?:n|t)?[\s-]*(?:events?|respon(?:se|der)s?|cases)\b"),
    (IGNORED, r"\brates?\b(?!.*\bn\b)|\bper\s+[\d,]+|\b(?:patient|person|subject)s?[\s-]*years?\b"),
    ("year", r"^(?:publication\s+)?year\b|\byear of\b|^date\b"),
    ("treatment", r"\btreatments?\b|\bintervention|\bdrugs?\b|\bregimens?\b|\btherap(?:y|ies)\b|\bagents?\b"),
    ("n_studies", r"\b(?:no\.?|n|numbers?|#)\s*(?:of\s+)?(?:stud|trial|cohort)|^(?:studies|trials|k)$|included\s+stud"),
    ("weight", r"\bweights?\b|^%$|^\(%\)$|%\s*W\b"),
    ("i2", r"\bI\s*\^?\s*[2²]|\bI-?squared"),
    ("ratio", r"\bn\s*/\s*N\b|\bevents?\s*/\s*(?:total|n|patients)|\bno\.?\s*/\s*(?:total|no)"),
    ("mean", r"\bmean\b"),
    ("sd", r"\bS\.?D\.?(?:\W|$)"),
    ("cr", r"^CR\b"),
    ("pr", r"^PR\b"),
    ("z", r"^z\b"),
    ("p", r"^p\b|\bp[\s-]*(?:values?|for|heterogeneity)\b"),
    ("total", r"\btotal\b|\bsample\b|\bpatients\b|\bparticipants\b|\bsubjects\b|^N$|^N\s?[12]$"),
    ("events", r"\bevents?\b|^n$|^yes$|\bcases\b|\bresponders\b|\bresponses?\b|TRAEs?\b|\bdeaths\b|\bORR?\s*\(n\)"),
    ("label", r"\bstud(?:y|ies)\b|\bauthors?\b|\btrials?\b|\bsources?\b|\bsubgroups?\b|\bhistolog|\bsubtypes?\b|^ID\b"),
)
YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
HEAD_REACH_EM = 3.5  # from a column to a word of its head: short numbers stand under long heads
CASE_SENSITIVE = ("cr", "pr", "sd")  # "pr" in small letters begins other words
INSIDE_RATIO = 1e6  # divides distances within a column, which so become smaller than all distances to a column
WHOLE_PERCENT = 100  # the sum of a column of weights
WEIGHT_CEILING_PERCENT = 100.5  # a weight of 100 in whatever rounding
POOLED_WEIGHT_PERCENT = 99.5  # from this on it is the weight of a pooled line, and is no part of the sum
WEIGHT_SUM_PERCENT = 1.0  # by which the sum of rounded weights may exceed 100, or several times 100
WEIGHTS_COUNT = 2  # no more numbers than this give 100 by chance
ARMS_COUNT = 2  # of the forest schema
WHOLE_COLUMNS = ("events", "total", "cr", "pr", "n_studies")  # of whole numbers
PER_ARM = ("events", "total", "mean", "sd", "ratio")


def name_of(head: str) -> str:
    """The column of the schema that a head names; "" where it names no known column."""
    for name, pattern in HEAD_PATTERNS:
        if re.search(pattern, head, 0 if name in CASE_SENSITIVE else re.IGNORECASE):
            return name
    return ""


def names_of(columns: Sequence[PlotColumn], values: Sequence[Mapping[int, str]]) -> list[str]:
    """The column of the schema for each printed column, IGNORED where the schema has none. Columns without a known head
    are named by their values. `values`: the texts of each row, by the number of the column."""
    names = [name_by_head(column) for column in columns]
    texts = [i for i, column in enumerate(columns) if column.is_text]
    if texts and "label" not in names:
        names[texts[0]] = "label"
    for i, column in enumerate(columns):
        if not column.is_text and holds_counts([row.get(i, "") for row in values]):
            names[i] = "ratio"
        elif not names[i] and not column.is_text:
            names[i] = name_by_values([row.get(i, "") for row in values])
    whole = [name if is_whole([row.get(i, "") for row in values]) else IGNORED for i, name in enumerate(names)]
    names = [w if name in WHOLE_COLUMNS else name for name, w in zip(names, whole, strict=True)]
    names = with_events(names, values)
    return in_arms([name or IGNORED for name in names])


def name_by_head(column: PlotColumn) -> str:
    """The name by the head, if it suits the kind of the column: texts or values; else ""."""
    name = name_of(column.head)
    if column.is_text and re.search(r"\binteraction\b", column.head, re.IGNORECASE):
        return IGNORED  # "P for treatment interaction" over "P = 0.19" names no treatment
    if column.is_text:
        return name if name in ("label", "treatment", IGNORED) else ""
    return "" if name in ("label", "treatment") else name


def holds_counts(texts: Sequence[str]) -> bool:
    """Whether most texts of a column are counts of a total, "12/148", whatever its head is ("Events, treatment")."""
    printed = [text for text in texts if text]
    counts = sum(bool(COUNT_OF_TOTAL.fullmatch(ascii_signs(text))) for text in printed)
    return bool(printed) and 2 * counts > len(printed)


def is_whole(texts: Sequence[str]) -> bool:
    """Whether most numbers of a column have no decimals: rates stand under "Events", too."""
    numbers = [number for text in texts if (number := curated_number(text))]
    return 2 * sum("." in number for number in numbers) <= len(numbers)


def name_by_values(texts: Sequence[str]) -> str:
    """ "year" for a column of years; "weight" for decimals or percentages up to 100 that, without the pooled lines, add
    up to 100 or to several times 100; "" for other values."""
    if any(texts) and all(YEAR.fullmatch(text) for text in texts if text):
        return "year"
    printed = [number for text in texts if (number := curated_number(text)) and number[0] not in "<>≤≥"]
    numbers = [float(number.replace(",", "")) for number in printed]
    decimal = any("." in text or "%" in text for text in texts)
    if not decimal or not numbers or max(numbers) > WEIGHT_CEILING_PERCENT or min(numbers) < 0:
        return ""
    total = sum(value for value in numbers if value < POOLED_WEIGHT_PERCENT)
    add_up = abs(total % WHOLE_PERCENT) < WEIGHT_SUM_PERCENT and total > WHOLE_PERCENT - WEIGHT_SUM_PERCENT
    return "weight" if len(numbers) > WEIGHTS_COUNT and add_up else ""


def with_events(names: Sequence[str], values: Sequence[Mapping[int, str]]) -> list[str]:
    """The names, with "events" for the first column without known head whose numbers are whole and at most the total of
    their row."""
    names = list(names)
    if names.count("total") != 1 or {"events", "cr", "pr"} & set(names):
        return names
    total = names.index("total")
    for i, name in enumerate(names):
        pairs = [(row[i], row[total]) for row in values if row.get(i) and row.get(total)]
        if not name and pairs and all(a.isdecimal() and b.isdecimal() and int(a) <= int(b) for a, b in pairs):
            names[i] = "events"
            break
    return names


def in_arms(names: Sequence[str]) -> list[str]:
    """The names with their arms: names that occur twice are those of two arms, a third occurrence is IGNORED. A name
    that occurs once among them belongs to the total behind it."""
    two = any(names.count(name) > 1 for name in PER_ARM)
    found: list[str] = []
    for i, name in enumerate(names):
        before = names[:i].count(name)
        if name in PER_ARM and two and names.count(name) == 1 and names.count("total") > 1:
            before = names[:i].count("total")
        if name in PER_ARM and two:
            found.append(f"arm{before + 1}_{name}" if before < ARMS_COUNT else IGNORED)
        elif before and name not in ("label", "year", IGNORED):
            found.append(IGNORED)
        else:
            found.append(name)
    return found


def head_over(lines: Sequence[Line], x0: float, x1: float, others: Sequence[tuple[float, float]]) -> str:
    """The words over the column from x0 to x1, from top to bottom: those that stand nearer to it than to any of the
    `others`. Where the lowest line names a column, the lines above (an arm, over several columns) are left out."""
    spans = [(x0, x1), *others]
    parts = [" ".join(word.text for phrase in line.phrases for word in words_over(phrase, spans)) for line in lines]
    parts = [part for part in parts if part]
    lowest = parts[-1] if parts else ""
    return lowest if name_of(lowest) and not CONFIDENCE_LEVEL.search(lowest) else " ".join(parts)


def words_over(phrase: Phrase, spans: Sequence[tuple[float, float]]) -> list[Word]:
    """The words of a phrase that stand over the first of some columns. A phrase whose words all stand nearest to that
    column is whole, however far it reaches ("P for heterogeneity" over short numbers)."""
    words = [word for word in phrase.words if word.text]
    nearest = [word for word in words if distance_to(word, spans[0]) == min(distance_to(word, span) for span in spans)]
    near = [word for word in nearest if distance_to(word, spans[0]) < HEAD_REACH_EM * word.size]
    return words if near and len(nearest) == len(words) else near


def distance_to(word: Word, span: tuple[float, float]) -> float:
    """The distance in points from the middle of a word to a column. Over the column it is next to nothing, and grows
    from the middle of the column to its sides, so that the nearest of overlapping columns is one."""
    x, (a, b) = (word.x0 + word.x1) / 2, span
    return max(a - x, x - b, 0.0) or abs(x - (a + b) / 2) / INSIDE_RATIO


def with_heads(
    columns: Sequence[PlotColumn], heads: Sequence[Line], interval_span: tuple[float, float]
) -> list[PlotColumn]:
    """The columns with the words over them."""
    spans = [(c.x0, end_of_texts(c, heads) if c.is_text else c.x1) for c in columns]
    own = [
        PlotColumn(c.x0, c.x1, c.is_text, head_over(heads, *spans[i], [*spans[:i], *spans[i + 1 :], interval_span]))
        for i, c in enumerate(columns)
    ]
    for i, (left, right) in enumerate(pairwise(own)):
        if not (left.is_text or right.is_text) and not (name_by_head(left) and name_by_head(right)):
            others = [*spans[:i], *spans[i + 2 :], interval_span]
            if shared := shared_head(heads, left, right, others):
                own[i : i + 2] = replace(left, head=shared), replace(right, head=shared)
    return own


def end_of_texts(column: PlotColumn, heads: Sequence[Line]) -> float:
    """The right edge of a column of texts for its head: before a head of values that stands over its longest texts."""
    words = [word for line in heads for word in line.words if COLUMN_HEAD.fullmatch(word.text)]
    return min([column.x1, *(word.x0 for word in words if column.x0 + word.size < word.x0 < column.x1)])


def shared_head(
    heads: Sequence[Line], left: PlotColumn, right: PlotColumn, others: Sequence[tuple[float, float]]
) -> str:
    """The lowest phrase of the heads that names both of two columns side by side, "Number of events" over the counts of
    two arms: it reaches over both, and over no other column; "" where there is none."""
    found = ""
    for phrase in (phrase for line in heads for phrase in line.phrases):
        over_both = phrase.x0 < left.x1 and right.x0 < phrase.x1
        over_others = any(a < phrase.x1 and phrase.x0 < b for a, b in others)
        if over_both and not over_others and name_by_head(replace(left, head=phrase.text)):
            found = phrase.text
    return found
