"""What a reading may take: a PDF over it is refused before anything is read."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from extract.errors import UnreadableError
from extract.pdf.limits import Limits
from extract.pdf.opening import refuse_over_limits

LI2024 = Path(__file__).parents[3] / "raw_pdfs" / "facsimiles" / "li2024.pdf"  # 4 pages, 0.1 MB


def test_pages_and_size_within_the_limits() -> None:
    refuse_over_limits(LI2024, None, Limits(pages=4, megabytes=1))


def test_too_many_pages() -> None:
    with pytest.raises(UnreadableError) as refused:
        refuse_over_limits(LI2024, None, Limits(pages=3))
    message = "the PDF has 4 pages, more than 3; raise --max-pages to read it anyway"
    assert str(refused.value) == f"{LI2024}: {message}"


def test_too_large_a_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(3 << 20)
    with pytest.raises(UnreadableError) as refused:
        refuse_over_limits(path, None, Limits(megabytes=2))
    message = "the file has 3.0 MB, more than 2 MB; raise --max-mb to read it anyway"
    assert str(refused.value) == f"{path}: {message}"


HELD = """
from extract.pdf.limits import hold_memory
before = bytes(300 << 20)
hold_memory(64)
print(len(bytes(32 << 20)) >> 20)
try:
    bytes(128 << 20)
except MemoryError:
    print("no more")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space of a process")
def test_memory_is_counted_from_what_the_process_has() -> None:
    output = subprocess.run([sys.executable, "-c", HELD], check=True, capture_output=True, text=True).stdout
    assert output.splitlines() == ["32", "no more"]


COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "tables": lambda _: ["tables", str(LI2024)],
    "look": lambda folder: ["look", str(LI2024), "--page", "1", "-o", str(folder / "page.png")],
    "extract": lambda folder: ["extract", "li2024", "--pdf", f"li2024={LI2024}", "--out", str(folder)],
    "new": lambda folder: ["new", "smith2026", str(LI2024), "--cards", str(folder)],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("option", "message"),
    [("--max-pages=3", "4 pages, more than 3; raise --max-pages"), ("--timeout=1", "longer than 1 s of CPU time")],
)
def test_every_command_that_opens_pdfs_has_limits(
    command: str, option: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.pdf.worker.cpu_seconds", lambda leader: 3600.0 * (option == "--timeout=1"))
    result = CliRunner().invoke(main, [*COMMANDS[command](tmp_path), option])
    assert (result.exit_code, result.stdout) == (1 if command == "extract" else 2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_limits_below_one_are_no_limits() -> None:
    result = CliRunner().invoke(main, ["tables", str(LI2024), "--max-memory", "0"])
    assert result.exit_code == 2
    assert "Invalid value for '--max-memory': 0 is not in the range 1<=x<=10000000" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the address space of a process")
def test_text_of_pandas_takes_no_address_space_from_the_limit() -> None:
    code = (
        "import extract, pandas as pd\n"
        "from extract.pdf.limits import MB, _address_space\n"
        "before = _address_space()\n"
        "pd.Series(['a'] * 1000, dtype='str').str.upper()\n"
        "print(_address_space() - before < 100 * MB)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "True\n"
