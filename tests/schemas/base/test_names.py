"""Names of papers and exhibits: each is a file or folder of its own, and leads nowhere else."""

import pytest

from schemas.base.names import MOST_NAME_LETTERS, RESERVED_NAMES, name_fault


@pytest.mark.parametrize("name", ["table1", "li2024", "fig5_a", "etable1", "table_p4_1", "x", "a" * MOST_NAME_LETTERS])
def test_a_name_is_small_letters_digits_and_underscores(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../../x", "/etc/x", "a/b", "a\\b", "a.b", ".hidden", "-x", "_x", "1a", "C:x", "a b"),
        *("Table1", "täble", "table\N{ARABIC-INDIC DIGIT ONE}", "table1\n", "\N{RIGHT-TO-LEFT OVERRIDE}a", "a\0"),
    ],
)
def test_all_else_is_refused_in_one_line(name: str) -> None:
    fault = name_fault(name)
    assert "is not a name; expected a small letter" in fault
    assert fault.isprintable()


def test_reserved_and_endless_names_are_refused() -> None:
    assert all("is reserved" in name_fault(name) for name in RESERVED_NAMES)
    assert name_fault("a" * 101).endswith("has 101 letters; a name has at most 100")
    assert len(name_fault("/" * 100_000)) < 200
