"""Files, options and environments as no user means them: one clear line that names the file, and exit code 2; nothing
waits for a pipe, and nothing is made of endless numbers."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.commands.cli import main

ROOT = Path(__file__).parents[3]
LI2024 = ROOT / "raw_pdfs" / "facsimiles" / "li2024.pdf"
DIGITS = "9" * 5000
EVENTS = "event,grade,n\nRash,any,3\n"
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, [str(argument) for argument in arguments])


def refusal(result: Result) -> str:
    """The one line of a command that refuses its input."""
    assert result.exit_code == 2, result.output
    assert result.stdout == "" and "internal error" not in result.stderr and "None" not in result.stderr
    (line,) = result.stderr.splitlines()
    return line


def check(path: Path, *more: object) -> tuple[object, ...]:
    return ("check", path, "--schema", "adverse_events", *more)


COMMANDS: dict[str, tuple[str, Callable[[Path], tuple[object, ...]]]] = {
    "tables": (".pdf", lambda path: ("tables", path)),
    "forest": (".pdf", lambda path: ("forest", path)),
    "a picture": (".png", lambda path: ("forest", path)),
    "claims": (".pdf", lambda path: ("claims", path)),
    "text": (".txt", lambda path: ("claims", path)),
    "check": (".pdf", lambda path: ("check", path)),
    "a CSV": (".csv", check),
    "rulings": (".toml", lambda path: ("validate", "li2024", "--curated", ROOT / "curated", "--verdicts", path)),
    "look": (".pdf", lambda path: ("look", path, "--page", "1", "-o", "page.png")),
    "new": (".pdf", lambda path: ("new", "smith2026", path, "--cards", path.parent)),
}
EACH = pytest.mark.parametrize("name", COMMANDS)


@needs_pipes
@EACH
def test_a_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    suffix, arguments = COMMANDS[name]
    os.mkfifo(tmp_path / f"smith{suffix}")
    line = refusal(run(*arguments(tmp_path / f"smith{suffix}")))
    assert f"smith{suffix}: expected a" in line and line.endswith("found a named pipe")


@EACH
def test_a_device_is_not_read(name: str, tmp_path: Path) -> None:
    suffix, arguments = COMMANDS[name]
    path = tmp_path / f"smith{suffix}"
    path.symlink_to("/dev/zero")
    assert refusal(run(*arguments(path))).endswith("found a device")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("check", "rulings")])
def test_a_folder_is_not_read(name: str, tmp_path: Path) -> None:
    suffix, arguments = COMMANDS[name]
    (tmp_path / f"smith{suffix}").mkdir()
    line = refusal(run(*arguments(tmp_path / f"smith{suffix}")))
    assert f"smith{suffix}" in line and "a folder" in line


@pytest.mark.parametrize("name", ["tables", "forest", "a picture", "claims", "text", "check", "a CSV"])
def test_a_file_that_is_too_large(name: str, tmp_path: Path) -> None:
    suffix, arguments = COMMANDS[name]
    path = tmp_path / f"smith{suffix}"
    path.write_bytes(
        (b"\x89PNG\r\n\x1a\n" if suffix == ".png" else b"%PDF-1.4 " if suffix == ".pdf" else b"") + b"a" * 3 * 2**20
    )
    line = refusal(run(*arguments(path), "--max-mb", "1"))
    assert line == f"doubletake: {path}: the file has 3.0 MB, more than 1 MB; raise --max-mb to read it anyway"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "expected a line of column names, the file is empty"),
        (b"\xff\xfe\x00", "expected UTF-8, found another encoding"),
        (b"event,grade,n\nRa\0sh,any,3\n", "expected text, found a NUL character"),
        (b"event,event,grade,n\nRash,b,any,3\n", "expected each column once, found event more than once"),
        (b",".join(b"c%d" % i for i in range(100_000)) + b"\n", "expected at most 1000 columns, found 100000"),
        (b"event,grade,n\n" + b"x" * 200_000 + b",any,3\n", "expected CSV, field larger than field limit"),
        (b'event,grade,n\n"Rash,any,3\n', "expected CSV, unexpected end of data"),
    ],
    ids=["empty", "UTF-16", "NUL", "twice", "columns", "field", "quote"],
)
def test_csvs_that_nobody_means(data: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_bytes(data)
    assert f"typed.csv: {expected}" in refusal(run(*check(path)))


@pytest.mark.parametrize("text", ["\ufeff" + EVENTS, EVENTS.replace("\n", "\r\n"), EVENTS.replace("\n", "\r")])
def test_csvs_with_a_byte_order_mark_or_other_ends_of_lines(text: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_bytes(text.encode())
    assert run(*check(path)).exit_code == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--timeout", "99999999999"), "99999999999 is not in the range 1<=x<=10000000"),
        (("--timeout", "0"), "0 is not in the range"),
        (("--timeout", "-1"), "-1 is not in the range"),
        (("--timeout", "nan"), "'nan' is not a valid integer"),
        (("--timeout", "inf"), "'inf' is not a valid integer"),
        (("--timeout", DIGITS), f"'{'9' * 60}…' is not a valid integer"),
        (("--max-memory", DIGITS), "is not a valid integer"),
        (("--pages", DIGITS), f"'{'9' * 60}…' is not a page range"),
        (("--pages", "3-1"), "'3-1' is not a page range"),
        (("--pages", "٣"), "'٣' is not a page range"),
        (("--pages", "-1"), "'-1' is not a page range"),
        (("--pages", "5-999999999"), "no pages 5-999999999; the PDF has pages 1-4"),
    ],
)
def test_options_beyond_their_range(options: tuple[str, ...], expected: str) -> None:
    assert expected in refusal(run("tables", LI2024, *options))


def test_the_greatest_options() -> None:
    most = [part for name in ("--timeout", "--max-wait", "--max-memory", "--max-mb") for part in (name, "10000000")]
    assert run("tables", LI2024, "--pages", "2-999999999", *most).exit_code == 0


@pytest.mark.parametrize("n_total", [DIGITS, "-1", "0", "٥", "5e3", "51 "])
def test_a_cohort_that_is_no_number(n_total: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    path.write_text(EVENTS)
    line = refusal(run(*check(path, "--param", f"n_total={n_total}")))
    assert line.endswith(": expected a whole number of patients") and len(line) < 120


@pytest.mark.parametrize("name", ["smith\udcff.pdf", "smith\n2026.pdf", "smith\x1b[2J.pdf"])
def test_names_that_cannot_be_shown(name: str) -> None:
    line = refusal(run("tables", name))
    assert ascii(name)[1:-1] in line and line.isprintable()


def test_a_reason_that_is_not_utf8() -> None:
    assert "'caf\\udce9' is not UTF-8" in refusal(
        run("verdict", "li2024", "PCT001", "--exhibit", "x", "--why", "caf\udce9")
    )


@pytest.mark.parametrize("columns", ["99999999999", "abc", "-3", "0", "1"])
def test_a_screen_of_any_width(columns: str) -> None:
    result = run("tables", LI2024, "--pages", "2", COLUMNS=columns)
    assert result.exit_code == 0 and len(result.stdout) < 10**6


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_a_terminal_of_any_encoding(encoding: str) -> None:
    command = [sys.executable, "-m", "extract", "tables", LI2024, "--pages", "3"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr("extract.pdf.scratch.tempfile.gettempdir", full)
    assert refusal(run("tables", LI2024)) == "doubletake: No usable temporary directory found in ['/tmp']"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = " + "[" * 9999, "its values are nested too deeply"),
        ("a." * 99 + "b = 1", "its values are nested too deeply"),
        (f"cohort = {DIGITS}", "a number has too many digits"),
        (f"cohort = 0x{'F' * 5000}", "a number has too many digits"),
        ('doi = "\\u0000"', "a text has a character that no text has"),
        ("doi = 1\ndoi = 2", "expected TOML, Cannot overwrite a value"),
        ("a" * (5 << 20), "the file has 5.0 MB, more than 4 MB"),
    ],
    ids=["lists", "tables", "digits", "hexadecimal", "NUL", "twice", "large"],
)
def test_cards_and_rulings_that_nobody_means(text: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "li2024.toml"
    path.write_text(text)
    assert f"{path}: " in (
        line := refusal(run("validate", "li2024", "--curated", ROOT / "curated", "--verdicts", path))
    )
    assert expected in line
    result = run("extract", "li2024", "--cards", tmp_path, "--out", tmp_path / "curated")
    assert result.exit_code == 1
    (said,) = result.stderr.splitlines()
    assert f"{path}: " in said and expected in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * 9999, "expected JSON, its values are nested too deeply"),
        (f'{{"resources": {DIGITS}}}', "expected JSON, a number has too many digits"),
        ('{"resources": [], "resources": []}', "expected JSON, the key 'resources' stands twice in one object"),
        ('{"resources": NaN}', "expected JSON, NaN is no number of JSON"),
        ('{"resources": ["a"]}', "resources.0: expected"),
        ('{"resources": [{"path": "a.csv", "exhibit": {"schema": 5}}]}', "resources.0.exhibit.schema: expected"),
        ('{"resources": [{"path": "a.csv", "exhibit": {}}]}', "expected a path and a schema of each exhibit"),
        ('{"resources": [{"path": "\\ud800", "exhibit": {"schema": "sheet"}}]}', "a text has a character that no text"),
        ('{"resources": [{"path": "..", "exhibit": {"schema": "sheet"}}]}', "'..' is not a name"),
    ],
)
def test_data_packages_that_nobody_means(text: str, expected: str, tmp_path: Path) -> None:
    folder = tmp_path / "smith2026"
    folder.mkdir()
    (folder / "a.csv").write_text("row,cell\n")
    (folder / "datapackage.json").write_text(text)
    line = refusal(run("validate", "smith2026", "--curated", tmp_path))
    assert expected in line and str(folder) in line


def test_a_damaged_cache_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.page.ocr.cache import cached_reading

    for damage in (b"", b"[" * 9999, b'{"value": 1}', b"\xff", b"5", DIGITS.encode(), b'{"sha256": [], "value": {}}'):
        cached_reading(b"picture", "1", lambda: ["24"], tmp_path)
        (entry,) = tmp_path.rglob("*.json")
        entry.write_bytes(damage)
        assert cached_reading(b"picture", "1", lambda: ["24"], tmp_path) == ["24"]
        entry.unlink()


@needs_pipes
def test_a_pipe_in_the_cache_is_not_waited_for(tmp_path: Path) -> None:
    from extract.page.ocr.cache import cached_reading

    cached_reading(b"picture", "1", lambda: ["24"], tmp_path)
    (entry,) = tmp_path.rglob("*.json")
    entry.unlink()
    os.mkfifo(entry)
    assert cached_reading(b"picture", "1", lambda: ["24"], tmp_path) == ["24"]
