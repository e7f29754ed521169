"""The ways of erring: what they make of hard numbers, and what all alterations have in common."""

from random import Random

import pytest

from schemas.base.printed import is_printed
from tests.mutants.cases import MAKERS, Case
from tests.mutants.erring import (
    MISSPELT,
    ROW_TWICE,
    Mutant,
    alterations,
    misspellings,
    printed_twice,
    rows_twice,
    shows_the_same,
)
from tests.mutants.printing import table_of
from tests.mutants.ways import WAYS, adjacent_copied, denominators_mixed, exchanged, misspelt
from validations.inputs.curated import table_from_frame
from validations.tables import Paper, Table

SEEDS = range(30)


def one_number(text: str) -> Table:
    return table_of("fig1", "forest", [{"kind": "study", "label": "A", "estimate": text}])


def made(way: str, text: str) -> set[str]:
    """All that a way makes of a number over many seeds."""
    table = one_number(text)
    changes = [WAYS[way](table, 0, "estimate", Random(seed)) for seed in SEEDS]
    return {text for change in changes for text in change.values()}


def test_a_changed_digit_is_another_digit_and_no_leading_zero() -> None:
    assert made("digit changed", "45") <= {f"{first}5" for first in "12356789"} | {f"4{last}" for last in "012346789"}
    assert all(text.startswith("<") for text in made("digit changed", "<0.001"))


@pytest.mark.parametrize(
    ("text", "swapped"),
    [("45.1", {"54.1", "41.5"}), ("10", set()), ("10.2", {"12.0"}), ("0.07", {"0.70"}), ("11", set()), ("7", set())],
)
def test_swapped_digits(text: str, swapped: set[str]) -> None:
    assert made("two digits swapped", text) == swapped


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("45.1", {"4.51", "451"}),
        ("0.07", {"0.007", "0.7"}),
        ("-0.5", {"-0.05", "-5"}),
        ("5.00", {"0.500", "50.0"}),
        ("<0.001", {"<0.0001", "<0.01"}),
        ("12", set()),
    ],
)
def test_moved_points(text: str, moved: set[str]) -> None:
    assert made("decimal point moved", text) == moved


@pytest.mark.parametrize(("text", "bare"), [("-0.3", {"0.3"}), ("<0.001", {"0.001"}), ("0.3", set())])
def test_lost_signs(text: str, bare: set[str]) -> None:
    assert made("sign lost", text) == bare


def cohort() -> Table:
    rows = [("Male", "24", "47.1"), ("Female", "27", "52.9")]
    records = [{"section": "Sex", "label": label, "statistic": "count", "n": n, "percent": p} for label, n, p in rows]
    return table_of("table1", "characteristics", records, 51)


def test_copied_exchanged_and_mixed() -> None:
    assert adjacent_copied(cohort(), 0, "n", Random(1)) == {(0, "n"): "27"}
    assert exchanged(cohort(), 0, "n", Random(1)) == {(0, "n"): "47", (0, "percent"): "24.0"}
    assert exchanged(cohort(), 0, "percent", Random(1)) == {}
    smaller = table_of(
        "t", "responses", [{"group": "A", "n_total": "43", "n_evaluable": "41", "cr_n": "2", "cr_percent": "4.9"}]
    )
    mixed = {denominators_mixed(smaller, 0, "cr_percent", Random(seed))[0, "cr_percent"] for seed in SEEDS}
    assert mixed == {"4.9", "4.7"}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("45.1", "45.10", True),
        ("45.1", "45", True),
        ("45.1", "45.2", False),
        ("<0.001", "0.001", True),
        ("3", "4", False),
    ],
)
def test_what_can_be_one_number_is_no_alteration(old: str, new: str, same: bool) -> None:
    assert shows_the_same(old, new) is same


def test_a_row_of_two_records_is_printed_twice_whole() -> None:
    rows = [("1", "any", "Fever"), ("1", "3-4", "Fever"), ("2", "any", "Rash")]
    table = table_of(
        "t", "adverse_events", [{"row": row, "grade": grade, "event": event} for row, grade, event in rows]
    )
    frame = printed_twice(table.frame, 1)
    assert list(zip(frame["row"], frame["grade"], strict=True)) == [
        ("1", "any"), ("1", "3-4"), ("2", "any"), ("2", "3-4"), ("3", "any"),
    ]  # fmt: skip


def test_a_misspelling_is_one_slip_away() -> None:
    slips = {misspelt("Fatigue", 3, Random(seed)) for seed in SEEDS}
    assert {"Faigue", "Fatiigue"} & slips or {"Fatgue", "Faitgue"} & slips
    assert all(abs(len(slip) - 7) <= 1 for slip in slips)


@pytest.mark.parametrize("kind", list(MAKERS))
def test_every_mutant_changes_one_place_and_keeps_to_the_schema(kind: str) -> None:
    paper, rng = Case(kind, 1).paper(), Random(1)
    for table in paper.tables.values():
        found = [*alterations(table, rng), *rows_twice(table), *misspellings(table, rng)]
        assert {mutant.way for mutant in found} <= {*WAYS, ROW_TWICE, MISSPELT}
        for mutant in rng.sample(found, min(4, len(found))):
            _test_mutant(mutant, paper)


def _test_mutant(mutant: Mutant, paper: Paper) -> None:
    table, altered = paper.tables[mutant.table], mutant.apply(paper).tables[mutant.table]
    if mutant.twice:
        assert len(altered.frame) > len(table.frame)
        return
    differ = (altered.frame != table.frame).to_numpy().sum()
    assert 1 <= differ <= len(mutant.change)
    assert not table_from_frame(table.name, table.schema, altered.frame).broken
    assert all(is_printed(text) for text in mutant.change.values()) == mutant.is_number
    others = [name for name in paper.tables if name != mutant.table]
    assert all(mutant.apply(paper).tables[name] is paper.tables[name] for name in others)
