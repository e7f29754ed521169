"""Units, signs, decimal commas and limits in sentences: the kinds of misreading that people reported of such tools."""

import pytest

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures.lexicon import terms_of
from extract.claims.statements import claims_in

FIELDS = ("unit", "n", "total", "low", "high", "sd", "ci_low", "ci_high", "ci_level", "p", "notes")


def read(*sentences: str) -> list[Claim]:
    """Return the claims of a paper of these paragraphs."""
    paragraphs = [Paragraph("results", sentence) for sentence in sentences]
    terms = terms_of(paragraphs)
    return [claim for paragraph in paragraphs for claim in claims_in(paragraph, terms)]


def summary(claim: Claim, *names: str) -> str:
    stated = [f"{name}={getattr(claim, name)}" for name in names or FIELDS if getattr(claim, name)]
    return " ".join([claim.measure, claim.value, *stated])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The OR was 1.80 (95% CI, 1.10 to 2.95), and 30% had it.", ["odds_ratio 1.80", "percent 30 unit=%"]),
        ("The SMD was 0.64 (0.42 to 0.97), and 18 patients (35.3%) died.", ["smd 0.64", "percent 35.3 unit=%"]),
        (
            "The hazard ratio was 0.72, and 12 of 51 patients (23.5%) died.",
            ["hazard_ratio 0.72", "percent 23.5 unit=%"],
        ),
        ("The AUC was 0.81, and 30 % were missed.", ["auc 0.81", "percent 30 unit=%"]),
        ("Response was seen in 26 and 11 % with A and B.", ["percent 26 unit=%", "percent 11 unit=%"]),
        (
            "PFS was 7.0 (5.1-9.2) and 2.9 (2.2-3.4) months.",
            ["pfs_median 7.0 unit=months", "pfs_median 2.9 unit=months"],
        ),
        (
            "The rates were 40.4 per 100,000 people and 6.24 per 10,000 males.",
            ["proportion 40.4 unit=per 100,000 people", "proportion 6.24 unit=per 10,000 males"],
        ),
        ("It ranged from 162 to 594 per 10,000 males.", ["range  unit=per 10,000 males"]),
    ],
)
def test_a_unit_is_that_of_its_own_figure(sentence: str, expected: list[str]) -> None:
    assert [summary(claim, "unit") for claim in read(sentence) if claim.measure != "count"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The MD was − 4.46 (95% CI − 7.10 to − 1.82).", "mean_difference -4.46 ci_low=-7.10 ci_high=-1.82"),
        ("The MD was − 0.5 [− 0.9, − 0.1].", "mean_difference -0.5 ci_low=-0.9 ci_high=-0.1"),
        ("The MD (= - 0.5; 95% CI - 0.9 to - 0.1) was small.", "mean_difference -0.5 ci_low=-0.9 ci_high=-0.1"),
        ("Of all - 4 were lost - 3.1 % had an MD of 2.0 (1.0-3.0).", "mean_difference 2.0 ci_low=1.0 ci_high=3.0"),
    ],
)
def test_a_minus_apart_from_its_number(sentence: str, expected: str) -> None:
    assert summary(read(sentence)[-1], "ci_low", "ci_high") == expected


def test_a_paper_with_decimal_commas() -> None:
    claims = read(
        "The hazard ratio was 0,72 (95% CI 0,53-0,98; p=0,036).",
        "The rate was 23,5% (12/51), and 1.204 patients were screened.",
        "Median overall survival was 14,2 months (95% CI 11,0–17,9). F(1, 19) = 4,44, p = 0,048.",
    )
    assert [summary(claim, "ci_low", "ci_high", "p", "n") for claim in claims] == [
        "hazard_ratio 0.72 ci_low=0.53 ci_high=0.98 p=0.036",
        "percent 23.5 n=12",
        "count 1,204 n=1,204",
        "os_median 14.2 ci_low=11.0 ci_high=17.9",
        "statistic 4.44 p=0.048",
    ]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Of 1,024 women 12.5% died and 30.1% left; 2,048 men came.", ["1,024", "12.5", "30.1", "2,048"]),
        ("The OR was 0,72 (95% CI 0.53 to 0.98), the mean age 51.2 years.", ["0.72", "51.2"]),
        ("Grades (0,1,2,3) were given; the mean score was 1.4.", ["1.4"]),
    ],
)
def test_commas_of_thousands_and_lists_stay(sentence: str, values: list[str]) -> None:
    assert [claim.value for claim in read(sentence)] == values


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("OS was 14.2 months (95% CI 9.1–NR).", "os_median 14.2 ci_low=9.1 ci_level=95 notes=ci_high:NR"),
        ("OS was 6.2 months (3.1-NE).", "os_median 6.2 ci_low=3.1 notes=ci_high:NE"),
        (
            "Median OS was not reached (95% CI, 11.0 to not estimable).",
            "os_median not reached ci_low=11.0 ci_level=95 notes=ci_high:not estimable",
        ),
        ("The HR was 0.72 (90% CI 0.55 to 0.94).", "hazard_ratio 0.72 ci_low=0.55 ci_high=0.94 ci_level=90"),
        ("The HR was 0.72 (CI95% 0.55-0.94).", "hazard_ratio 0.72 ci_low=0.55 ci_high=0.94 ci_level=95"),
        ("OR was 1.00, 95% CI was in the range of 0.51–1.95.", "odds_ratio 1.00 ci_low=0.51 ci_high=1.95 ci_level=95"),
    ],
)
def test_limits_and_levels(sentence: str, expected: str) -> None:
    assert summary(read(sentence)[0], "ci_low", "ci_high", "ci_level", "notes") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Relapses fell (95% CI 0.42–0.87, P=.007).", ["interval  ci_low=0.42 ci_high=0.87 p=.007"]),
        (
            "The better correction (95% CI −7.06 to −4.54, P<.00001) was with A.",
            ["interval  ci_low=-7.06 ci_high=-4.54 p=<.00001"],
        ),
        (
            "It fell more, -133.8 vs 83.2 pg/mL; 95% CI [-326.9, -40.8], p = 0.01.",
            ["value -133.8 p=0.01", "value 83.2 p=0.01", "interval  ci_low=-326.9 ci_high=-40.8 p=0.01"],
        ),
        (
            "Means were 255.4 ± 216.3 vs -521.7 ± 228.0; 95% CI -1179.1 to -59.7.",
            ["mean 255.4", "mean -521.7", "interval  ci_low=-1179.1 ci_high=-59.7"],
        ),
        (
            "Means were 72.4 (95% CI 69.3–75.6) compared to 71.7 (95% CI 68.2–75.2).",
            ["mean 72.4 ci_low=69.3 ci_high=75.6", "mean 71.7 ci_low=68.2 ci_high=75.2"],
        ),
        ("It fell; 95% CI [-1179,15, -59.781], p = 0.03.", ["p 0.03 p=0.03"]),
    ],
)
def test_an_interval_without_its_estimate(sentence: str, expected: list[str]) -> None:
    assert [summary(claim, "ci_low", "ci_high", "p") for claim in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Patients aged ≥ 65 years had a median survival of 9.1 months.", ["median 9.1"]),
        ("Those aged 65 or older lived a median of 9.1 months.", ["median 9.1"]),
        ("Median PFS was 4.1 months; weight changed by −2.1 kg.", ["pfs_median 4.1", "value -2.1"]),
        (
            "Survival was longer (HR 0.72; 95% CI 0.53-0.98) and 40% were alive at 2 years.",
            ["hazard_ratio 0.72", "os_rate 40"],
        ),
        ("In all, 45% of the patients were alive after one year.", ["os_rate 45"]),
        ("They went together (rs=−.43, P=.03) and (r_s = .5).", ["correlation -.43", "correlation .5"]),
        ("There was no difference in the risk of stroke [0.77 (0.55, 1.09)].", ["value 0.77"]),
        ("No differences in mortality rates (1.2 (0.8-1.7)) were seen.", ["proportion 1.2"]),
        ("The stay was 9 days (median; IQR: 7).", ["median 9"]),
        ("The 95% limits of agreement were −7.1 to 10.3 kg.", ["range "]),
        ("On average 50% (minimum 1%; maximum 93%) came.", ["percent 50"]),
        ("Figures 2, 3, and 4 show it in Tables 1, 2, and 3.", []),
    ],
)
def test_the_measure_of_a_figure(sentence: str, expected: list[str]) -> None:
    assert [f"{claim.measure} {claim.value}" for claim in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Insomnia (desvenlafaxine, 7.0%; fluoxetine, 6.3%; and placebo, 8.0%) was rare.",
            ["desvenlafaxine, Insomnia", "fluoxetine, Insomnia", "placebo, Insomnia"],
        ),
        (
            "We saw pseudarthrosis (PS: 0.37%; HI: 1.35%, P=.016), and deep infection (PS: 0.93%; HI: 2.41%).",
            ["PS, We saw pseudarthrosis", "HI, We saw pseudarthrosis", "PS, deep infection", "HI, deep infection"],
        ),
        ("Cure with Xa (78.2%) was greater compared with placebo (62.6%).", ["Cure with Xa", "placebo"]),
        (
            "Cure was more frequent with Xa (78.2%) than with placebo (62.6%).",
            ["Cure was more frequent with Xa", "placebo"],
        ),
    ],
)
def test_the_group_of_a_figure_in_brackets(sentence: str, expected: list[str]) -> None:
    assert [claim.subject for claim in read(sentence)] == expected
