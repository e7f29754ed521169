"""A sentence that gives an end point of one arm and, behind "and", of another."""

import pytest

from extract.claims.claim import Paragraph
from extract.claims.statements import claims_in

PFS = "Median progression-free survival was"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            f"{PFS} 7.4 months (95% CI 5.2-9.9) with the drug and 5.1 months with placebo (hazard ratio, 0.72).",
            [("pfs_median", "drug", "7.4"), ("pfs_median", "placebo", "5.1"), ("hazard_ratio", "placebo", "0.72")],
        ),
        (
            f"{PFS} 7.4 months (95% CI 5.2-9.9) with the drug and 5.1 months (95% CI 4.0-6.0) with placebo.",
            [("pfs_median", "drug", "7.4"), ("pfs_median", "placebo", "5.1")],
        ),
        (
            "Pain changed by a mean of -2.1 points (95% CI -3.9 to -0.3) with drug but only -0.4 points in controls.",
            [("mean", "Pain changed", "-2.1"), ("mean", "Pain changed", "-0.4")],
        ),
        (
            "Median overall survival was 14.2 months in long, 12.1 months in short and 9.8 months in no courses.",
            [("os_median", "long", "14.2"), ("os_median", "short", "12.1"), ("os_median", "no courses", "9.8")],
        ),
        ("Visits took place at 12 weeks in both arms and 24 weeks later.", []),
        ("All took it for 12 months in the drug arm and 6 months after that.", []),
    ],
)
def test_each_arm_is_a_claim_of_its_own(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    claims = claims_in(Paragraph("results", sentence))
    assert [(claim.measure, claim.subject, claim.value) for claim in claims] == expected
