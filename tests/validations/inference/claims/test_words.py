"""When a subject is just what a label says."""

import pytest

from validations.inference.claims.words import all_words, names_label, units

KNOWN = {
    "ICI": "immune checkpoint inhibitor",
    "TKI": "tyrosine kinase inhibitor",
    "LMS": "leiomyosarcoma",
    "AS": "angiosarcoma",
}


@pytest.mark.parametrize(
    ("subject", "label", "harmless", "expected"),
    [
        ("LMS", "Leiomyosarcoma", "", True),
        ("patients with LMS", "LMS", "", True),
        ("LMS of the uterus", "LMS", "", False),
        ("as", "AS", "", False),
        ("ICI plus TKI", "TKI combo", "best response to ICI", True),
        ("ICI plus TKI", "TKI", "", False),
        ("dual ICI", "Dual Checkpoint Inhibitors", "", True),
        ("primary tumour of head and neck", "Head and neck", "Site of primary tumor", True),
        ("the third line or later", "≥ 3 lines", "", True),
        ("second-line treatment", "third line", "treatment", False),
        ("", "LMS", "", False),
    ],
)
def test_subject_and_label(subject: str, label: str, harmless: str, expected: bool) -> None:
    other = all_words(units(harmless, KNOWN))
    assert names_label(units(subject, KNOWN), units(label, KNOWN), other) is expected
