"""The words for the families of checks."""

from validations.manual.families import FAMILIES, family_words
from validations.registry import all_checks


def test_every_family_has_its_words_and_they_fit_a_column() -> None:
    assert {check.family for check in all_checks()} == set(FAMILIES)
    assert all(len(words) <= 30 for words in FAMILIES.values())
    assert family_words("NEW") == ""
