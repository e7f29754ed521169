"""The commands as a user meets them: help, results, one clear line for each error, exit codes."""

import json
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from extract.commands.cli import main

ROOT = Path(__file__).parents[3]
FACSIMILES = ROOT / "raw_pdfs" / "facsimiles"
LI2024 = FACSIMILES / "li2024.pdf"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", [None, *main.commands])
def test_help_shows_an_example_that_begins_with_the_command(name: str | None) -> None:
    result = run(*filter(None, [name]), "--help")
    assert result.exit_code == 0
    example = result.output.partition("Example:\n")[2].strip()
    assert example.startswith(f"doubletake {name or ''}".strip())
    for option in ("--verbose", "--quiet"):
        assert option in result.output


def test_help_imports_nothing_slow() -> None:
    main = "from extract.commands.cli import main; main(['--help'], standalone_mode=False)"
    code = f"import sys; {main}; print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert [name for name in ("pandas", "pandera", "pdfplumber", "great_expectations") if f"'{name}'" in modules] == []


def test_python_m_extract_is_the_same() -> None:
    result = subprocess.run([sys.executable, "-m", "extract", "--help"], check=True, capture_output=True, text=True)
    assert result.stdout.startswith("Usage: doubletake [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "Error: No such command 'frobnicate'. See 'doubletake --help'."),
        (["look", "x.pdf"], "Error: Missing option '--page'. See 'doubletake look --help'."),
        (["tables", "x.pdf", "--pages", "5-3"], "'5-3' is not a page range; expected something like 5 or 3-5"),
        (["extract", "--pdf", "li2024"], "'li2024' is not of the form PAPER=FILE"),
        (["extract", "smith2026"], "no card for smith2026 in"),
        (["validate", "--curated", "nowhere"], "no papers in nowhere"),
        (["explain", "ZZZ999"], "no check has the code ZZZ999"),
        (["tables", "nowhere.pdf"], "doubletake: nowhere.pdf: there is no such file"),
        (["check", "nowhere.csv", "--schema", "responses"], "doubletake: nowhere.csv: "),
    ],
)
def test_a_usage_error_is_one_line_and_exit_code_2(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


def encrypted() -> bytes:
    """A PDF of no pages that asks for a password."""
    key = b"<" + b"41" * 32 + b">"
    parts = [
        b"%PDF-1.4\n",
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
        b"2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n",
        b"3 0 obj <</Filter/Standard/V 1/R 2/P -4/O " + key + b"/U " + key + b">> endobj\n",
    ]
    offsets = [sum(map(len, parts[:number])) for number in range(1, len(parts) + 1)]
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets[:3])
    trailer = b"trailer <</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<41><41>]>>\nstartxref\n%d\n%%%%EOF\n" % offsets[3]
    return b"".join(parts) + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def first_page(pdf: Path, out: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        one = pypdfium2.PdfDocument.new()
        one.import_pages(document, [0])
        one.save(out)


def one_row_short(out: Path) -> None:
    """li2024 typeset without the last adverse event."""
    sources = out.parent / "sources"
    shutil.copytree(FACSIMILES, sources, ignore=shutil.ignore_patterns("*.pdf", "__pycache__"))
    cells = sources / "li2024" / "table4.csv"
    cells.write_text("".join(cells.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    runpy.run_path(str(sources / "typeset.py"))["typeset"]("li2024", out)


BAD: list[tuple[str, Callable[[Path], object], Sequence[str]]] = [
    ("missing", lambda path: None, ["li2024: ", "there is no such file"]),
    ("empty", lambda path: path.write_bytes(b""), ["li2024: ", "the file is empty (0 bytes)"]),
    (
        "picture",
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ["li2024: ", "not a PDF", "%PDF- was"],
    ),
    ("encrypted", lambda path: path.write_bytes(encrypted()), ["li2024: ", "encrypted", "--password"]),
    (
        "no table",
        lambda path: first_page(LI2024, path),
        ["li2024 exhibits.table4 (bad.pdf): expected a table under 'Table 4', found no table"],
    ),
    (
        "another paper",
        lambda path: shutil.copy(FACSIMILES / "cao2025.pdf", path),
        ["li2024 exhibits.table4 (bad.pdf): expected a table under 'Table 4', found Table 1 (pages "],
    ),
    (
        "short",
        one_row_short,
        ["li2024 exhibits.table4 (Table 4, bad.pdf page 4): read 18 rows, the card says 19: see 'doubletake look "],
    ),
]


@pytest.mark.parametrize(("make", "expected"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_pdf_leaves_the_old_files_and_the_others_finish(
    make: Callable[[Path], object], expected: Sequence[str], tmp_path: Path
) -> None:
    old = tmp_path / "out" / "li2024" / "table4.csv"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    make(tmp_path / "bad.pdf")
    given = (f"li2024={tmp_path / 'bad.pdf'}", f"kokkali2025={FACSIMILES / 'kokkali2025.pdf'}")
    result = run("extract", "li2024", "kokkali2025", "--out", old.parent.parent, *(f"--pdf={pair}" for pair in given))
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("doubletake: ")]
    assert any(all(part in line for part in expected) for line in errors), errors
    assert [path.name for path in old.parent.iterdir()] == ["table4.csv"]
    assert old.read_text() == "old"
    assert (old.parent.parent / "kokkali2025" / "datapackage.json").is_file()
    assert "Traceback" not in result.stderr


def test_partial_publishes_the_exhibits_that_can_be_read_and_says_which_is_missing(tmp_path: Path) -> None:
    one_row_short(tmp_path / "short.pdf")
    out = tmp_path / "curated"
    shutil.copytree(ROOT / "curated" / "li2024", out / "li2024")
    arguments = ("extract", "li2024", "--pdf", f"li2024={tmp_path / 'short.pdf'}", "--out", out)
    assert "table4.csv" in [path.name for path in (out / "li2024").iterdir()]
    result = run(*arguments, "--partial")
    assert result.exit_code == 1
    error, status = result.stderr.splitlines()
    assert "read 18 rows, the card says 19: see 'doubletake look " in error
    assert status.startswith(f"li2024: 3 exhibits from {tmp_path / 'short.pdf'}, without 1 that could not be read; ch")
    assert not (out / "li2024" / "table4.csv").exists()
    package = json.loads((out / "li2024" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["missing"] == [
        {
            "name": "table4",
            "title": "Table 4",
            "schema": "adverse_events",
            "why": "read 18 rows, the card says 19",
        }
    ]
    checked = run("validate", "li2024", "--curated", out)
    assert checked.exit_code == 1
    assert "RDR020 reading: li2024/table4: not read: read 18 rows, the card says 19\n" in checked.stdout
    assert "VER001" not in checked.stdout
    assert "release gate passed" in checked.stderr


def test_partial_publishes_nothing_where_nothing_can_be_read(tmp_path: Path) -> None:
    given = f"li2024={FACSIMILES / 'kokkali2025.pdf'}"
    result = run("extract", "li2024", "--pdf", given, "--out", tmp_path / "out", "--partial")
    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert result.stderr.count("doubletake: li2024 exhibits.table") == 4


def test_a_paper_without_any_pdf_names_the_places_that_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("extract", "li2024")
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "li2024: no PDF: expected raw_pdfs/li2024.pdf or raw_pdfs/facsimiles/li2024.pdf" in result.stderr


def test_the_publishers_pdf_is_taken_before_the_facsimile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw_pdfs").mkdir()
    shutil.copy(LI2024, tmp_path / "raw_pdfs" / "li2024.pdf")
    result = run("extract", "li2024")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("li2024: 4 exhibits from raw_pdfs/li2024.pdf; changed: table1.csv, ")
    assert run("extract", "li2024").stderr == "li2024: 4 exhibits from raw_pdfs/li2024.pdf; changed: nothing\n"
    assert run("extract", "-q", "li2024").stderr == ""


def test_tables_as_json(tmp_path: Path) -> None:
    result = run("tables", LI2024, "--json", "--pages", "2")
    found = json.loads(result.stdout)
    assert (result.exit_code, [table["label"] for table in found["tables"]]) == (0, ["Table 1"])
    assert found["tables"][0]["rows"][1:3] == [["Gender", ""], ["Male", "25 (49.0)"]]


def test_tables_as_csv_and_as_text(tmp_path: Path) -> None:
    assert run("tables", LI2024, "--csv", tmp_path / "csv").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "csv").iterdir()) == [
        f"table_{number}.csv" for number in range(1, 5)
    ]
    assert "12(23.5)" in run("tables", LI2024).stdout


def test_look_draws_the_page(tmp_path: Path) -> None:
    assert run("look", LI2024, "--page", "2", "-o", tmp_path / "page.png").exit_code == 0
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_look_replaces_nothing_but_a_png(tmp_path: Path) -> None:
    for name in ("thesis.pdf", "photo.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff years of work")
        result = run("look", LI2024, "--page", "2", "-o", tmp_path / name)
        message = f"doubletake: {tmp_path / name}: is there and not a PNG; name another file with --output\n"
        assert (result.exit_code, result.stderr) == (2, message)
        assert (tmp_path / name).read_bytes() == b"\xff\xd8\xff years of work"


def test_csvs_are_not_written_beside_files_of_others_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "trial.txt").write_text("Of 51 patients, 24 (47.1%) were male.", encoding="utf-8")
    arguments = ("claims", tmp_path / "trial.txt", "--csv", tmp_path)
    result = run(*arguments)
    message = f"doubletake: {tmp_path}: has files that are not ours; use another --csv, or --force\n"
    assert (result.exit_code, result.stderr) == (2, message)
    assert [path.name for path in tmp_path.iterdir()] == ["trial.txt"]
    assert run(*arguments, "--force").exit_code == 0
    assert (tmp_path / "claims.csv").read_text(encoding="utf-8").startswith("row,section,text,")


def test_a_paper_is_not_published_over_csvs_typed_by_hand_unless_forced(tmp_path: Path) -> None:
    typed = tmp_path / "li2024" / "table4.csv"
    typed.parent.mkdir()
    typed.write_text("typed by hand")
    arguments = ("extract", "li2024", "--pdf", f"li2024={LI2024}", "--out", tmp_path)
    result = run(*arguments)
    message = f"doubletake: li2024: {typed.parent}: has files that are not ours; use another --out, or --force\n"
    assert (result.exit_code, result.stderr) == (1, message)
    assert [path.read_text() for path in typed.parent.iterdir()] == ["typed by hand"]
    assert run(*arguments, "--force").exit_code == 0
    assert typed.read_text(encoding="utf-8").startswith("row,grade,event,")


def test_a_pdf_without_tables_is_an_empty_list(tmp_path: Path) -> None:
    first_page(LI2024, tmp_path / "one.pdf")
    result = run("tables", tmp_path / "one.pdf", "--json")
    assert (result.exit_code, json.loads(result.stdout)["tables"]) == (0, [])
    assert result.stderr == f"doubletake: {tmp_path / 'one.pdf'}: no table found\n"


def test_a_drafted_card_names_its_json_schema_and_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "card.schema.json").write_text("{}")
    assert run("new", "smith2026", LI2024, "--cards", tmp_path).exit_code == 0
    assert (tmp_path / "smith2026.toml").read_text(encoding="utf-8").startswith("#:schema card.schema.json\n# A draft")
    again = run("new", "smith2026", LI2024, "--cards", tmp_path)
    assert again.exit_code == 2
    assert "smith2026.toml already exists; remove it or choose another name" in again.stderr
    read = run("extract", "--cards", tmp_path, "--pdf", f"smith2026={LI2024}", "--out", tmp_path / "out")
    assert read.exit_code == 0
    assert read.stderr.startswith("smith2026: 4 exhibits")


def test_no_card_is_drafted_for_a_pdf_without_tables(tmp_path: Path) -> None:
    first_page(LI2024, tmp_path / "one.pdf")
    result = run("new", "smith2026", tmp_path / "one.pdf", "--cards", tmp_path)
    assert (result.exit_code, list(tmp_path.glob("*.toml"))) == (2, [])
    assert "one.pdf: found no table and no forest plot, so there is nothing to draft" in result.stderr


def test_validate_fails_while_a_finding_waits(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "curated", tmp_path / "curated")
    result = run("validate", "li2024", "--curated", tmp_path / "curated", "--verdicts", tmp_path)
    assert result.exit_code == 1
    assert "DUP001 impossible: li2024/table4 row 16" in result.stdout
    assert re.search(r"^doubletake: \d+ findings need a ruling: correct the reading", result.stderr)
    assert re.search(r"doubletake: li2024/table1.csv: percent is not n out of 51 in row 3, label <", result.stderr)
    assert re.search(r"\ndoubletake: release gate failed: \d+ of \d+ expectations", result.stderr)
    assert {"findings.csv", "checks.csv"} <= {path.name for path in (tmp_path / "curated" / "li2024").iterdir()}


def test_check_reads_a_table_that_someone_typed(tmp_path: Path) -> None:
    typed = ROOT / "tests" / "typed_by_hand" / "li2024" / "table4.csv"
    result = run("check", typed, "--schema", "adverse_events", "--param", "n_total=51", "--json")
    assert result.exit_code == 1
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["DUP001"]


def test_notes_on_a_typed_table_are_printed_unless_q_is_given(tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_text("Event;grade;n\nFatigue;any;20\nFatigue;3-4;2\n", encoding="utf-8")
    result = run("check", path, "--schema", "adverse_events")
    assert result.exit_code == 0
    assert [line.removeprefix(f"{path}: ").split()[0] for line in result.stderr.splitlines()] == ["read", "read", "no"]
    assert "numbered 2 records as 1 printed row" in result.stderr
    assert len(json.loads(run("check", path, "--schema", "adverse_events", "--json").stdout)["notes"]) == 3
    assert run("-q", "check", path, "--schema", "adverse_events").output == ""


def test_explain_lists_all_or_explains_a_check_or_a_schema() -> None:
    assert "\nDUP001" in run("explain").stdout
    assert "Fires on" in run("explain", "pct001").stdout
    assert "event,grade,n,percent\n" in run("explain", "adverse_events").stdout
    assert "explain SCHEMA" in " ".join(run("check", "--help").stdout.split())


def test_an_internal_error_is_one_line_and_a_traceback_with_v(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("extract.commands.jobs.read_safely", broken)
    assert run("tables", LI2024).stderr == "doubletake: KeyError: 'oops' (internal error; use -v for the traceback)\n"
    assert "Traceback" in run("tables", LI2024, "-v").stderr
    assert "Traceback" in run("-v", "tables", LI2024).stderr


def test_every_command_is_of_the_common_kind() -> None:
    assert {type(command).__name__ for command in main.commands.values()} == {"Command"}
    assert all(isinstance(command, click.Command) and command.help for command in main.commands.values())


def test_signs_that_nobody_sees_are_written_out_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_text("event,grade,n,percent\nRash,an\x1b[31my\u202e,24,45.1\n", encoding="utf-8")
    arguments = ("check", path, "--schema", "adverse_events", "--param", "n_total=51")
    shown = run(*arguments)
    assert "an[U+001B][31my[U+202E]" in shown.stdout
    assert not set(shown.output) & {"\x1b", "\u202e"}
    [finding] = json.loads(run(*arguments, "--json").stdout)["findings"]
    assert "\u202e" in "".join(map(str, finding.values()))
