"""The lines of a forest plot that is drawn anew: what stands in them, and where their marks stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.base.printed import Printed
from validations.inference.estimates import find_estimates
from validations.inference.pooling.best_method import Explanation, explain_plot
from validations.inference.pooling.comparison import Item
from validations.inference.pooling.plots import POOLED_KINDS, events_of
from validations.statistics.rounding import covers, to_print
from validations.tables import Record, Table

MOST_ROWS = 250  # of a plot: a picture of more rows is too high to be drawn
_NUMBERS = ("estimate", "ci_low", "ci_high")
_HETEROGENEITY = {"i2": "I² {} %", "tau2": "tau² {}", "q": "Q {}", "p": "P {}"}


@dataclass(frozen=True)
class Line:
    """A line of the plot. `kind`: heading, study, printed (a pooled line), recomputed, or note. `left`: label and
    counts; `right`: the numbers in words; `marks`: estimate with limits, None where unknown. `weight`: share of the
    largest in the area of the squares. `differs`: whether the recomputed numbers cannot be printed so."""

    kind: str
    left: tuple[str, str] = ("", "")
    right: tuple[str, str] = ("", "")
    marks: tuple[float, float, float] | None = None
    weight: float = 1.0
    differs: bool = False


@dataclass(frozen=True)
class PlotPlan:
    """A plot: its lines from top to bottom, and whether its axis is logarithmic. `head`, `tail`: over the column of
    counts, and over the last one. `foot`: how the pooled lines were recomputed, or why not. `overall`: the printed
    estimate of all studies, None without one."""

    title: str
    lines: tuple[Line, ...]
    is_log: bool
    foot: str
    head: str = ""
    tail: str = ""
    overall: float | None = None


def plan_plot(table: Table, title: str) -> PlotPlan | None:
    """Return the plan of a forest plot; None where no line has an estimate, or where it is too long for a picture."""
    if table.schema != "forest" or len(table.frame) > MOST_ROWS:
        return None
    lines = tuple(_lines(table))
    if not any(line.marks for line in lines):
        return None
    explained = explain_plot(table)
    is_log = explained[0].method.is_ratio if explained else _has_ratios(table)
    positive = all(min(line.marks) > 0 for line in lines if line.marks)
    counts = (
        "" if not any(line.left[1] for line in lines) else "Mean/N" if any(table.column("arm1_mean")) else "Events/N"
    )
    tail = (
        "Weight, %" if any(table.column("weight")) else "Heterogeneity" if any(line.right[1] for line in lines) else ""
    )
    pooled = [_marks(record) for record in table.records if record["kind"] == "overall"]
    overall = pooled[0][0] if len(pooled) == 1 and pooled[0] is not None else None
    return PlotPlan(title, lines, is_log and positive, _foot(explained), counts, tail, overall)


def _has_ratios(table: Table) -> bool:
    return any(estimate.scale == "log" for estimate in find_estimates(table))


def _foot(explained: Sequence[Explanation]) -> str:
    if not explained:
        return "Nothing was recomputed: no studies are printed, or not their counts, means or intervals."
    missed = sum(not item.given for each in explained for item in each.items)
    how = "; ".join(dict.fromkeys(str(each) for each in explained))
    return f"Recomputed: {how}. " + (f"{missed} differ." if missed else "No number differs.")


def _lines(table: Table) -> Iterator[Line]:
    items = _items(explain_plot(table))
    most, group = _largest_weight(table), ""
    for record in table.records:
        if record["group"] != group and record["kind"] != "overall":
            group = record["group"]
            yield from [Line("heading", (group, ""))] if group else []
        own = items.get(record, {})
        if record["kind"] == "heterogeneity":
            yield from _heterogeneity(record, own)
            continue
        pooled = record["kind"] in POOLED_KINDS
        wrong = "" if pooled else _unlike(own, (*_NUMBERS, "weight"))
        yield Line(
            "printed" if pooled else "study",
            (_label(record), _counts(record)),
            (_interval(record) + wrong, record["weight"] if any(table.column("weight")) else _between(record)),
            _marks(record),
            _share(record, most),
            bool(wrong),
        )
        if pooled:
            yield from _recomputed(own)
            yield from _heterogeneity(record, own)


def _items(explained: Sequence[Explanation]) -> Mapping[Record, dict[str, Item]]:
    """The recomputed numbers by record and column; of several layers the one that gives the printed number."""
    found: dict[Record, dict[str, Item]] = {}
    for item in (item for each in explained for item in each.items):
        columns = found.setdefault(item.record, {})
        if item.column not in columns or item.given:
            columns[item.column] = item
    return found


def _unlike(items: Mapping[str, Item], columns: Sequence[str]) -> str:
    """The recomputed numbers that cannot be printed as they are: " ≠ 1.11"."""
    wrong = [items[name] for name in columns if name in items and items[name].spans and not items[name].given]
    texts = [to_print(_middle(item), item.printed.decimals) for item in wrong]
    return f" ≠ {', '.join(texts)}" if texts else ""


def _recomputed(items: Mapping[str, Item]) -> Iterator[Line]:
    """The line of the recomputed estimate, with one decimal more than print."""
    if all(name in items and items[name].spans for name in _NUMBERS):
        values = [_middle(items[name]) for name in _NUMBERS]
        texts = [
            to_print(value, items[name].printed.decimals + 1) for value, name in zip(values, _NUMBERS, strict=True)
        ]
        wrong = [name for name in _NUMBERS if not items[name].given]
        marks = (values[0], values[1], values[2])
        yield Line("recomputed", ("recomputed", ""), (_in_brackets(texts), ""), marks, 1.0, bool(wrong))


def _middle(item: Item) -> float:
    """The middle of the span that gives the printed number; of the first, if none does."""
    fitting = [span for span in item.spans if covers(*span, item.printed)]
    low, high = (fitting or list(item.spans))[0]
    return (low + high) / 2


def _label(record: Record) -> str:
    named = record["label"] or record["kind"].capitalize()
    return f"{named}, {record['treatment']}" if record["treatment"] else named


def _counts(record: Record) -> str:
    if record["arm1_total"] or record["arm2_total"]:
        shown = [f"{record[f'{arm}_events'] or record[f'{arm}_mean']}/{record[f'{arm}_total']}" for arm in _ARMS]
        return "  ".join(text.lstrip("/") for text in shown)
    events = events_of(record)
    return f"{events}/{record['total']}" if events is not None and record["total"] else record["total"]


_ARMS = ("arm1", "arm2")


def _interval(record: Record) -> str:
    texts = [record[name] for name in _NUMBERS]
    return _in_brackets(texts) if any(texts) else "not printed"


def _in_brackets(texts: Sequence[str]) -> str:
    return f"{texts[0]} [{texts[1]}, {texts[2]}]" if texts[1] or texts[2] else texts[0]


def _heterogeneity(record: Record, items: Mapping[str, Item]) -> Iterator[Line]:
    """The line on heterogeneity, where one is printed."""
    printed = [name for name in _HETEROGENEITY if record[name]]
    if printed:
        own = record["kind"] == "heterogeneity" and record["label"].casefold() != "heterogeneity"
        about = f"Heterogeneity {record['label']}".strip() if own else "Heterogeneity"
        shown = ", ".join(_HETEROGENEITY[name].format(record[name]) for name in printed)
        wrong = _unlike(items, printed)
        yield Line("note", (f"{about}: {shown}{wrong}", ""), differs=bool(wrong))


def _between(record: Record) -> str:
    """I² and P of a subgroup that was pooled elsewhere; pooled lines have a line of their own for them."""
    names = [name for name in ("i2", "p") if record[name]] if record["kind"] == "subgroup" else []
    return ", ".join(_HETEROGENEITY[name].format(record[name]) for name in names)


def _marks(record: Record) -> tuple[float, float, float] | None:
    """Estimate and limits as printed, else as drawn."""
    for prefix in ("", "drawn_"):
        numbers = [record.number(f"{prefix}{name}") for name in _NUMBERS]
        if numbers[0] is not None:
            middle = float(numbers[0].value)
            low, high = (_or(number, middle) for number in numbers[1:])
            return middle, low, high
    return None


def _or(number: Printed | None, other: float) -> float:
    return other if number is None else float(number.value)


def _largest_weight(table: Table) -> float:
    return max((_weight(record) for record in table.records if record["kind"] == "study"), default=0.0)


def _weight(record: Record) -> float:
    number = record.number("weight") or record.number("drawn_weight") or record.number("total")
    return _or(number, 0.0)


def _share(record: Record, most: float) -> float:
    return max(0.0, min(1.0, _weight(record) / most)) if most > 0 else 0.5
