"""ARM: the arms beside the column of all patients: counts, numbers of patients, means and SDs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import product

from tests.mutants.trials.equations import Equation, Span, Texts, count, meet, number, span
from validations.tables import Table

_ALL = re.compile(
    r"(?:total|overall|all|both|combined|entire)(?: (?:patients|participants|subjects|groups|arms))?", re.I
)


def equations(table: Table) -> Iterator[Equation]:
    """For each row with arms and all patients, one of its counts, of their totals, of its means and of its SDs; and for
    the heads one of their N."""
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, record in enumerate(table.records):
        if record["arm"] and not record["versus"]:
            part = record["cell"].partition(".")[2]
            rows[record.row, part, record["statistic"], record["timepoint"], record["population"]].append(line)
    heads: dict[tuple[str, ...], Equation] = {}
    for lines in rows.values():
        names = [table.records[line]["arm"] for line in lines]
        wholes = [line for line in lines if _ALL.fullmatch(table.records[line]["arm"].strip())]
        if len(wholes) == 1 and len(lines) > 2 and len(set(names)) == len(names):
            parts = [line for line in lines if line not in wholes]
            for name in ("n", "total"):
                yield from _sum(table, parts, wholes[0], name)
            for equation in _sum(table, parts, wholes[0], "arm_n"):
                heads.setdefault(tuple(equation.texts.values()), equation)
            yield from _mixtures(table, parts, wholes[0])
    yield from heads.values()


def _sum(table: Table, parts: list[int], whole: int, name: str) -> Iterator[Equation]:
    lines = (*parts, whole)
    texts = {(line, name): table.records[line][name] for line in lines}
    if all(count(text) is not None for text in texts.values()):
        arms = tuple(table.records[line]["arm"] for line in lines)
        yield Equation(texts, partial(_adds_up, parts, whole, name), None if name == "arm_n" else ("sum", arms))


def _adds_up(parts: list[int], whole: int, name: str, texts: Texts) -> bool:
    counts = [count(texts[line, name]) for line in (*parts, whole)]
    known = [each for each in counts if each is not None]
    return len(known) == len(counts) and sum(known[:-1]) == known[-1]


def _mixtures(table: Table, parts: list[int], whole: int) -> Iterator[Equation]:
    lines = (*parts, whole)
    sizes = [count(table.records[line]["n"] or table.records[line]["arm_n"]) for line in lines]
    if any(not n or n < 2 for n in sizes) or any(not number(table.records[line]["mean"]) for line in lines):
        return
    arms = tuple(table.records[line]["arm"] for line in lines)
    texts = {(line, "mean"): table.records[line]["mean"] for line in lines}
    yield Equation(texts, partial(_mean_holds, lines, sizes), ("mean", arms))
    sds = {(line, "sd"): table.records[line]["sd"] for line in lines}
    if all(number(text) for text in sds.values()):
        known = {**texts, **sds}
        yield Equation(sds, partial(_sd_holds, lines, sizes, known), ("sd", arms))


def _spans(lines: tuple[int, ...], name: str, texts: Texts) -> list[Span] | None:
    numbers = [number(texts[line, name]) for line in lines]
    known = [span(each) for each in numbers if each is not None]
    return known if len(known) == len(numbers) else None


def _mean_holds(lines: tuple[int, ...], sizes: list[int], texts: Texts) -> bool:
    spans = _spans(lines, "mean", texts)
    if spans is None:
        return False
    low, high = (
        sum(n * each[end] for n, each in zip(sizes[:-1], spans[:-1], strict=True)) / sum(sizes[:-1]) for end in (0, 1)
    )
    return meet((low, high), spans[-1])


def _sd_holds(lines: tuple[int, ...], sizes: list[int], known: Texts, texts: Texts) -> bool:
    means, sds = _spans(lines, "mean", {**known, **texts}), _spans(lines, "sd", {**known, **texts})
    if means is None or sds is None:
        return False
    found = [_pooled(sizes[:-1], ends, [sd[at] for sd in sds[:-1]]) for ends in product(*means[:-1]) for at in (0, 1)]
    least = (
        _pooled(sizes[:-1], [0.0] * len(sizes[:-1]), [sd[0] for sd in sds[:-1]]) if _cross(means[:-1]) else min(found)
    )
    return meet((least, max(found)), sds[-1])


def _cross(spans: list[Span]) -> bool:
    return max(low for low, _ in spans) <= min(high for _, high in spans)


def _pooled(sizes: list[int], means: list[float] | tuple[float, ...], sds: list[float]) -> float:
    """The SD of all patients."""
    total = sum(sizes)
    middle = sum(n * m for n, m in zip(sizes, means, strict=True)) / total
    within = sum((n - 1) * sd**2 for n, sd in zip(sizes, sds, strict=True))
    between = sum(n * (m - middle) ** 2 for n, m in zip(sizes, means, strict=True))
    return float(((within + between) / (total - 1)) ** 0.5)
