"""Makes up error-free tables of one trial: characteristics, adverse events, responses and responders, hazard ratios."""

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
Z_95 = 1.959963985  # half the width of a 95 % interval, in standard errors


def cut(rng: Random, total: int, parts: int) -> list[int]:
    """Return `parts` random counts that add up to the total."""
    edges = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *edges], [*edges, total], strict=True)]


def characteristics(rng: Random) -> list[Table]:
    """Make sections in which each patient is in one category, a section with several answers per patient, and a median.

    Some categories have parts, and in some sections patients are missing. Four times of five N is known.
    """
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
    """Yield the categories of `known` patients, in percent of these, or of all with a category "Unknown".

    One category may have a part.
    """
    labels, counts = SECTIONS[title], cut(rng, known, len(SECTIONS[title]))
    of = rng.choice((known, total))
    if known < of:
        labels, counts = (*labels, "Unknown"), [*counts, of - known]
    for label, n in zip(labels, counts, strict=True):
        yield _category(press, title, label, n, of)
        if label == "Leiomyosarcoma":
            yield {**_category(press, title, "uterine", rng.randint(0, n), of), "part_of": label}


def adverse_events(rng: Random) -> list[Table]:
    """Make events by grade, the most frequent first. A count of 0 has the percentage 0, or in some tables none."""
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
    """Make best responses by group with a total row, and the list of responders.

    Rates are percentages of the evaluable patients, or of all.
    """
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
    """Return the row of a group; if not `full`, with CR, PR and the response rate only."""
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
    """Make hazard ratios of one or two outcomes, with Wald's interval and P; their logarithms are normal."""
    press, outcomes = some_press(rng, (2, 2, 2, 3)), rng.choice((["PFS"], ["PFS", "OS"]))
    records = []
    for row, feature in enumerate(rng.sample(FEATURES, rng.randint(4, 12)), start=1):
        for outcome in outcomes:
            effect, error = rng.gauss(0, 0.6), rng.uniform(0.12, 0.7)
            names = ("hazard_ratio", "ci_low", "ci_high")
            ends = (effect, effect - Z_95 * error, effect + Z_95 * error)
            numbers = {name: press(exp(end)) for name, end in zip(names, ends, strict=True)}
            about = {"row": f"{row}", "outcome": outcome, "characteristic": feature, "comparison": "Yes vs. no"}
            p = press.p(erfc(abs(effect / error) / sqrt(2)))
            records.append({**about, "model": "univariate", **numbers, "ci_level": "95", "p": p})
    return [table_of("table2", "hazard_ratios", records)]
