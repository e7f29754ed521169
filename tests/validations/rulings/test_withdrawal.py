"""Rulings taken out of the file of a paper, in which nothing else changes."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validations.registry import Finding
from validations.report.view import ruling_command
from validations.rulings.matching import read_rulings, withdrawal_command
from validations.rulings.withdrawal import text_without, withdraw
from validations.rulings.writing import RulingError, RulingPlace

HEAD = "# Rulings on an invented paper.\n"
PATH = Path("paper.toml")


def entry(row: str, printed: str = "", why: str = '"so"', above: str = "") -> str:
    said = f'verdict = "explained"\nwhy = {why}\nby = "Bob"\non = 2025-01-01\n'
    return f'{above}[[verdict]]\ncode = "PCT001"\nexhibit = "table1"\nrow = "{row}"\nprinted = "{printed}"\n{said}'


def test_comments_on_other_entries_stay_and_those_on_the_entry_go() -> None:
    first, second = entry("1", above="# on the first\n"), entry("2", above="# on the second\n")
    text = f"{HEAD}\n{first}\n{second}\n# the end\n"
    assert text_without(PATH, text, [1]) == f"{HEAD}\n{first}\n# the end\n"
    assert text_without(PATH, text, [0]) == f"{HEAD}\n{second}\n# the end\n"
    assert text_without(PATH, text, [0, 1]) == f"{HEAD}\n# the end\n"
    assert text_without(PATH, entry("1", above=HEAD), [0]) == HEAD
    assert text_without(PATH, entry("1"), [0]) == ""


LONG = '"""\n# no comment\n\n[[verdict]]\n"""'


def test_an_entry_that_its_lines_do_not_show_is_left_to_a_person() -> None:
    with pytest.raises(RulingError, match="remove the ruling by hand"):
        text_without(PATH, entry("1", why=LONG), [0])


@given(
    st.lists(
        st.sampled_from([entry("1"), entry("2", above="# on it\n"), entry("3", why='"""a\n\n# b"""')]), min_size=1
    ),
    st.sampled_from(["", "\n", "\n\n# between\n\n"]),
    st.data(),
)
def test_the_other_rulings_stay_as_they_are(entries: list[str], gap: str, data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.sampled_from(range(len(entries)))))
    left = text_without(PATH, gap.join(entries), sorted(numbers))
    expected = [tomllib.loads(text)["verdict"][0] for number, text in enumerate(entries) if number not in numbers]
    assert tomllib.loads(left).get("verdict", []) == expected
    assert left.count("# between") == (len(entries) - 1 if "between" in gap else 0)


def test_which_is_meant_must_be_said_and_the_line_says_it(tmp_path: Path) -> None:
    path = tmp_path / "paper.toml"
    path.write_text("\n".join([entry("1", "n=24"), entry("1", "n=25"), entry("2")]), encoding="utf-8")
    with pytest.raises(RulingError, match="2 rulings on PCT001 at table1 row 1: choose one with --printed"):
        withdraw(path, RulingPlace("PCT001", "table1", "1"))
    with pytest.raises(RulingError, match="there is no ruling on PCT001 at table1 row 9; there is PCT001 at table1"):
        withdraw(path, RulingPlace("PCT001", "table1", "9"))
    lines = [withdrawal_command("li2024", ruling, read_rulings(path)) for ruling in read_rulings(path)]
    assert lines[0] == "doubletake verdict li2024 PCT001 --exhibit table1 --row 1 --printed n=24 --withdraw"
    assert lines[2] == "doubletake verdict li2024 PCT001 --exhibit table1 --row 2 --withdraw"
    assert withdraw(path, RulingPlace("PCT001", "table1", "1", printed="n=24"))["printed"] == "n=24"
    assert [ruling["printed"] for ruling in read_rulings(path)] == ["n=25", ""]


def test_the_report_shows_the_line_for_a_stale_ruling() -> None:
    stale = Finding("VER001", "", "reading", "table1", "4", "n", "", "code=PCT001", "", "")
    line = "doubletake verdict li2024 PCT001 --exhibit table1 --row 4 --column n --curated there --withdraw"
    assert ruling_command("li2024", stale, (stale,), ("--curated", "there")) == line
    assert ruling_command("li2024", replace(stale, code="VER002"), (stale,)) == ""
