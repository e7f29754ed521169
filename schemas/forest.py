"""Forest plots: a record a printed row of numbers, with the values measured in its drawing."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import PROVENANCE, Exhibit, Quantities, ReadFrom, coded, count, number, text

ROW_KINDS = ("study", "subtotal", "overall", "heterogeneity", "subgroup")
DRAWN_COLUMNS = ("drawn_estimate", "drawn_ci_low", "drawn_ci_high", "drawn_weight")


class Forest(Exhibit, place=9):
    """A record a row with numbers: a study, a subgroup, a pooled line, a line of heterogeneity. Headings make none."""

    kind: Series[str] = coded(
        "Kind",
        "study; subtotal (of the studies of its group); overall; heterogeneity (a line without an estimate); subgroup "
        "(pooled elsewhere, or patients of one study).",
        "|".join(ROW_KINDS),
        f"{', '.join(ROW_KINDS[:-1])} or {ROW_KINDS[-1]}",
    )
    group: Series[str] = text("Group", "The heading under which the row stands.")
    label: Series[str] = text("Label", "The study or subgroup; 'between groups' for that line of heterogeneity.")
    treatment: Series[str] = text("Treatment", "What is printed beside the label: drugs, or another such column.")
    measure: Series[str] = text("Measure", "OR, RR, HR, MD, SMD, proportion...: what the estimate is.")
    n_studies: Series[str] = count("Studies", "Studies pooled in the row.", "studies")
    total: Series[str] = count("Total", "Patients of the row, where there are no arms.")
    cr: Series[str] = count("CR", "Patients with complete response.")
    pr: Series[str] = count("PR", "Patients with partial response.")
    events: Series[str] = count("Events", "Patients with the event, where there are no arms.")
    arm1_events: Series[str] = count("Events, arm 1", "Patients with the event in the arm that is printed first.")
    arm1_total: Series[str] = count("Total, arm 1", "Patients of the arm that is printed first.")
    arm1_mean: Series[str] = number("Mean, arm 1", "Mean of the arm that is printed first, in the paper's unit.")
    arm1_sd: Series[str] = number("SD, arm 1", "Standard deviation printed with it.")
    arm2_events: Series[str] = count("Events, arm 2", "Patients with the event in the arm that is printed second.")
    arm2_total: Series[str] = count("Total, arm 2", "Patients of the arm that is printed second.")
    arm2_mean: Series[str] = number("Mean, arm 2", "Mean of the arm that is printed second, in the paper's unit.")
    arm2_sd: Series[str] = number("SD, arm 2", "Standard deviation printed with it.")
    estimate: Series[str] = number("Estimate", "The estimate, in the unit of the measure.")
    ci_low: Series[str] = number("Lower limit", "Lower limit of the confidence interval.")
    ci_high: Series[str] = number("Upper limit", "Upper limit of the confidence interval.")
    prediction_low: Series[str] = number("Prediction, lower limit", "Lower limit of the prediction interval.")
    prediction_high: Series[str] = number("Prediction, upper limit", "Upper limit of the prediction interval.")
    weight: Series[str] = number("Weight", "Share of the row in the pooled estimate.", "%")
    i2: Series[str] = number("I²", "Share of the variation that is between the studies.", "%")
    tau2: Series[str] = number("tau²", "Variance between the studies, on the scale on which they were pooled.")
    q: Series[str] = number("Q", "Cochran's Q, often printed as chi².")
    df: Series[str] = number("df", "Degrees of freedom of Q.")
    z: Series[str] = number("z", "Test statistic of the pooled estimate.")
    p: Series[str] = number("P", "P value: of a study that of its estimate, of another line that of heterogeneity.")
    drawn_estimate: Series[str] = number("Estimate, drawn", "Where the mark stands on the axis.")
    drawn_ci_low: Series[str] = number("Lower limit, drawn", "Where the line or diamond begins on the axis.")
    drawn_ci_high: Series[str] = number("Upper limit, drawn", "Where the line or diamond ends on the axis.")
    drawn_weight: Series[str] = number("Weight, drawn", "Share of the row in the area of the squares.", "%")

    class Config(Exhibit.Config):
        unique = ["row"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        """The numbers of a row under their own names, except the limits; then the numbers on heterogeneity."""
        between = ("i2", "tau2", "q", "df", "n_studies")
        limits = {"ci_low": "low", "ci_high": "high"}
        numbers = [
            name for name in cls.columns() if name in cls.numeric() - {"row", *PROVENANCE} and name not in between
        ]
        return ({limits.get(name, name): name for name in numbers}, {name: name for name in (*between, "p")})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("group", "treatment", "label")

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """All printed columns: studies of one name can be cohorts of one paper, which differ only in their numbers."""
        return tuple(name for name in cls.columns() if name not in ("row", *DRAWN_COLUMNS, *PROVENANCE))

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("group", "treatment")

    @classmethod
    def sample_csv(cls) -> str:
        return """\
kind,group,label,measure,events,total,estimate,ci_low,ci_high
study,Monotherapy,Smith 2020,proportion,9,50,0.18,0.09,0.31
study,Monotherapy,Jones 2021,proportion,4,42,0.10,0.03,0.23
"""

    @classmethod
    def read_from(cls) -> ReadFrom:
        return "plot"

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("group", "label", "treatment")

    @classmethod
    def response_counts(cls) -> tuple[str, ...]:
        return ("cr", "pr")
