"""From the words over a column to what it holds: a column of the forest schema, by its head or by its values."""

import re
from collections.abc import Mapping, Sequence

from extract.forests.text.cells import COUNTED, Column
from extract.forests.text.intervals import number, plain
from extract.forests.text.labels import LEVEL
from extract.page.lines import Line, Phrase
from extract.page.words import Word

IGNORED = "-"
NAMES = (
    (IGNORED, r"\blog\b|\bln\b|\bTE\b|\bseTE\b|\bS\.?E\.?(?:\(|$|\b)|\bref(?:erence)?s?\b|\bSEM\b"),
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
    ("total", r"\btotal\b|\bsample\b|\bpatients\b|\bparticipants\b|\bsubjects\b|^N$"),
    ("events", r"\bevents?\b|^n$|\bcases\b|\bresponders\b|\bresponses?\b|TRAEs?\b|\bdeaths\b|\bORR?\s*\(n\)"),
    ("label", r"\bstud(?:y|ies)\b|\bauthors?\b|\btrials?\b|\bsources?\b|\bsubgroups?\b|\bhistolog|\bsubtypes?\b|^ID\b"),
)
YEAR = re.compile(r"(?:19|20)\d\d[a-z]?")
REACH = 3.5  # type sizes from a column to a word of its head
PER_ARM = ("events", "total", "mean", "sd")


def name_of(head: str) -> str:
    """What the head of a column says that it holds; "" where it says nothing known."""
    for name, pattern in NAMES:
        if re.search(pattern, head, re.IGNORECASE if name not in ("cr", "pr", "sd") else 0):
            return name
    return ""


def names_of(columns: Sequence[Column], values: Sequence[Mapping[int, str]]) -> list[str]:
    """A column of the schema for each column, IGNORED for what it does not know: by the heads, then, of columns without
    a known head, by their values. `values`: the texts of the rows by the number of the column."""
    names = [named(column) for column in columns]
    texts = [i for i, column in enumerate(columns) if column.is_text]
    if texts and "label" not in names:
        names[texts[0]] = "label"
    for i, column in enumerate(columns):
        if not column.is_text and holds_counts([row.get(i, "") for row in values]):
            names[i] = "ratio"
        elif not names[i] and not column.is_text:
            names[i] = by_values([row.get(i, "") for row in values])
    names = with_events(names, values)
    return in_arms([name or IGNORED for name in names])


def named(column: Column) -> str:
    """The name by the head, if it is one for what the column holds: texts or values."""
    name = name_of(column.head)
    if column.is_text:
        return name if name in ("label", "treatment", IGNORED) else ""
    return "" if name in ("label", "treatment") else name


def holds_counts(texts: Sequence[str]) -> bool:
    """Whether a column holds counts of a total, "12/148", whatever its head names: "Events, treatment"."""
    printed = [text for text in texts if text]
    return bool(printed) and 2 * sum(bool(COUNTED.fullmatch(plain(text))) for text in printed) > len(printed)


def by_values(texts: Sequence[str]) -> str:
    """ "weight" for a column of decimals or percentages, none above 100, that adds up to 100 at least once; "year" for
    one of years."""
    if any(texts) and all(YEAR.fullmatch(text) for text in texts if text):
        return "year"
    numbers = [float(value.replace(",", "")) for text in texts if (value := number(text)) and value[0] not in "<>≤≥"]
    decimal = any("." in text or "%" in text for text in texts)
    if not decimal or not numbers or max(numbers) > 100.5 or min(numbers) < 0:
        return ""
    shares = [value for value in numbers if value < 99.5]
    return "weight" if len(numbers) > 2 and abs(sum(shares) % 100) < 1 and sum(shares) > 99 else ""


def with_events(names: Sequence[str], values: Sequence[Mapping[int, str]]) -> list[str]:
    """A column of whole numbers under an unknown head, none greater than the total beside it, counts events."""
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
    """Names that stand twice are those of two arms; a third is none of theirs."""
    two = any(names.count(name) > 1 for name in (*PER_ARM, "ratio"))
    found: list[str] = []
    for i, name in enumerate(names):
        before = names[:i].count(name)
        if name in (*PER_ARM, "ratio") and two:
            found.append(f"arm{before + 1}_{name}" if before < 2 else IGNORED)
        elif before and name not in ("label", "year", IGNORED):
            found.append(IGNORED)
        else:
            found.append(name)
    return found


def head_over(lines: Sequence[Line], x0: float, x1: float, others: Sequence[tuple[float, float]]) -> str:
    """The words over a column, from top to bottom: those that stand nearer to it than to any other. Where the lowest
    line names a column, what stands over it (an arm, over several columns) is left out."""
    spans = [(x0, x1), *others]
    parts = [" ".join(word.text for phrase in line.phrases for word in over_of(phrase, spans)) for line in lines]
    parts = [part for part in parts if part]
    lowest = parts[-1] if parts else ""
    return lowest if name_of(lowest) and not LEVEL.search(lowest) else " ".join(parts)


def over_of(phrase: Phrase, spans: Sequence[tuple[float, float]]) -> list[Word]:
    """The words of a phrase that stand over the first of some columns: all, however far it reaches, where none stands
    nearer to another column ("P for heterogeneity" over short numbers)."""
    words = [word for word in phrase.words if word.text]
    nearest = [word for word in words if away_of(word, spans[0]) == min(away_of(word, span) for span in spans)]
    near = [word for word in nearest if away_of(word, spans[0]) < REACH * word.size]
    return words if near and len(nearest) == len(words) else near


def away_of(word: Word, span: tuple[float, float]) -> float:
    """How far the middle of a word is from a column; within it, next to nothing, the less the nearer to its middle."""
    x, (a, b) = (word.x0 + word.x1) / 2, span
    return max(a - x, x - b, 0.0) or abs(x - (a + b) / 2) / 1e6
