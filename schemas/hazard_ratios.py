"""Hazard ratios of a Cox model, one record an outcome."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, number, text


class HazardRatios(Exhibit, place=2):
    """A record an outcome of a printed row: ratio, interval and P value."""

    outcome: Series[str] = text("Outcome", "The end point: PFS, OS.", required=True)
    characteristic: Series[str] = text("Characteristic", "What the groups differ in.", required=True)
    comparison: Series[str] = text("Comparison", "The groups compared, as printed; the last is the reference.")
    model: Series[str] = coded(
        "Model", "univariate or multivariate.", "(?:univariate|multivariate)?", "univariate, multivariate or nothing"
    )
    hazard_ratio: Series[str] = number("Hazard ratio", "The estimate.")
    ci_low: Series[str] = number("Lower limit", "Lower limit of the confidence interval.")
    ci_high: Series[str] = number("Upper limit", "Upper limit of the confidence interval.")
    ci_level: Series[str] = number("Level", "Confidence level of the interval.", "%")
    p: Series[str] = number("P", "P value.")

    class Config(Exhibit.Config):
        unique = ["row", "outcome"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        interval = {"estimate": "hazard_ratio", "low": "ci_low", "high": "ci_high", "level": "ci_level", "p": "p"}
        return (interval,)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("model", "characteristic", "comparison")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("characteristic",)

    @classmethod
    def sample_csv(cls) -> str:
        return """\
characteristic,comparison,outcome,hazard_ratio,ci_low,ci_high,p
ECOG,0-1 vs 2-3,PFS,0.53,0.29,0.97,0.039
ECOG,0-1 vs 2-3,OS,0.41,0.19,0.88,0.022
"""

    @classmethod
    def label_column(cls) -> str:
        return "characteristic"
