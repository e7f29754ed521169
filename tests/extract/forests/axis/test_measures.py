"""The effect measure of a plot, and its scale."""

import pytest

from extract.forests.axis.measures import measure_of, scale_of


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Odds Ratio M-H, Fixed, 95% CI", "OR"),
        ("Study or Subgroup RR (95% CI)", "RR"),
        ("log[Hazard Ratio] Hazard Ratio IV, Random, 95% CI", "HR"),
        ("Std. Mean Difference IV, Random, 95% CI", "SMD"),
        ("Mean Difference IV, Fixed, 95% CI", "MD"),
        ("ES (95% CI)", "ES"),
        ("ORR (95% CI)", "proportion"),
        ("Prevalence (95% CI)", "proportion"),
        ("Study or subgroup", ""),
    ],
)
def test_measures(heading: str, measure: str) -> None:
    assert measure_of(heading) == measure


def test_the_first_text_that_names_a_measure_decides() -> None:
    assert measure_of("95% CI", "RR (95% CI)", "Forest plot of the odds ratio") == "RR"
    assert measure_of("95% CI", "", "Forest plot of the OR for response, not of the HR") == "OR"


def rows(*triples: tuple[str, str, str]) -> list[dict[str, str]]:
    return [dict(zip(("estimate", "ci_low", "ci_high"), triple, strict=True)) for triple in triples]


@pytest.mark.parametrize(
    ("measure", "triples", "scale"),
    [
        ("OR", [], "log"),
        ("MD", [("-11.00", "-16.66", "-5.34")], "linear"),
        ("ES", [("4.76", "0.56", "40.64"), ("0.08", "0.00", "1.63"), ("2.81", "0.75", "10.49")], "log"),
        ("ES", [("0.08", "0.02", "0.21"), ("0.17", "0.07", "0.33")], "linear"),
        ("ES", [("0.00", "0.00", "0.08"), ("0.06", "0.00", "0.29")], "linear"),
        ("", [("8.70", "-9.72", "27.12")], "linear"),
        ("", [], "linear"),
    ],
)
def test_scales(measure: str, triples: list[tuple[str, str, str]], scale: str) -> None:
    assert scale_of(measure, rows(*triples)) == scale
