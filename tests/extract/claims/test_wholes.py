"""A count with its percentage behind the whole of which it is a part: "Of the 312 patients, 201 (64.4%) were men"."""

import pytest

from extract.claims.claim import Paragraph
from extract.claims.statements import claims_in


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Of the 312 patients enrolled in both units, 201 (64.4%) were men.", ("201", "312", "64.4")),
        ("Of the 4,411 patients on the ward, 2,915 (61.1%) were men.", ("2,915", "4,411", "61.1")),
        ("The trial ended early. Among 120 women randomised, only 45 (37.5%) had pain.", ("45", "120", "37.5")),
        ("Out of a total of 90 children, 45 (50%) had fever.", ("45", "90", "50")),
        ("Of 100 patients enrolled, 90 completed and 45 (50%) had pain.", ("45", "", "50")),
        ("Of the 312 patients, among the women, 45 (50%) had pain.", ("45", "", "50")),
        ("Of the 312 patients, 45 (50%) of the women had pain.", ("45", "", "50")),
        ("Of the 12 patients, 45 (50%) had pain.", ("45", "", "50")),
        ("We followed 312 patients, 45 (50%) had pain.", ("45", "", "50")),
    ],
)
def test_the_whole_is_the_total_only_where_nothing_else_can_be(sentence: str, expected: tuple[str, str, str]) -> None:
    percents = [claim for claim in claims_in(Paragraph("results", sentence)) if claim.measure == "percent"]
    assert [(claim.n, claim.total, claim.value) for claim in percents] == [expected]


def test_only_the_first_part_takes_the_whole() -> None:
    sentence = "Of the 200 patients, 120 (60%) were men and 30 (25%) had pain."
    percents = [claim for claim in claims_in(Paragraph("results", sentence)) if claim.measure == "percent"]
    assert [claim.total for claim in percents] == ["200", ""]
