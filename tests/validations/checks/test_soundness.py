"""No check calls a true table wrong: counts are made up, percentages rounded from them, and nothing may fire."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.base.printed import parse_printed
from validations.inference.denominators import count_gives, counts_that_give, some_total_gives, totals_that_give
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])
NAMES = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ironwood", "juniper"]
DOUBTS = {"impossible", "unlikely", "reading"}


def in_percent(n: int, total: int, decimals: int, rule: str) -> str:
    return f"{(Decimal(100 * n) / Decimal(total)).quantize(Decimal(1).scaleb(-decimals), rule):f}"


def doubts(*tables: Table) -> list[tuple[str, str]]:
    findings, _ = run_checks(all_checks(), Paper({table.name: table for table in tables}))
    return [(finding.code, finding.message) for finding in findings if finding.severity in DOUBTS]


def blank(schema_columns: str, records: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(records).reindex(columns=schema_columns.split(","), fill_value="").fillna("").astype("str")


def test_every_count_of_every_total_up_to_sixty_fits_its_percentage() -> None:
    for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN):
        for total in range(1, 61):
            for n in range(total + 1):
                for decimals in (0, 1, 2):
                    percent = parse_printed(in_percent(n, total, decimals, rule))
                    assert count_gives(n, total, percent)
                    assert n in counts_that_give(percent, total)
                    assert some_total_gives(percent, total)
                    span = totals_that_give(n, percent, total)
                    assert span is not None and span[0] <= total <= span[1]


def cut(total: int, places: list[int]) -> list[int]:
    """The total cut into parts."""
    edges = sorted(place % (total + 1) for place in places)
    return [high - low for low, high in zip([0, *edges], [*edges, total], strict=True)]


@st.composite
def cohorts(draw: st.DrawFn) -> Table:
    """Characteristics: an exclusive section with a part, one of several answers, one with patients missing."""
    total, decimals, rule = draw(st.integers(20, 900)), draw(st.sampled_from([1, 2])), draw(RULES)
    places = st.lists(st.integers(0, 900), min_size=1, max_size=3)
    once = cut(total, draw(places))
    several = draw(st.lists(st.integers(0, total), min_size=2, max_size=4))
    known = draw(st.integers(total // 2, total))
    tested = cut(known, draw(places))
    sections = [("Once", once, total), ("Several", several, total), ("Tested", tested, known)]
    records = [
        {"label": f"{name} {title}", "section": title, "n": f"{n}", "percent": in_percent(n, whole, decimals, rule)}
        for title, counts, whole in sections
        for name, n in zip(NAMES, counts, strict=False)
    ]
    part = draw(st.integers(0, once[0]))
    part_record = {"label": "part", "part_of": "alder Once", "n": f"{part}"}
    records.insert(1, {**part_record, "section": "Once", "percent": in_percent(part, total, decimals, rule)})
    columns = "label,section,part_of,statistic,n,percent,median,low,high"
    frame = blank(columns, records).assign(statistic="count")
    return table_from_frame("table1", "characteristics", frame, draw(st.sampled_from([total, None])))


@settings(max_examples=40, deadline=None)
@given(cohorts())
def test_true_characteristics_raise_no_doubt(table: Table) -> None:
    assert doubts(table) == []


@st.composite
def trials(draw: st.DrawFn) -> tuple[Table, Table]:
    """A table of responses by group with a total row, and the list of its responders."""
    decimals, rule = draw(st.sampled_from([1, 2])), draw(RULES)
    sizes = st.lists(st.integers(1, 80), min_size=5, max_size=5)
    groups = draw(st.lists(sizes, min_size=2, max_size=5))
    groups.append([sum(column) for column in zip(*groups, strict=True)])
    records, listed = [], []
    for name, (cr, pr, sd, pd_, na) in zip([*NAMES[: len(groups) - 1], "Total"], groups, strict=True):
        evaluable = cr + pr + sd + pd_
        counts = {"cr": cr, "pr": pr, "orr": cr + pr, "sd": sd, "pd": pd_, "dcr": cr + pr + sd, "na": na}
        shares = {
            f"{kind}_percent": in_percent(n, evaluable + na * (kind == "na"), decimals, rule)
            for kind, n in counts.items()
        }
        sizes_of = {"n_total": str(evaluable + na), "n_evaluable": str(evaluable)}
        records.append({"group": name, **sizes_of, **{f"{kind}_n": str(n) for kind, n in counts.items()}, **shares})
        if name != "Total":
            listed += [{"best_response": "CR", "subtype": name}] * cr + [{"best_response": "PR", "subtype": name}] * pr
    frame = pd.DataFrame(records, dtype="str").assign(part_of="")
    patients = pd.DataFrame(listed, dtype="str").assign(pd_l1="", tmb="", msi="")
    patients["patient"] = [str(place) for place in range(len(patients))]
    return table_from_frame("table2", "responses", frame), table_from_frame("table3", "responders", patients)


@settings(max_examples=40, deadline=None)
@given(trials())
def test_true_responses_raise_no_doubt(tables: tuple[Table, Table]) -> None:
    assert doubts(*tables) == []


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Table, Table]:
    """The arms of a review with rates of their evaluable patients, and their subtypes."""
    arms, subtypes = [], []
    for row in range(1, draw(st.integers(1, 6)) + 1):
        size = draw(st.integers(4, 120))
        evaluable = draw(st.integers(1, size))
        responders = draw(st.integers(0, evaluable))
        controlled = draw(st.integers(responders, evaluable))
        padded = draw(st.booleans())
        orr, dcr = (
            in_percent(n, evaluable, 1, ROUND_HALF_UP) + "0" if padded else in_percent(n, evaluable, 2, ROUND_HALF_UP)
            for n in (responders, controlled)
        )
        arms.append(
            {"row": f"{row}", "study": f"S{row}", "sample_size": f"{size}", "orr_percent": orr, "dcr_percent": dcr}
        )
        for place, n in enumerate(cut(size, draw(st.lists(st.integers(0, 120), min_size=1, max_size=4))), start=1):
            subtype = {"row": f"{row}", "position": f"{place}", "study": f"S{row}", "subtype": NAMES[place]}
            subtypes.append({**subtype, "n": f"{n}", "total": f"{size}"})
    columns = "row,group,study,design,patients,sample_size,median_age,age_low,age_high,female_percent,histology,"
    columns += "treatment_line,treatment,primary_endpoint,orr_percent,dcr_percent"
    histology = blank("row,position,study,treatment,subtype,n,total", subtypes)
    return (
        table_from_frame("table1", "study_arms", blank(columns, arms)),
        table_from_frame("table1_histology", "histology", histology),
    )


@settings(max_examples=40, deadline=None)
@given(reviews())
def test_true_reviews_raise_no_doubt(tables: tuple[Table, Table]) -> None:
    assert doubts(*tables) == []
