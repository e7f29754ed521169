"""The command `claims` on text files and on files that are no text; numbers in words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.claims.figures.numerals import value_of_words
from extract.commands.cli import main
from schemas import SCHEMAS


def claims(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["claims", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_json_of_a_text_file(tmp_path: Path) -> None:
    file = tmp_path / "abstract.txt"
    file.write_text("Results: The ORR was 12% (95% CI 5–20).\n", encoding="utf-8")
    code, out, _ = claims(str(file), "--json")
    found = json.loads(out)
    assert (code, found["file"], list(found)) == (0, str(file), ["file", "sha256", "claims"])
    [claim] = found["claims"]
    assert set(SCHEMAS["claims"].columns()) == set(claim)
    assert (claim["section"], claim["value"], claim["ci_low"], claim["page"]) == ("abstract", "12", "5", "")


def test_a_text_without_headings_is_read_in_no_section(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("A note\n\nOf 51 women, 12 (23.5%) felt well.\n", encoding="utf-8")
    code, out, _ = claims(str(file), "--json")
    found = [(claim["section"], claim["value"]) for claim in json.loads(out)["claims"]]
    assert (code, found) == (0, [("", "51"), ("", "23.5")])


def test_no_figure_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_text("", encoding="utf-8")
    code, out, error = claims(str(file), "--json")
    assert (code, json.loads(out)["claims"]) == (0, [])
    assert error == f"doubletake: {file}: no figure in running text found\n"


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"\xff\xfe\x00"), ("b.txt", b"ab\x00c"), ("c.pdf", b"no")])
def test_a_file_that_is_no_text_gives_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    code, out, error = claims(str(tmp_path / name))
    assert (code, out, len(error.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-four", 24),
        ("One hundred forty-two", 142),
        ("three thousand and five", 3005),
        ("Ninety", 90),
        ("two", 2),
    ],
)
def test_number_words(words: str, value: int) -> None:
    assert value_of_words(words) == value
