"""True tables of one trial, made up: characteristics, adverse events, responses with the list of responders, ratios."""

from collections.abc import Iterator
from math import erfc, exp, sqrt
from random import Random

from tests.mutants.printing import Cells, Press, some_press, table_of
from validations.tables import Table

SECTIONS = {
    "Sex": ("Male", "Female"),
    "Age": ("< 50 years", "50-64 years", "≥ 65 years"),
    "ECOG performance status": ("0", "1", "2"),
    "Histology": ("Leiomyosarcoma", "Liposarcoma", "Angiosarcoma", "Synovial sarcoma", "Chordoma", "Others"),
    "Primary site": ("Limb", "Trunk", "Retroperitoneum", "Head and neck"),
    "Treatment lines": ("1", "2", "≥ 3"),
    "Prior radiotherapy": ("Yes", "No"),
}
SITES = ("Lung", "Bone", "Liver", "Brain", "Lymph nodes")
EVENTS = (
    *("Hypertension", "Diarrhoea", "Proteinuria", "Anaemia", "Fatigue", "Vomiting", "Hypothyroidism", "Toothache"),
    *("Haemorrhage", "Mucositis", "Pneumonitis", "Neutropenia", "Thrombocytopenia", "Pruritus", "Arthralgia"),
    *("Headache", "Fever", "Constipation", "Dyspnoea", "Insomnia"),
)
GROUPS = ("Monotherapy", "Dual blockade", "With TKI", "With chemotherapy", "With radiotherapy", "With vaccine")
FEATURES = ("Gender", "Age", "ECOG", "Primary site", "Lung metastasis", "Bone metastasis", "Liver metastasis")
FEATURES += ("Prior chemotherapy", "Prior radiotherapy", "Treatment lines", "Anaemia", "Albumin", "Neutrophils")


def cut(rng: Random, total: int, parts: int) -> list[int]:
    """The total cut into so many parts."""
    edges = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *edges], [*edges, total], strict=True)]


def characteristics(rng: Random) -> list[Table]:
    """Sections of which each patient has one category (with parts, or with patients missing), one of several answers,
    and medians; N is known four times of five."""
    total, press = rng.randint(24, 600), some_press(rng, (0, 1, 1, 1, 2))
    records: list[Cells] = []
    for title in rng.sample(list(SECTIONS), rng.randint(2, 6)):
        known = rng.choice((total, total, total, rng.randint(2 * total // 3, total)))
        records += _section(rng, press, title, known, total)
    counts = [rng.randint(0, total) for _ in SITES]
    records += [_category(press, "Metastatic sites", site, n, total) for site, n in zip(SITES, counts, strict=True)]
    low, median, high = sorted(rng.randint(16, 90) for _ in range(3))
    age = {"statistic": "median_range", "median": f"{median}", "low": f"{low}", "high": f"{high}"}
    records.insert(0, {"label": "Age, median (range)", **age})
    return [table_of("table1", "characteristics", records, rng.choice((total, total, total, total, None)))]


def _category(press: Press, title: str, label: str, n: int, of: int) -> Cells:
    return {"label": label, "section": title, "statistic": "count", "n": f"{n}", "percent": press.percent(n, of)}


def _section(rng: Random, press: Press, title: str, known: int, total: int) -> Iterator[Cells]:
    """The categories of `known` patients, in percent of them, or of all with those unknown; one may have a part."""
    labels, counts = SECTIONS[title], cut(rng, known, len(SECTIONS[title]))
    of = rng.choice((known, total))
    if known < of:
        labels, counts = (*labels, "Unknown"), [*counts, of - known]
    for label, n in zip(labels, counts, strict=True):
        yield _category(press, title, label, n, of)
        if label == "Leiomyosarcoma":
            yield {**_category(press, title, "uterine", rng.randint(0, n), of), "part_of": label}


def adverse_events(rng: Random) -> list[Table]:
    """Events by grade, the most frequent first; of no patient no percentage is printed, or 0."""
    total, press, bare = rng.randint(20, 400), some_press(rng, (0, 1, 1, 1, 2)), rng.random() < 0.5
    counts = sorted((rng.randint(1, 2 * total // 3) for _ in range(rng.randint(6, 18))), reverse=True)
    records = []
    for row, (event, n) in enumerate(zip(rng.sample(EVENTS, len(counts)), counts, strict=True), start=1):
        for grade, count in (("any", n), ("3-4", rng.randint(0, n // 2))):
            percent = "" if bare and not count else press.percent(count, total)
            cells = {"row": f"{row}", "grade": grade, "event": event, "n": f"{count}", "percent": percent}
            records.append(cells)
    return [table_of("table4", "adverse_events", records, rng.choice((total, total, None)))]


def responses(rng: Random) -> list[Table]:
    """Best responses by group with their total, and the list of the responders; rates of the evaluable or of all."""
    press, of_all, full = some_press(rng, (1, 1, 2)), rng.random() < 0.3, rng.random() < 0.7
    names = rng.sample(GROUPS, rng.randint(2, 5))
    groups = [[rng.choice((0, 1, 2)), *(rng.randint(1, 25) for _ in range(3)), rng.randint(0, 6)] for _ in names]
    whole = [sum(column) for column in zip(*groups, strict=True)]
    both = [*zip(names, groups, strict=True), ("Total", whole)]
    table = table_of("table2", "responses", [_group(press, name, counts, of_all, full) for name, counts in both])
    listed = [kind for name, (cr, pr, *_) in both[:-1] for kind in [("CR", name)] * cr + [("PR", name)] * pr]
    rows = [
        {"patient": f"{place}", "best_response": kind, "subtype": name, "msi": "low"}
        for place, (kind, name) in enumerate(listed, start=1)
    ]
    return [table, table_of("table3", "responders", rows)]


def _group(press: Press, name: str, counts: list[int], of_all: bool, full: bool) -> Cells:
    """The row of a group; not `full`: CR and PR with the response rate alone."""
    cr, pr, sd, pd, na = counts
    size = sum(counts) if of_all else sum(counts) - na
    kinds = (
        {"cr": cr, "pr": pr, "orr": cr + pr, "sd": sd, "pd": pd, "dcr": cr + pr + sd} if full else {"cr": cr, "pr": pr}
    )
    cells = {"group": name, "n_total": f"{sum(counts)}", "n_evaluable": f"{sum(counts) - na}"}
    cells |= {f"{kind}_n": f"{n}" for kind, n in kinds.items()}
    cells |= {f"{kind}_percent": press.percent(n, size) for kind, n in {**kinds, "orr": cr + pr}.items()}
    return cells | {"na_n": f"{na}", "na_percent": press.percent(na, sum(counts))}


def hazard_ratios(rng: Random) -> list[Table]:
    """Ratios whose logarithms are normal, with Wald's interval and P, of one or two outcomes."""
    press, outcomes = some_press(rng, (2, 2, 2, 3)), rng.choice((["PFS"], ["PFS", "OS"]))
    records = []
    for row, feature in enumerate(rng.sample(FEATURES, rng.randint(4, 12)), start=1):
        for outcome in outcomes:
            effect, error = rng.gauss(0, 0.6), rng.uniform(0.12, 0.7)
            names = ("hazard_ratio", "ci_low", "ci_high")
            ends = (effect, effect - 1.959963985 * error, effect + 1.959963985 * error)
            numbers = {name: press(exp(end)) for name, end in zip(names, ends, strict=True)}
            about = {"row": f"{row}", "outcome": outcome, "characteristic": feature, "comparison": "Yes vs. no"}
            p = press.p(erfc(abs(effect / error) / sqrt(2)))
            records.append({**about, "model": "univariate", **numbers, "ci_level": "95", "p": p})
    return [table_of("table2", "hazard_ratios", records)]
