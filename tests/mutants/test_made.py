"""The papers that are made up: the same from the same seed, with the relations that they should have."""

import pytest

from tests.mutants.cases import MAKERS, Case, all_cases
from tests.mutants.printing import Press
from tests.mutants.redundancy import relations_of

EXPECTED = {
    "characteristics": {"count and percentage", "categories and N"},
    "adverse events": {"count and percentage"},
    "responses": {"count and percentage", "responses", "total row", "count and list"},
    "hazard ratios": {"ratio and interval", "P and interval"},
    "plots of proportions": {
        "events / total",
        "exact interval",
        "weight of a study",
        "weights of a group",
        "pooled line",
    },
    "plots of two arms": {"odds ratio of arms", "weight of a study", "sums of a plot", "pooled line", "heterogeneity"},
    "plots of ratios": {"ratio and interval", "weights of a group"},
    "reviews": {"subtypes and total", "rate in table and plot", "study in two plots", "heterogeneity"},
}


@pytest.mark.parametrize("kind", list(MAKERS))
def test_a_case_is_always_made_alike(kind: str) -> None:
    first, second, other = Case(kind, 1).paper(), Case(kind, 1).paper(), Case(kind, 2).paper()
    for name, table in first.tables.items():
        assert table.frame.equals(second.tables[name].frame)
    assert any(not table.frame.equals(other.tables[name].frame) for name, table in first.tables.items())


@pytest.mark.parametrize("kind", list(MAKERS))
def test_made_papers_have_the_relations_of_their_kind(kind: str) -> None:
    found = {relation.kind for number in range(1, 4) for relation in relations_of(Case(kind, number).paper())}
    assert found >= EXPECTED[kind]


def test_every_study_of_a_made_plot_has_all_its_relations() -> None:
    paper = Case("plots of proportions", 1).paper()
    studies = paper.tables["fig2"].column("kind").count("study")
    kinds = [relation.kind for relation in relations_of(paper)]
    assert kinds.count("events / total") == kinds.count("weight of a study") == studies
    assert kinds.count("exact interval") == 2 * studies


def test_cases_are_chosen_by_name_and_share() -> None:
    assert {case.kind for case in all_cases("plots", 0.1)} == {kind for kind in MAKERS if "plots" in kind}
    assert len(all_cases("plots of ratios", 0)) == 1
    assert not Case("li2024").is_made
    assert Case("li2024") in all_cases()


def test_halves_are_printed_by_the_rule() -> None:
    assert [Press(1, rule).percent(1, 16) for rule in ("ROUND_HALF_UP", "ROUND_HALF_EVEN")] == ["6.3", "6.2"]
    assert [Press(2)(-0.001), Press(1).p(0.0004), Press(1).p(0.0314)] == ["0.00", "<0.001", "0.031"]
