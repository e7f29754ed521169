"""A test statistic with its degrees of freedom and P value is one claim; P right behind two values compares them."""

import pytest

from extract.claims.claim import Claim, Paragraph
from extract.claims.statements import claims_in


def read(sentence: str) -> list[Claim]:
    return list(claims_in(Paragraph("results", sentence)))


def with_way(sentence: str) -> list[tuple[str, str, str]]:
    return [(claim.value, claim.p, claim.notes) for claim in read(sentence) if "p:" in claim.notes]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("t(28) = 2.20, p = .036", ("2.20", ".036", "p:t(28)")),
        ("t(27.4) = −2.20; P=0.036", ("-2.20", "0.036", "p:t(27.4)")),
        ("t28 = 2.20, p = .036", ("2.20", ".036", "p:t(28)")),
        ("t = 2.20, df = 28, p = .036", ("2.20", ".036", "p:t(28)")),
        ("t = 2.20 (28 df), p = .036", ("2.20", ".036", "p:t(28)")),
        ("t (df = 28) = 2.20, p = .036", ("2.20", ".036", "p:t(28)")),
        ("t(28) = 2.20, d = .45, p = .036", ("2.20", ".036", "p:t(28)")),
        ("t(28) = 2.20 (p = .036)", ("2.20", ".036", "p:t(28)")),
        ("t(28) = 2.20, one-tailed p = .018", ("2.20", ".018", "p:t(28), one-tailed")),
        ("t(28) = 2.20, Bonferroni-corrected p = .07", ("2.20", ".07", "p:t(28), Bonferroni, corrected")),
        ("F(2, 53) = 16.92, P < 0.001", ("16.92", "<0.001", "p:F(2, 53)")),
        ("F2,22 = 0.55, p = 0.758", ("0.55", "0.758", "p:F(2, 22)")),
        ("F[2/53] = 3.20; p = .05", ("3.20", ".05", "p:F(2, 53)")),
        ("F(1.6, 35.2) = 3.20; p = .06", ("3.20", ".06", "p:F(1.6, 35.2)")),
        ("F(1,36) = 4.78, MSE = 3.2, p = .04", ("4.78", ".04", "p:F(1, 36)")),
        ("χ2(1, N = 50) = 4.2, p = .04", ("4.2", ".04", "p:χ2(1)")),
        ("χ² = 4.2, df = 1, P = 0.04", ("4.2", "0.04", "p:χ2(1)")),
        ("χ21 = 4.2, P = 0.04", ("4.2", "0.04", "p:χ2(1)")),
        ("χ12 = 4.2, P = 0.04", ("4.2", "0.04", "p:χ2(1)")),
        ("Wald chi-square (1) = 4.2, P = 0.04", ("4.2", "0.04", "p:χ2(1)")),
        ("X2 (1) = 4.2; P = 0.04", ("4.2", "0.04", "p:χ2(1)")),
        ("(z = -2.35, p = 0.02)", ("-2.35", "0.02", "p:z")),
        ("(Z¼2.35; P¼0.02)", ("2.35", "0.02", "p:z")),
        ("r(26) = .45, P = .02", (".45", ".02", "p:r(26)")),
        ("(rs = -.45, n = 28, P = .02)", ("-.45", ".02", "p:rs(n = 28)")),
        ("H(2) = 7.1, p = .03", ("7.1", ".03", "p:H(2)")),
    ],
)
def test_a_statistic_keeps_its_name_and_degrees_of_freedom(printed: str, expected: tuple[str, str, str]) -> None:
    sentence = f"Men differed from women in speed, {printed}."
    assert with_way(sentence) == [expected]
    claims = read(sentence)
    assert [claim.measure for claim in claims] == ["correlation" if printed.strip("(")[0] == "r" else "statistic"]


@pytest.mark.parametrize(
    "printed",
    [
        "χ2 = 7.17, p = 0.028",  # no degrees of freedom
        "χ212 = 30.2, p = 0.003",  # 12 or 21 of them
        "t = 2.20, p = .036",
        "F(53) = 3.2, p = .05",
        "rs = -.43, P = .03",
        "F(2,53) = 16.92, 17.92 and 10.30, p < .001",  # of several statistics
        "F(2,53) = 16.92; pain fell in all groups and walking improved (p < .001)",  # P of another sentence part
        "a mean weight-for-age z = -1.20, P = 0.03",  # a measured z score
        "t(28) = 2.20, P for trend = 0.03",
        "F(2, 53) < 1, p = .6",
    ],
)
def test_what_is_no_whole_statistic_has_no_note(printed: str) -> None:
    assert with_way(f"Men differed from women in speed, {printed}.") == []


def test_each_statistic_of_a_sentence_has_its_own_p() -> None:
    sentence = "Task A, F(1,41) = 7.69, p = .008; task B F(1,41) = 8.24, p = .006, but not C, t(41) = 0.2, p = .84."
    assert with_way(sentence) == [
        ("7.69", ".008", "p:F(1, 41)"),
        ("8.24", ".006", "p:F(1, 41)"),
        ("0.2", ".84", "p:t(41)"),
    ]


def test_values_before_a_statistic_stay() -> None:
    claims = read("The rate was 24 % with drug and 12 % with placebo (χ2(1, N = 90) = 4.2, p = .04).")
    assert [(claim.measure, claim.value) for claim in claims] == [
        ("percent", "24"),
        ("percent", "12"),
        ("statistic", "4.2"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "86/125 (69 %) vs 78/133 (59 %), p = 0.007",
        "86/125 vs 78/133, p <0.05",
        "86 of 125 (69 %) with drug and 78 of 133 (59 %) with placebo (p = 0.007)",
        "69 % (86/125) against 59 % (78/133; P = 0.007)",
        "65 ± 22 (n = 19) vs 61 ± 14 (n = 12), P = 0.25",
    ],
)
def test_p_right_behind_two_values_compares_them(printed: str) -> None:
    assert [claim.notes for claim in read(f"The response was {printed}.")] == ["p:compared", "p:compared"]


def test_words_for_another_analysis_are_kept() -> None:
    sentence = "After matching, 86/125 (69 %) vs 78/133 (59 %) responded, log-rank p = 0.007, adjusted for age."
    assert {notes for _, _, notes in with_way(sentence)} == {"p:compared, log-rank, adjusted"}


@pytest.mark.parametrize(
    "printed",
    [
        "86/125 (69 %) vs 78/133 (59 %), and the time was shorter (p = 0.007)",
        "86/125 (69 %), 78/133 (59 %) and 60/120 (50 %), p = 0.007",  # three arms
        "86/125 (69 %) vs 78/133 (59 %)",
        "69 % vs 59 %, p = 0.007",
        "65 ± 22 vs 61 ± 14, P = 0.25",
    ],
)
def test_other_p_values_do_not_compare(printed: str) -> None:
    assert with_way(f"The response was {printed}.") == []
