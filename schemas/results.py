"""What the cells of any table of arms and comparisons say: counts, means, differences with intervals, P values."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, coded, count, number, text
from schemas.base.uses import ClaimCell

STATISTICS = (
    *("count", "mean", "median", "geometric_mean", "range"),
    *("effect", "difference", "p", "test", "value"),
)


class Results(Exhibit, place=10):
    """A record what one printed cell says, or a part of a cell that says several things."""

    cell: Series[str] = coded(
        "Cell",
        "Printed column, from 1; a cell that says several things has a record for each: 3.1, 3.2.",
        r"[1-9][0-9]*(?:\.[1-9][0-9]*)?",
        "1, 2, 3.1, 3.2...",
    )
    section: Series[str] = text("Section", 'The headings over the row, joined by " / ".')
    outcome: Series[str] = text("Outcome", "What was measured: the label of the row, or of its variable.")
    level: Series[str] = text("Level", "The category of the variable.")
    unit: Series[str] = text("Unit", "Unit as printed in label or head.")
    timepoint: Series[str] = text("Time point", "When it was measured, as printed in label, head or caption.")
    arm: Series[str] = text("Arm", "Whose value the cell holds, as printed, without the N; several are joined by ;")
    versus: Series[str] = text("Versus", "With whom a comparison compares the arm; blank where nothing is compared.")
    arm_n: Series[str] = count("N of the arm", "The number of patients that head, row or caption gives for the arm.")
    population: Series[str] = text("Population", "The patients, where caption, head or note say it.")
    statistic: Series[str] = coded(
        "Statistic", f"One of {', '.join(STATISTICS)}.", "|".join(STATISTICS), ", ".join(STATISTICS)
    )
    value: Series[str] = number("Value", "A number of unknown kind, or the statistic of a test.")
    n: Series[str] = count("Count", "Number of patients or events.")
    total: Series[str] = count("Total", "The denominator that the cell prints.")
    percent: Series[str] = number("Percentage", "The percentage that the cell prints.", "%")
    mean: Series[str] = number("Mean", "The mean; of geometric_mean the geometric mean.")
    sd: Series[str] = number("SD", "Standard deviation.")
    se: Series[str] = number("SE", "Standard error.")
    median: Series[str] = number("Median", "The median.")
    q1: Series[str] = number("Lower quartile", "The lower quartile.")
    q3: Series[str] = number("Upper quartile", "The upper quartile.")
    low: Series[str] = number("Lowest", "The lower end of a range.")
    high: Series[str] = number("Highest", "The upper end of a range.")
    measure: Series[str] = text("Measure", "Measure of an effect: OR, RR, HR, RD, MD, SMD, IRR, beta...")
    estimate: Series[str] = number("Estimate", "The effect or difference.")
    ci_low: Series[str] = number("Lower limit", "Lower limit of the confidence interval.")
    ci_high: Series[str] = number("Upper limit", "Upper limit of the confidence interval.")
    ci_level: Series[str] = number("Level", "Confidence level of the interval.", "%")
    p: Series[str] = number("P", "P value.")
    test: Series[str] = text("Test", "The test that head, label or cell name.")
    adjusted: Series[str] = text("Adjusted", "What label or head say of the adjustment: adjusted, univariate...")

    class Config(Exhibit.Config):
        unique = ["row", "cell"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        return (
            {"n": "n", "percent": "percent", "total": "total", "at_most": "arm_n"},
            {"median": "median", "low": "low", "high": "high"},
            {"median": "median", "low": "q1", "high": "q3"},
            {"estimate": "estimate", "low": "ci_low", "high": "ci_high", "level": "ci_level", "p": "p"},
            {"estimate": "mean", "low": "ci_low", "high": "ci_high", "level": "ci_level"},
        )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("section", "level", "outcome")

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """Rows of the same label may still be of another cell, time point or statistic."""
        return (*cls.names(), "cell", "timepoint", "statistic")

    @classmethod
    def panels(cls) -> tuple[str, ...]:
        return ("arm", "versus", "population", "timepoint")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("arm",)

    @classmethod
    def read_by_rules(cls) -> bool:
        return True

    @classmethod
    def sample_csv(cls) -> str:
        return """\
cell,outcome,arm,arm_n,statistic,n,percent,mean,sd
2,Male,Placebo,51,count,24,47.1,,
3,Male,Drug,53,count,25,47.2,,
2,"Age, years",Placebo,51,mean,,,54.2,11.3
3,"Age, years",Drug,53,mean,,,55.1,10.9
"""

    @classmethod
    def label_column(cls) -> str:
        return "outcome"

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("outcome", "level", "arm")

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        """The shares of each arm: a sentence that names an arm and an outcome may repeat them."""
        label = ("arm", "outcome", "level")
        return (ClaimCell("percent", ("percent",), "n", label=label, said_before="arm", unsure=True),)
