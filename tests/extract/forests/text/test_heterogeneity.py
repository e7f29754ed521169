"""Lines of plots that state heterogeneity or tests."""

import pytest

from extract.forests.text.heterogeneity import is_statistics, statistics_in, without_statistics


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Heterogeneity: Tau² = 0.68; Chi² = 44.00, df = 7 (P < 0.00001); I² = 84%",
            {"i2": "84", "tau2": "0.68", "q": "44.00", "df": "7", "p": "<0.00001"},
        ),
        (
            "Heterogeneity: t = 2.10; χ2 = 24.49, df = 4 (p < 0.0001); I2 = 84%",
            {"i2": "84", "tau2": "2.10", "q": "24.49", "df": "4", "p": "<0.0001"},
        ),
        ("Heterogeneity: I−squared = 15.4%, p = 0.302", {"i2": "15.4", "p": "0.302"}),
        ("Heterogeneity: I2 = 41%, τ2 = 0.1754, p = 0.04", {"i2": "41", "tau2": "0.1754", "p": "0.04"}),
        ("Heterogeneity between groups: p = 0.110", {"p": "0.110"}),
        ("Test of θi = θj: Q(5) = 12.10, p = 0.03", {"q": "12.10", "df": "5", "p": "0.03"}),
        (
            "Heterogeneity: Tau? = 0.09; Chi²= 44.88, df= 1 1 (P < 0.00001); ²= 75%",
            {"i2": "75", "tau2": "0.09", "q": "44.88", "df": "11", "p": "<0.00001"},
        ),
        (
            "Heterogeneity: Tau² = 0.00; Chi² = 1 1 6.83, df = 5 (P < 0.00001); I²= 96%",
            {"i2": "96", "tau2": "0.00", "q": "116.83", "df": "5", "p": "<0.00001"},
        ),
        (
            "Heterogeneity: Tau2 = 0.01; Ch2 = 4.20, dt=3 (P=0.24);/2= 29%",
            {"i2": "29", "tau2": "0.01", "q": "4.20", "df": "3", "p": "0.24"},
        ),
        ("Heterogeneity: Ch? = 0.67, df = 1 (P = 0.41); P = 0%", {"i2": "0", "q": "0.67", "df": "1", "p": "0.41"}),
        ("Heterogeneity: P = 62%, p = 0.03", {"i2": "62", "p": "0.03"}),
        ("Heterogeneity: 12 = 84%; Chi2 = 44.00", {"i2": "84", "q": "44.00"}),
        ("Test for overall effect: Z=0.01 (P=0.99)", {"z": "0.01", "p": "0.99"}),
        (
            "Test for subgroup differences: Chi² = 1.20, df = 1 (P = 0.27), I² = 17%",
            {"i2": "17", "q": "1.20", "df": "1", "p": "0.27"},
        ),
    ],
)
def test_lines_of_statistics(text: str, values: dict[str, str]) -> None:
    assert is_statistics(text)
    assert statistics_in(text) == (values, {})


@pytest.mark.parametrize(
    ("label", "bare", "values", "missing"),
    [
        ("Overall (I-squared = 82.5%, p = 0.000)", "Overall", {"i2": "82.5", "p": "0.000"}, {}),
        ("Overall (I-Squared = 98.9%, p = 0.000)", "Overall", {"i2": "98.9", "p": "0.000"}, {}),
        ("Subtotal  (I^2 = .%, p = .)", "Subtotal", {}, {"i2": ".", "p": "."}),
        ("Overall  (I^2 = 75.52%, p = 0.00);", "Overall", {"i2": "75.52", "p": "0.00"}, {}),
        ("Total (95% CI)", "Total (95% CI)", {}, {}),
    ],
)
def test_labels_of_pooled_lines(label: str, bare: str, values: dict[str, str], missing: dict[str, str]) -> None:
    assert not is_statistics(label)
    assert without_statistics(label) == bare
    assert statistics_in(label) == (values, missing)


@pytest.mark.parametrize(
    "text", ["Zhao 2015", "ICI + chemotherapy", "Population-Based", "Phase 2 trials", "Chen 2015", "Dose 12: 5 mg"]
)
def test_labels_of_studies_are_not_statistics(text: str) -> None:
    assert not is_statistics(text)
