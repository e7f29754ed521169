"""Best responses of groups of patients: counts and percentages of each kind of response."""

from pandera.typing.pandas import Series

from schemas.base.exhibit import Exhibit, Quantities, count, number, text
from schemas.base.uses import ClaimCell

RESPONSE_CODES = ("cr", "pr", "orr", "sd", "pd", "dcr", "na")
RATES = ("orr", "dcr")
RESPONSE_WORDS = {
    "cr": "complete response",
    "pr": "partial response",
    "sd": "stable disease",
    "pd": "progressive disease",
}
DENOMINATORS = ("n_evaluable", "n_total")


class Responses(Exhibit, place=4):
    """A record a group of patients: a subtype, a treatment, or the total."""

    group: Series[str] = text("Group", "The patients, as printed.", required=True)
    part_of: Series[str] = text("Part of", "The group of which this one is a part.")
    n_total: Series[str] = count("Total", "All patients of the group.")
    n_evaluable: Series[str] = count("Evaluable", "Patients of the group whose response could be judged.")
    cr_n: Series[str] = count("CR", "Patients with complete response.")
    cr_percent: Series[str] = number("CR, percentage", "Percentage printed with it.", "%")
    pr_n: Series[str] = count("PR", "Patients with partial response.")
    pr_percent: Series[str] = number("PR, percentage", "Percentage printed with it.", "%")
    orr_n: Series[str] = count("ORR", "Patients with objective response, complete or partial.")
    orr_percent: Series[str] = number("ORR, percentage", "Objective response rate.", "%")
    sd_n: Series[str] = count("SD", "Patients with stable disease.")
    sd_percent: Series[str] = number("SD, percentage", "Percentage printed with it.", "%")
    pd_n: Series[str] = count("PD", "Patients with progressive disease.")
    pd_percent: Series[str] = number("PD, percentage", "Percentage printed with it.", "%")
    dcr_n: Series[str] = count("DCR", "Patients with disease control: response or stable disease.")
    dcr_percent: Series[str] = number("DCR, percentage", "Disease control rate.", "%")
    na_n: Series[str] = count("Not available", "Patients whose response is not available.")
    na_percent: Series[str] = number("Not available, percentage", "Percentage printed with it.", "%")

    class Config(Exhibit.Config):
        unique = ["row", "group"]  # noqa: RUF012 - pandera reads it so

    @classmethod
    def quantities(cls) -> tuple[Quantities, ...]:
        """Each kind of response with its denominators, then all columns under their own names."""
        whole = {"total": "n_total", "evaluable": "n_evaluable"}
        each = tuple({"n": f"{name}_n", "percent": f"{name}_percent", **whole} for name in RESPONSE_CODES)
        numbers = [f"{name}_{kind}" for name in RESPONSE_CODES for kind in ("n", "percent")]
        return (*each, {**{name: name for name in numbers}, **whole})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("part_of", "group")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("group",)

    @classmethod
    def rows_are_exclusive(cls) -> bool:
        return True

    @classmethod
    def sample_csv(cls) -> str:
        return """\
group,n_total,n_evaluable,cr_n,pr_n,orr_n,orr_percent,sd_n,pd_n
Monotherapy,20,18,1,3,4,22.2,6,8
Combination,31,30,2,7,9,30.0,12,9
"""

    @classmethod
    def row_words(cls) -> tuple[str, ...]:
        return ("group",)

    @classmethod
    def response_counts(cls) -> tuple[str, ...]:
        return ("cr_n", "pr_n")

    @classmethod
    def claim_cells(cls) -> tuple[ClaimCell, ...]:
        """The rates of each group, its size, and of all patients each kind of response."""
        group = ("group",)
        return (
            *(ClaimCell(f"{rate}_percent", (rate,), f"{rate}_n", label=group, rows="groups") for rate in RATES),
            *(ClaimCell(f"{rate}_percent", (rate,), f"{rate}_n", rows="total") for rate in RATES),
            # A sentence may say how many patients were treated so, or something else about them.
            ClaimCell("", ("percent", "count"), "n_total", label=group, rows="groups", unsure=True),
            *(
                ClaimCell(f"{short}_percent", ("percent",), f"{short}_n", words=long, rows="total", of=DENOMINATORS)
                for short, long in RESPONSE_WORDS.items()
            ),
        )
