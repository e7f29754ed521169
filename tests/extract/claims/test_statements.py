"""Sentences of the kinds that trials print, and their claims."""

from time import perf_counter

import pytest

from extract.claims.claim import Claim, Paragraph
from extract.claims.statements import claims_in

FIELDS = ("measure", "comparator", "value", "n", "total", "low", "high", "sd", "ci_low", "ci_high", "p")


def read(sentence: str) -> list[Claim]:
    return list(claims_in(Paragraph("results", sentence)))


def summary(claim: Claim) -> str:
    """Return measure, value and the other stated fields of a claim: "percent 23.5 n=12 total=51"."""
    sign = "" if claim.comparator == "=" else claim.comparator
    own = f"{claim.measure} {sign}{claim.value}".strip()
    rest = [f"{name}={getattr(claim, name)}" for name in FIELDS[3:] if getattr(claim, name)]
    return " ".join(
        [own, *(item for item in rest if claim.measure not in ("count", "p") or not item.startswith(("n=", "p=")))]
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hypertension (n = 12, 23.5%) was common.", ["percent 23.5 n=12"]),
        ("Nausea was seen in 12 of the 51 patients (23.5 %).", ["percent 23.5 n=12 total=51"]),
        ("It occurred in 23.5% (12/51) of them.", ["percent 23.5 n=12 total=51"]),
        ("Twenty-four patients (47.1%) stopped.", ["percent 47.1 n=24"]),
        ("Almost 90 % had metastases, more than half had surgery.", ["percent ~90", "percent >50"]),
        ("Median PFS was 4.6 months (95% CI, 3.2–5.9).", ["pfs_median 4.6 ci_low=3.2 ci_high=5.9"]),
        ("Median OS was not reached.", ["os_median not reached"]),
        ("The median age was 56 years (16–94).", ["age_median 56 low=16 high=94"]),
        ("Stay was a median of 9 days (IQR 7 to 14).", ["median 9 low=7 high=14"]),
        ("The mean interval was 7.2 ± 2.9 weeks.", ["mean 7.2 sd=2.9"]),
        ("The hazard ratio was 0.58 [0.41 to 0.83].", ["hazard_ratio 0.58 ci_low=0.41 ci_high=0.83"]),
        ("(HR = 0.58; 95% CI: 0.41–0.83; P = .003)", ["hazard_ratio 0.58 ci_low=0.41 ci_high=0.83 p=.003"]),
        ("HR 8·70 (95% CI −9·72 to −7·69)", ["hazard_ratio 8.70 ci_low=-9.72 ci_high=-7.69"]),
        ("PFS was 7.0 vs. 2.9 months (P<0.001).", ["pfs_median 7.0 p=<0.001", "pfs_median 2.9 p=<0.001"]),
        ("The ORR was 26, 11 and 6 % with A, B and C.", ["orr 26", "orr 11", "orr 6"]),
        ("The rate rose from 7.8 to 17.1% (P = 0.02).", ["percent 7.8 p=0.02", "percent 17.1 p=0.02"]),
        ("Ages ranged from 30 to 69 years.", ["range low=30 high=69"]),
        ("The groups did not differ (p = 0.64).", ["p 0.64"]),
        ("I² = 75.52 %, P<0.01", ["i2 75.52 p=<0.01"]),
        ("There were no treatment-related deaths.", ["count 0"]),
        ("Patients were enrolled from January 2014 to October 2022.", ["date January 2014 to October 2022"]),
        ("In all, 51 patients were treated; 12 had nausea and one had a rash.", ["count 51", "count 12", "count 1"]),
        ("The ORR was higher in the pair than in the single arm.", ["orr >"]),
        (
            "Pooled odds ratio (POR) is given. Smoking raised it (POR = 2.1; 95% CI 1.4-3.2).",
            ["odds_ratio 2.1 ci_low=1.4 ci_high=3.2"],
        ),
        ("Heart rate (HR) was kept. HR 0.9 (95% CI 0.7-1.1)", ["value 0.9 ci_low=0.7 ci_high=1.1"]),
        ("Heterogeneity was low (I-squared = 12.5 %; I2 statistic of 8%).", ["i2 12.5", "i2 8"]),
        ("The response rate was 41 % with sertraline.", ["percent 41"]),
        ("By RECIST, the response rate was 41 % with sunitinib.", ["orr 41"]),
        ("The survey response rate was 61 %, the ORR 20 %.", ["percent 61", "orr 20"]),
        (
            "The median (IQR) difference between arms was 1.5 (0.5 to 2.5).",
            ["median_difference 1.5 ci_low=0.5 ci_high=2.5"],
        ),
        (
            "The adjusted mean [SE] change was -3.2 [0.4] (drug) or -1.1 [0.5].",
            ["mean_difference -3.2 sd=0.4", "mean_difference -1.1 sd=0.5"],
        ),
        (
            "Scores were 4.1 (3.0 to 5.2; n = 19) and 3.3 (2.1 to 4.4; n = 21) with A and B, respectively (P = 0.3).",
            ["score 4.1 n=19 ci_low=3.0 ci_high=5.2 p=0.3", "score 3.3 n=21 ci_low=2.1 ci_high=4.4 p=0.3"],
        ),
        ("The total number of women in both arms was 310 and 295, respectively.", ["count 310", "count 295"]),
        ("It was tested on the three scales of pain, sleep and mood.", ["count 3"]),
        ("Then the two groups came on three separate days, one or two nurses among them.", []),
        ("Pain fell in the 6 h group and the 12 h group.", []),
        ("In all, 12 345 women had 1.5 × 109 cells/L.", ["count 12345"]),
        ("Consent was given by 90 of the 120 mothers in the 4 clinics (75%).", ["percent 75 n=90 total=120"]),
        ("They had 80% power at an alpha of 0.05; results were significant if the P value was < 0.05.", []),
        (
            "RD was 9% (95% CI 2 to 16). It was seen more than in those untreated (30% versus 21%).",
            ["risk_difference 9 ci_low=2 ci_high=16", "percent 30", "percent 21"],
        ),
        (
            "The odds were 3.1-fold higher for EBV 2 (1.4–6.9) and two-fold higher for EBV 1 (95% CI 1.1–3.5).",
            ["ratio 3.1 ci_low=1.4 ci_high=6.9", "ratio 2 ci_low=1.1 ci_high=3.5"],
        ),
        ("The risk was 2.4 times higher (95% CI 1.2-4.8).", ["ratio 2.4 ci_low=1.2 ci_high=4.8"]),
        ("Models had 10-fold cross-validation.", []),
        ("We had 7 reports on HHV 6, 9 on HHV 8, and 2 reports on EBV 1 and 2.", ["count 7", "count 9", "count 2"]),
        ("Of 3 types (6, 11, and 52) all were seen.", ["count 3"]),
        ("In Study 2, 40 nurses took part; in group 2, 14 patients died.", ["count 40", "count 14"]),
        ("In the control group 12 patients died.", ["count 12"]),
        ("CR 3 (10%), the HR 0.5 (0.3-0.8).", ["percent 10 n=3", "hazard_ratio 0.5 ci_low=0.3 ci_high=0.8"]),
        (
            "OR = 1.4 (95% CI 1.1-1.8, P for trend = 0.04)",
            ["odds_ratio 1.4 ci_low=1.1 ci_high=1.8", "p 0.04"],
        ),
        (
            "The RR was 0.9 (95% CI 0.7-1.2; P for heterogeneity = 0.02; I2 = 61%).",
            ["risk_ratio 0.9 ci_low=0.7 ci_high=1.2", "i2 61 p=0.02"],
        ),
        ("It was seen in all (I2 = 55%, P-heterogeneity = 0.08).", ["i2 55 p=0.08"]),
        ("Relapse (95% CI 0.31-0.77, P=.004; I =21%) fell.", ["interval ci_low=0.31 ci_high=0.77 p=.004", "i2 21"]),
        ("Seven of the 12 sites were small.", ["count 7 total=12"]),
        ("They were born at a gestational age of < 34 weeks.", []),
        (
            "Means were 0.21 (SD 0.44) and 0.32 (SD 0.51) in A and B; 40% left.",
            ["mean 0.21 sd=0.44", "mean 0.32 sd=0.51", "percent 40"],
        ),
        (
            "It did (t(20) = 2.1, p = 0.04, Cohen's ds = 0.41; Hedges' g = 0.4).",
            ["statistic 2.1 p=0.04", "smd 0.41", "smd 0.4"],
        ),
        ("The stay ranged from 2 to 30 days (median, 6).", ["range low=2 high=30", "median 6"]),
        ("It was rare (drug A, 4.1%; and placebo, 0).", ["percent 4.1", "percent 0"]),
        (
            "They differed (mean age 51.5 in men, mean age 48.1 in women, p = 0.03).",
            ["age_mean 51.5 p=0.03", "age_mean 48.1 p=0.03"],
        ),
        ("In all, 90 patients (50 TKI, 40 ICI) were seen.", ["count 90", "count 50", "count 40"]),
        ("Of the 80 women, 12 refused leaving 34 randomized to A.", ["count 80", "count 12", "count 34"]),
        ("Of the 20 GPs, 9 went into a trial and 11 into none.", ["count 20", "count 9", "count 11"]),
        (
            "Falls differed by -1.4 events per 100 bed-days (95% CI -2.0 to -0.8).",
            ["value -1.4 ci_low=-2.0 ci_high=-0.8"],
        ),
        ("The median difference between arms was 3 days (95% CI 1-7).", ["median_difference 3 ci_low=1 ci_high=7"]),
        ("All were seen in one term (March 2011–May 2012).", ["date March 2011 - May 2012"]),
        ("Nine [9] nurses came and 1 GP answered.", ["count 9", "count 1"]),
    ],
)
def test_what_a_sentence_states(sentence: str, expected: list[str]) -> None:
    assert [summary(claim) for claim in read(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "As Table 3 and Fig. 2 show [4–6], the type 2 form was treated in phase 2 trials.",
        "Grade 3-4 events, ECOG 2–3, PD-L1 ≥ 1% and anti-PD 1 drugs are named.",
        "Patients aged 65 years and older received 100 mg at day 28 after 12 weeks of a 48-week regimen.",
        "P < 0.05 was considered significant; SPSS version 21.0 was used.",
        "The allocation was 1:1, as approved (2012/313).",
    ],
)
def test_labels_doses_criteria_and_citations_state_nothing(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("ORR was 40 % and 33 % for double ICI and ICI plus TKI, respectively.", ["double ICI", "ICI plus TKI"]),
        ("Hypertension (23.5%), rash (17.6%) and cough (3%) occurred.", ["Hypertension", "rash", "cough"]),
        ("The ORR of LPS was 6 %, or 23 % with ICI plus TKI.", ["LPS", "ICI plus TKI, LPS"]),
        ("For LMS, Xa had an ORR of 15 % and Xb one of 13 %.", ["LMS, Xa", "Xb, LMS"]),
        ("For ICI the ORR was 0.20 and the DCR was 0.66.", ["ICI", "ICI"]),
        ("Six clinics agreed (60%).", ["clinics agreed"]),
        (
            "By then 30 patients had stopped: 20 (67 %) for progressive disease and 10 (33 %) for toxicity.",
            ["patients had stopped", "progressive disease, patients had stopped", "toxicity, patients had stopped"],
        ),
        ("Methods: Patients of one hospital who had both were seen.", ["hospital, Patients"]),
        ("Results: We saw 30 women, with a median age of 41 years.", ["women, We saw", "We saw 30 women"]),
        ("Some were left out (3 twins) or lost (27 others).", ["twins, Some were left out", "others, lost"]),
    ],
)
def test_whom_a_figure_is_about(sentence: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in read(sentence)] == subjects


def test_figures_that_are_compared_name_one_another() -> None:
    one, other = read("PFS was 7.0 vs. 2.9 months in fit patients and frail patients, respectively.")
    assert (one.subject, one.versus, other.subject, other.versus) == ("fit", "frail", "frail", "fit")


def test_studies_that_were_pooled() -> None:
    assert [c.n_studies for c in read("The ORR was 0.11 (95 % CI 0.04–0.20; 13 studies).") if c.measure == "orr"] == [
        "13"
    ]


def test_an_interval_that_is_called_a_range_is_no_confidence_interval() -> None:
    [claim] = read("Median follow-up was 20.7 months (range, 9.2–32.1).")
    assert (claim.low, claim.ci_low) == ("9.2", "")


@pytest.mark.parametrize(
    "text", ["1 " * 3000, "(" * 5000, "of " * 5000, "a" * 20000, "0.1-" * 2000, " " * 20000 + "5 %"]
)
def test_no_text_takes_long(text: str) -> None:
    start = perf_counter()
    read(text)
    assert perf_counter() - start < 20


@pytest.mark.parametrize("long", ["1" * 16, "1" * 5000, "1,000,000,000,000,000", "0." + "1" * 21])
@pytest.mark.parametrize(
    "sentence", ["{} patients had 12 relapses.", "The rate was {}% in 12 patients.", "{} of {} and 12 died."]
)
def test_numbers_that_nobody_prints_state_nothing(long: str, sentence: str) -> None:
    assert [claim.value for claim in read(sentence.replace("{}", long))] == ["12"]
