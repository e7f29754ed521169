"""Measuring and counting, on a few cases."""

import json
from collections import Counter

from tests.mutants.cases import Case
from tests.mutants.erring import ROW_TWICE, Mutant
from tests.mutants.measuring import Measured, Outcome, _new, measure, mutants
from tests.mutants.results import summary
from validations.manual.mutation_results import RESULTS, chapter, share_text
from validations.registry import Finding, all_checks


def finding(code: str, row: str, column: str = "n", exhibit: str = "table1") -> Finding:
    return Finding(code, "", "impossible", exhibit, row, column, "", "", "", "")


def test_findings_that_only_moved_down_are_not_new() -> None:
    before = [finding("PCT001", "2"), finding("PCT001", "5")]
    after = [finding("PCT001", "2"), finding("PCT001", "6"), finding("DUP002", "4"), finding("PCT001", "3")]
    assert _new(Mutant("table1", ROW_TWICE, {}, 3), before, after) == [finding("DUP002", "4"), finding("PCT001", "3")]
    assert _new(Mutant("table2", ROW_TWICE, {}, 3), before, after[:2]) == [finding("PCT001", "6")]


def test_what_was_found_there_before_is_not_caught_again() -> None:
    mutant = Mutant("table1", "digit changed", {(1, "n"): "7"})
    assert _new(mutant, [finding("PCT001", "2")], [finding("PCT001", "2")]) == []
    assert _new(mutant, [finding("PCT001", "2")], [finding("PCT002", "2")]) == [finding("PCT002", "2")]


def test_a_true_table_is_silent_and_its_errors_are_caught() -> None:
    measured = measure(Case("responses", 1))
    assert not any(measured.alarms.values())
    contradicted = [outcome for outcome in measured.outcomes if outcome.broken]
    assert len(contradicted) > 5
    assert all(outcome.caught for outcome in contradicted)


def test_the_same_mutants_are_drawn_every_time() -> None:
    case = Case("hazard ratios", 3)
    first, second = ([(mutant.way, mutant.change) for mutant in mutants(case, case.paper())] for _ in range(2))
    assert first == second


def outcome(broken: str = "", caught: str = "", noted: str = "") -> Outcome:
    parts = (frozenset(broken.split(";")) - {""}, True, frozenset(caught.split()), frozenset(noted.split()))
    return Outcome("digit changed", "responses.cr_n", *parts, "responses 1, table2: cr_n")


def test_counts() -> None:
    whole = "total row"
    outcomes = [outcome(whole, "SUM002"), outcome(whole, "SUM002 PCT001"), outcome(whole, "", "PCT007")]
    alarms = {"table2": frozenset({"PCT002"}), "table3": frozenset[str]()}
    counts = summary([Measured(Case("responses", 1), Counter(responses=2), alarms, [*outcomes, outcome()])])
    assert counts["redundant"] == {"altered": 3, "caught": 2, "noted": 1}
    assert counts["redundant_at_all"]["altered"] == 4
    assert counts["clean"] == {"tables": 2, "alarms": 1}
    assert counts["codes"]["SUM002"] == {"kills": 2, "alone": 1, "alarms": 0}
    assert counts["codes"]["PCT002"] == {"kills": 0, "alone": 0, "alarms": 1}
    assert counts["relations"]["total row"]["contradicted_caught"] == 2
    assert counts["escapes"] == ["total row (1): responses 1, table2: cr_n"]


def test_the_published_counts_are_those_that_are_promised() -> None:
    """At least 95 % of the contradicted alterations are caught, and no more than one true table in 100 is doubted."""
    counts = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert 100 * counts["redundant"]["caught"] >= 95 * counts["redundant"]["altered"] > 0
    assert 100 * counts["clean"]["alarms"] <= counts["clean"]["tables"]


def test_the_chapter_names_every_check_and_rounds_no_share_up() -> None:
    text = chapter(all_checks())
    assert all(item.code in text for item in all_checks())
    assert [share_text(999_999, 1_000_000), share_text(0, 0)] == ["99.9", "-"]
