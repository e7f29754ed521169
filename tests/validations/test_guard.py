"""A check that fails costs its own answer: it is counted as not checkable, and one finding names the fault."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from schemas import SCHEMAS
from schemas.base.faults import fault_name
from schemas.base.printed import Printed, parse_printed
from validations.registry import Answers, Check, Docket, Fault, all_checks
from validations.run import validate_paper
from validations.runner import run_checks, run_docket
from validations.tables import Paper, Table

LI2024 = Path(__file__).parents[2] / "curated" / "li2024"
VERDICTS = Path(__file__).parents[2] / "validations" / "verdicts"
ROWS = [
    {"row": "1", "label": "Male", "statistic": "count", "n": "24", "percent": "47.1"},
    {"row": "2", "label": "Female", "statistic": "count", "n": "27", "percent": "52.9"},
    {"row": "3", "label": "Alive", "statistic": "count", "n": "24", "percent": "47.1"},
    {"row": "4", "label": "Dead", "statistic": "count", "n": "27", "percent": "99.9"},
]
FAILED = next(check for check in all_checks() if check.code == "RDR024")
pytestmark = pytest.mark.usefixtures("guarded")


def table(name: str = "table1") -> Table:
    columns = SCHEMAS["characteristics"].columns()
    return Table(name, "characteristics", pd.DataFrame(ROWS, columns=columns, dtype=str).fillna(""), 51)


def broken_row(n: Printed, percent: Printed) -> str | None:
    if n.count == 24:
        raise OverflowError("int too large to convert to float")
    return "half" if percent.text == "99.9" else None


def broken_table(table: Table) -> Answers:
    yield Fault("found before", record=table.records[0], column="n")
    raise ZeroDivisionError


def broken_paper(paper: Paper) -> Answers:
    return iter([paper.tables["table9"]])  # type: ignore[list-item]


def without_record(table: Table) -> Answers:
    yield Fault("somewhere")


def found(function: Callable[..., object]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The findings and the lines of checks.csv of a check, beside one that is sound."""
    pct001 = next(check for check in all_checks() if check.code == "PCT001")
    checks = [Check("XXX001", "impossible", function), pct001, FAILED]
    findings, tallies = run_checks(checks, Paper({"table1": table(), "table2": table("table2")}))
    return (
        [(item.code, item.exhibit, item.row, item.printed, item.also) for item in findings],
        [(t.code, t.exhibit, str(t.checked), str(t.fired), t.why_not) for t in tallies],
    )


def test_a_check_of_rows_judges_the_other_rows() -> None:
    findings, tallies = found(broken_row)
    fault = "internal error: OverflowError in judge (validations/runner.py)"
    assert tallies[-2:] == [
        ("XXX001", "table1", "2", "1", f"{fault} (2)"),
        ("XXX001", "table2", "2", "1", f"{fault} (2)"),
    ]
    printed = "fault=OverflowError in judge (validations/runner.py)"
    assert ("RDR024", "table1", "1", printed, "table1:3") in findings
    assert ("XXX001", "table1", "4", "n=27; percent=99.9", "") in findings
    assert [item[:3] for item in findings if item[0] == "PCT001"] == [
        ("PCT001", name, "4") for name in ("table1", "table2")
    ]


@pytest.mark.parametrize("function", [broken_table, broken_paper, without_record])
def test_the_other_checks_go_on(function: Callable[..., object]) -> None:
    findings, tallies = found(function)
    assert [code for code, *_ in findings].count("PCT001") == 2
    assert {code for code, *_ in findings} >= {"RDR024", "PCT001"}
    assert any("internal error" in why for code, _, _, _, why in tallies if code == "XXX001")


def test_what_a_check_found_before_it_failed_stays() -> None:
    findings, _ = found(broken_table)
    assert [item[:3] for item in findings if item[0] == "XXX001"] == [
        ("XXX001", name, "1") for name in ("table1", "table2")
    ]


def test_several_checks_that_fail_by_one_fault_are_one_finding() -> None:
    checks = [Check(f"XXX00{number}", "impossible", broken_table) for number in (1, 2, 3)]
    findings, _ = run_checks([*checks, FAILED], Paper({"table1": table()}))
    (failed,) = [item for item in findings if item.code == "RDR024"]
    assert failed.message.startswith("XXX001, XXX002, XXX003 could not be evaluated: ZeroDivisionError in ")
    assert failed.severity == "reading" and failed.waits


def broken_docket(docket: Docket) -> Answers:
    raise KeyError("part")


def test_a_check_of_rulings_that_fails() -> None:
    checks = [Check("XXX001", "reading", broken_docket), FAILED]
    (failed,) = run_docket(checks, Docket((), ({"code": "PCT001"},)))
    assert (failed.code, failed.exhibit) == ("RDR024", "")
    assert run_docket(checks, Docket((), ())) == []


def test_a_paper_is_checked_and_its_rulings_stay_while_a_check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    whole = validate_paper(LI2024, VERDICTS)
    monkeypatch.setattr("validations.checks.percentages.denominators.judged_table", fail)
    outcome = validate_paper(LI2024, VERDICTS)
    codes = {item.code for item in outcome.findings}
    assert codes - {item.code for item in whole.findings} == {"RDR024"}
    assert "VER001" not in codes  # the findings of the failed check may come back


def test_the_log_has_one_line_and_the_traceback(caplog: pytest.LogCaptureFixture) -> None:
    found(broken_table)
    assert [record.getMessage().partition(" could not")[0] for record in caplog.records] == [
        "table1: XXX001",
        "table2: XXX001",
    ]
    assert all(record.exc_info and record.levelno == logging.WARNING for record in caplog.records)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("std::bad_alloc"), KeyboardInterrupt()])
def test_a_lack_of_memory_and_an_interrupt_end_the_run(error: BaseException) -> None:
    def fail(table: Table) -> Answers:
        raise error

    with pytest.raises(type(error)):
        run_checks([Check("XXX001", "impossible", fail), FAILED], Paper({"table1": table()}))


def test_tests_see_every_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUBLETAKE_RAISE_FAULTS", "1")
    for function in (broken_row, broken_table, broken_paper):
        with pytest.raises((OverflowError, ZeroDivisionError, KeyError)):
            found(function)


def test_the_place_of_a_fault_is_in_our_code() -> None:
    with pytest.raises(ValueError) as raised:
        parse_printed("many")
    assert fault_name(raised.value) == "ValueError in parse_printed (schemas/base/printed.py)"
    assert fault_name(ValueError()) == "ValueError"


@pytest.mark.parametrize("option", ["-q", "-v"])
def test_the_command_prints_one_line_and_the_traceback_with_v(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("validations.checks.percentages.judgements.weighted_columns", fail)
    typed = LI2024.parents[1] / "tests" / "typed_by_hand" / "li2024" / "table4.csv"
    result = CliRunner().invoke(main, ["check", str(typed), "--schema", "adverse_events", "--json", option])
    assert result.exit_code == 1
    codes = [finding["code"] for finding in json.loads(result.stdout)["findings"]]
    assert set(codes) == {"RDR024", "DUP001"} and codes.count("RDR024") == 1
    first, *others = [line for line in result.stderr.splitlines() if "numbered" not in line]
    assert first.startswith("doubletake: table4: PCT001, ") and first.endswith(": too deep")
    assert ("Traceback" in result.stderr) == bool(others) == (option == "-v")
