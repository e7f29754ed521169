"""Best responses of groups of patients: counts and percentages of each kind of response."""

from pandera.typing.pandas import Series

from schemas.exhibit import Exhibit, Quantities, count, number, text

MEASURES = ("cr", "pr", "orr", "sd", "pd", "dcr", "na")


class Responses(Exhibit):
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
        each = tuple({"n": f"{name}_n", "percent": f"{name}_percent", **whole} for name in MEASURES)
        numbers = [f"{name}_{kind}" for name in MEASURES for kind in ("n", "percent")]
        return (*each, {**{name: name for name in numbers}, **whole})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("part_of", "group")

    @classmethod
    def vocabulary(cls) -> tuple[str, ...]:
        return ("group",)
