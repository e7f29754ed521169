"""No check of P values calls a true one wrong: trials are made up, their P values computed by a usual test and rounded
as papers do, and nothing may fire. A seeded error is caught."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from validations.checks.p_values.contradictions import marked_levels
from validations.inputs.curated import table_from_frame
from validations.registry import all_checks
from validations.runner import run_checks
from validations.tables import Paper, Table

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
TESTS = st.sampled_from(["chi-square", "Yates", "Fisher", "as appropriate", "z"])
ARMS = ("Drug", "Placebo")
Record = dict[str, str]
Numbers = tuple[int, ...]


def rounded(number: float, decimals: int, rule: str) -> str:
    return f"{Decimal(float(number)).quantize(Decimal(1).scaleb(-decimals), rule):f}"


def p_text(p: float, decimals: int, rule: str) -> str:
    return f"<{10**-decimals:.{decimals}f}" if p < 0.5 * 10**-decimals else rounded(p, decimals, rule)


def p_of_counts(test: str, table: np.ndarray) -> float:
    if (table.sum(axis=1) == 0).any() and len(table) == 2:
        return 1.0
    table = table[table.sum(axis=1) > 0]
    if test == "Fisher" or (test == "as appropriate" and table.min() < 5):
        return float(stats.fisher_exact(table).pvalue) if table.shape == (2, 2) else chi_square(table)
    if test == "z" and table.shape == (2, 2):
        n = table.sum(axis=0)
        share = table[0] / n
        spread = float((share * (1 - share) / n).sum())
        return float(2 * stats.norm.sf(abs(share[0] - share[1]) / spread**0.5)) if spread > 0 else 1.0
    return float(stats.chi2_contingency(table, correction=test == "Yates").pvalue)


def chi_square(table: np.ndarray) -> float:
    return float(stats.chi2_contingency(table, correction=False).pvalue)


class Printer:
    """Prints the rows of a made-up table as records."""

    def __init__(self, decimals: int, rule: str) -> None:
        self.records: list[Record] = []
        self.row, self.decimals, self.rule = 0, decimals, rule

    def next_row(self) -> None:
        self.row += 1

    def cell(self, column: int, **cells: str) -> None:
        self.records.append({"row": str(self.row), "cell": str(column), **cells})

    def counts(
        self, names: Mapping[str, str], n: tuple[int, ...], totals: tuple[int, ...], arm_n: tuple[int, ...]
    ) -> None:
        for column, (arm, events, total, size) in enumerate(zip(ARMS, n, totals, arm_n, strict=True), start=2):
            share = rounded(100 * events / total, 1, self.rule)
            more = {"arm": arm, "arm_n": str(size), "statistic": "count", "n": str(events), "percent": share}
            self.cell(column, **names, **more)

    def p(self, names: Mapping[str, str], p: float) -> None:
        text = p_text(p, self.decimals, self.rule)
        self.cell(4, **names, arm="Drug", versus="Placebo", statistic="p", p=text)

    def table(self) -> Table:
        return table_from_frame("table1", "results", pd.DataFrame(self.records, dtype="str").fillna(""))


def totals_of(draw: st.DrawFn, arm_n: tuple[int, int]) -> tuple[int, int]:
    """The patients with a value: all, or up to a twentieth fewer."""
    if draw(st.booleans()):
        return arm_n
    return (
        draw(st.integers(arm_n[0] - arm_n[0] // 20, arm_n[0])),
        draw(st.integers(arm_n[1] - arm_n[1] // 20, arm_n[1])),
    )


@st.composite
def trials_of_counts(draw: st.DrawFn) -> Table:
    arm_n, test = (draw(st.integers(8, 300)), draw(st.integers(8, 300))), draw(TESTS)
    printer = Printer(draw(st.sampled_from([2, 3])), draw(RULES))
    for number in range(draw(st.integers(2, 6))):
        totals = totals_of(draw, arm_n)
        if draw(st.booleans()):
            n = (draw(st.integers(0, totals[0])), draw(st.integers(0, totals[1])))
            rest = tuple(total - each for total, each in zip(totals, n, strict=True))
            printer.next_row()
            names = {"outcome": f"Event {'abcdefgh'[number]}"}
            printer.counts(names, n, totals, arm_n)
            printer.p(names, p_of_counts(test, np.array([n, rest])))
        else:
            print_variable(draw, printer, f"Variable {'abcdefgh'[number]}", totals, arm_n, test)
    return printer.table()


def print_variable(
    draw: st.DrawFn, printer: Printer, name: str, totals: tuple[int, int], arm_n: tuple[int, int], test: str
) -> None:
    """A variable of several categories with one P value: in a row of its own, in the first or in the last."""
    levels = draw(st.integers(2, 4))
    cuts = [sorted(draw(st.lists(st.integers(0, total), min_size=levels - 1, max_size=levels - 1))) for total in totals]
    columns = [np.diff([0, *cut, total]) for cut, total in zip(cuts, totals, strict=True)]
    table = np.array(columns).T
    p, place = p_of_counts(test, table), draw(st.sampled_from(["head", "first", "last"]))
    if place == "head":
        printer.next_row()
        printer.p({"outcome": name}, p)
    for level, row in enumerate(table):
        printer.next_row()
        names = {"outcome": name, "level": f"level {'abcd'[level]}"}
        printer.counts(names, tuple(map(int, row)), totals, arm_n)
        if (place == "first" and level == 0) or (place == "last" and level == levels - 1):
            printer.p(names, p)


def findings_in(table: Table) -> list[str]:
    checks = [item for item in all_checks() if item.family == "TST"]
    return [f"{each.code} row {each.row}: {each.message}" for each in run_checks(checks, Paper({table.name: table}))[0]]


@settings(max_examples=30, deadline=None)
@given(trials_of_counts())
def test_true_p_values_of_counts_raise_no_doubt(table: Table) -> None:
    assert findings_in(table) == []


@st.composite
def trials_of_means(draw: st.DrawFn) -> Table:
    arm_n, equal = (draw(st.integers(5, 200)), draw(st.integers(5, 200))), draw(st.booleans())
    printer = Printer(draw(st.sampled_from([2, 3])), draw(RULES))
    decimals, as_error = draw(st.integers(0, 2)), draw(st.booleans())
    for number in range(draw(st.integers(3, 8))):
        n = tuple(size - size // 20 for size in arm_n) if draw(st.booleans()) else arm_n
        means = [draw(st.floats(20, 90)) for _ in ARMS]
        sds = [draw(st.floats(1, 9)) for _ in ARMS]
        p = stats.ttest_ind_from_stats(means[0], sds[0], n[0], means[1], sds[1], n[1], equal_var=equal).pvalue
        printer.next_row()
        names = {"outcome": f"Score {'abcdefgh'[number]}"}
        for column, (arm, size, true_n, mean, sd) in enumerate(zip(ARMS, arm_n, n, means, sds, strict=True), start=2):
            spread = {"se" if as_error else "sd": rounded(sd / true_n**0.5 if as_error else sd, decimals, printer.rule)}
            more = {"arm": arm, "arm_n": str(size), "statistic": "mean", "mean": rounded(mean, decimals, printer.rule)}
            printer.cell(column, **names, **more, **spread)
        printer.p(names, float(p))
    return printer.table()


@settings(max_examples=30, deadline=None)
@given(trials_of_means())
def test_true_p_values_of_means_raise_no_doubt(table: Table) -> None:
    assert findings_in(table) == []


def baseline(ps: list[str]) -> Table:
    """A table of eight events in arms of 120 and 118 patients, P by the chi-square test but where `ps` has another."""
    printer = Printer(3, ROUND_HALF_UP)
    for number, (n, m) in enumerate([(31, 45), (12, 20), (60, 52), (77, 70), (9, 15), (44, 30), (101, 99), (25, 24)]):
        names = {"outcome": f"Event {'abcdefgh'[number]}"}
        printer.next_row()
        printer.counts(names, (n, m), (120, 118), (120, 118))
        printer.p(names, chi_square(np.array([[n, m], [120 - n, 118 - m]])))
        if ps[number]:
            printer.records[-1]["p"] = ps[number]
    return printer.table()


def altered(text: str) -> Iterator[str]:
    """The text with another digit in each of its first two decimals."""
    for place in (2, 3):
        for digit in "0123456789":
            if digit != text[place]:
                yield text[:place] + digit + text[place + 1 :]


def test_most_altered_p_values_are_caught() -> None:
    true = [record["p"] for record in baseline([""] * 8).frame.to_dict("records") if record["p"]]
    assert findings_in(baseline([""] * 8)) == []
    tried = caught = 0
    for row, text in enumerate(true):
        for other in altered(text):
            tried += 1
            found = findings_in(baseline(["" if place != row else other for place in range(8)]))
            caught += [each.startswith(f"TST001 row {row + 1}:") for each in found] == [True]
    assert caught / tried > 0.85


def test_one_sided_p_values_of_a_whole_column_raise_no_doubt() -> None:
    frame = baseline([""] * 8).frame
    halved = [f"{float(text) / 2:.3f}" if text else "" for text in frame["p"]]
    assert findings_in(table_from_frame("table1", "results", frame.assign(p=halved))) == []


@pytest.mark.parametrize("p", [">0.05", "<1", ">0.001"])
def test_coarse_p_values_that_are_right_raise_no_doubt(p: str) -> None:
    assert findings_in(baseline([*[""] * 2, p, *[""] * 5])) == []


def test_the_message_names_the_test_of_the_column() -> None:
    (found,) = findings_in(baseline(["", "0.812", *[""] * 6]))
    assert "chi-square test explains most of the 7 other P values" in found
    assert "P = 0.812, but 12 (10.0 %) and 20 (16.9 %) give" in found


def test_a_table_of_very_many_p_values_is_left_alone() -> None:
    frame = pd.concat([baseline([""] * 8).frame] * 40, ignore_index=True)
    frame["row"] = [str(1 + place // 3) for place in range(len(frame))]
    assert findings_in(table_from_frame("table1", "results", frame)) == []


def test_rows_in_doubt_are_not_judged() -> None:
    table = baseline(["", "0.812", *[""] * 6])
    doubtful = Table(table.name, table.schema, table.frame, doubtful=frozenset({"2"}))
    assert findings_in(doubtful) == []


def test_rank_tests_of_the_notes_excuse_means_only() -> None:
    table = baseline(["", "0.812", *[""] * 6])
    noted = Table(table.name, table.schema, table.frame, footnotes=("Mann-Whitney test for continuous values",))
    assert len(findings_in(noted)) == 1


def test_an_adjustment_in_the_notes_excuses_unless_usual_tests_explain_nearly_all() -> None:
    for wrong, told in ((["", "0.812", *[""] * 6], 1), (["", "0.812", "0.002", *[""] * 5], 0)):
        table = baseline(wrong)
        noted = Table(table.name, table.schema, table.frame, footnotes=("P adjusted for age",))
        assert len(findings_in(noted)) == told


@pytest.mark.parametrize(
    ("note", "marks"),
    [
        ("*P < 0.05; **P < 0.01", {"*": "0.05", "**": "0.01"}),
        ("* indicates significance at p<.05", {"*": ".05"}),
        ("a P<0.05", {"a": "0.05"}),
        ("† p-value ≤ 0.001", {"†": "0.001"}),
        ("We took a P value < 0.05 as significant", {}),
        ("Significant with a P < 0.05", {}),
        ("*P<0.05 vs baseline", {}),
        ("*P = 0.05", {}),
    ],
)
def test_the_levels_that_notes_give_to_marks(note: str, marks: dict[str, str]) -> None:
    table = baseline([""] * 8)
    noted = Table(table.name, table.schema, table.frame, footnotes=(note,))
    assert {mark: level.limit for mark, level in marked_levels(noted).items()} == {
        mark: Decimal(limit) for mark, limit in marks.items()
    }
