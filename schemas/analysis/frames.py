"""The analysis frames, by the names of their files."""

from collections.abc import Mapping

from schemas.analysis.columns import ABOUT, IDENTITY, UNIT, converted, printed_in, value, word
from schemas.analysis.frame import AnalysisFrame
from schemas.base.exhibit import Field

_PATIENTS = "patients"

ONE_ARM = AnalysisFrame(
    "one_arm",
    "Counts of one arm, as {metafor}'s escalc takes them for proportions",
    "a count of patients in an arm or group",
    (
        *IDENTITY,
        *ABOUT,
        word("arm", "Arm", "The arm or treatment, as printed."),
        value("xi", "Events", "Patients with the event.", "integer", _PATIENTS),
        value("ni", "Patients", "Patients in whom it was counted.", "integer", _PATIENTS),
        *converted("xi", "Events", _PATIENTS),
        *converted("ni", "Patients", _PATIENTS),
        *printed_in("printed"),
    ),
)

_TWO_ARM_VALUES = (
    ("ai", "Events, arm 1", "Patients with the event in arm 1.", "integer"),
    ("n1i", "Patients, arm 1", "Patients of arm 1.", "integer"),
    ("ci", "Events, arm 2", "Patients with the event in arm 2.", "integer"),
    ("n2i", "Patients, arm 2", "Patients of arm 2.", "integer"),
    ("m1i", "Mean, arm 1", "Mean of arm 1, in the printed unit.", "number"),
    ("sd1i", "SD, arm 1", "Standard deviation of arm 1.", "number"),
    ("m2i", "Mean, arm 2", "Mean of arm 2, in the printed unit.", "number"),
    ("sd2i", "SD, arm 2", "Standard deviation of arm 2.", "number"),
)
TWO_ARM = AnalysisFrame(
    "two_arm",
    "Comparisons of two arms, as {metafor}'s escalc takes them",
    "an outcome in two arms; arm 1 is the one that is printed first",
    (
        *IDENTITY,
        *ABOUT,
        UNIT,
        word("arm1", "Arm 1", "The arm that is printed first."),
        word("arm2", "Arm 2", "The arm that is printed second."),
        *(Field(name, title, text, kind) for name, title, text, kind in _TWO_ARM_VALUES),  # type: ignore[arg-type]
        *(item for name, title, _, _ in _TWO_ARM_VALUES for item in converted(name, title)),
        *printed_in("printed1", "printed2"),
    ),
)

METAPSY = AnalysisFrame(
    "metapsy",
    "Comparisons of two arms in the wide format of Metapsy",
    "an outcome in two arms; the row of two_arm.csv with the same id has the receipts",
    (
        *IDENTITY,
        word("condition_arm1", "Condition, arm 1", "The arm that is printed first."),
        word("condition_arm2", "Condition, arm 2", "The arm that is printed second."),
        word("multi_arm1", "Arm 1 of several", "The arm, in trials of more than two arms."),
        word("multi_arm2", "Arm 2 of several", "The arm, in trials of more than two arms."),
        word("outcome_type", "Outcome type", "msd for means and SDs; of counts, what was counted."),
        word("instrument", "Instrument", "What was measured, as printed."),
        word("time", "Time", "The time point as printed."),
        value("time_weeks", "Time in weeks", "The time point in weeks.", unit="weeks"),
        *converted("time_weeks", "Time in weeks", "weeks"),
        word("rating", "Rating", "self-report or clinician; blank: tables do not say it."),
        *(
            value(f"{name}_arm{arm}", f"{title}, arm {arm}", f"{title} of arm {arm}.", kind)  # type: ignore[arg-type]
            for name, title, kind in (
                ("mean", "Mean", "number"),
                ("sd", "SD", "number"),
                ("n", "Patients with means", "integer"),
                ("event", "Events", "integer"),
                ("totaln", "Patients with counts", "integer"),
            )
            for arm in (1, 2)
        ),
        *printed_in("printed1", "printed2"),
    ),
)

EFFECTS = AnalysisFrame(
    "effects",
    "Effects with their standard errors, as {metafor}'s rma takes them; ratios as logarithms",
    "an effect that the paper prints with an interval or a standard error",
    (
        *IDENTITY,
        *ABOUT,
        UNIT,
        word("arm1", "Arm 1", "The arm or group whose effect it is."),
        word("arm2", "Arm 2", "The arm or group it is compared with."),
        word("measure", "Measure", "The measure as printed: HR, OR, RR, MD..."),
        Field(
            "scale",
            "Scale",
            "log: yi is the logarithm of the printed ratio.",
            "string",
            "",
            {"enum": ("log", "linear")},
        ),
        word("scale_from", "Scale, from", "measure; intervals: the printed intervals are symmetric on that scale."),
        value("yi", "Effect", "The effect, of ratios its logarithm."),
        value("sei", "Standard error", "Standard error of yi."),
        value("vi", "Variance", "Variance of yi."),
        value("ci.lb", "Lower limit", "Lower limit of the interval, on the scale of yi."),
        value("ci.ub", "Upper limit", "Upper limit of the interval, on the scale of yi."),
        value("ci_level", "Level", "Level of the interval.", unit="%"),
        Field(
            "ci_level_from",
            "Level, from",
            "printed; assumed: no level is printed, and 95 % is taken.",
            "string",
            "",
            {"enum": ("printed", "assumed")},
        ),
        value("p", "P", "P value; blank where only a bound such as <0.001 is printed."),
        word("adjusted", "Adjusted", "What the paper says of the adjustment: adjusted, univariate..."),
        *converted("yi", "Effect"),
        *converted("sei", "Standard error"),
        *converted("vi", "Variance"),
        *printed_in("printed"),
    ),
)

NETWORK = AnalysisFrame(
    "network",
    "Arms in long format, as {netmeta}'s pairwise takes them",
    "an outcome in one arm of a study with several",
    (
        *IDENTITY,
        word("set", "Set", "The arms to be compared: equal in all arms of one outcome; the subset for one analysis."),
        *ABOUT,
        UNIT,
        word("studlab", "Study label", "The study, as {netmeta} names the column."),
        word("treatment", "Treatment", "The arm as printed."),
        value("n", "Patients", "Patients of the arm.", "integer", _PATIENTS),
        value("event", "Events", "Patients with the event.", "integer", _PATIENTS),
        value("mean", "Mean", "Mean, in the printed unit."),
        value("sd", "SD", "Standard deviation."),
        word("time", "Time", "The time point as printed."),
        *(item for name in ("n", "event", "mean", "sd") for item in converted(name, name)),
        *printed_in("printed"),
    ),
)

SURVIVAL = AnalysisFrame(
    "survival",
    "Median times to an event",
    "a median time in an arm or group, from a table or from the text of the results",
    (
        *IDENTITY,
        *ABOUT,
        UNIT,
        word("arm", "Arm", "The arm or group, as printed."),
        value("n", "Patients", "Patients of the arm.", "integer", _PATIENTS),
        value("events", "Events", "Patients with the event.", "integer", _PATIENTS),
        value("median", "Median", "Median time; blank where it was not reached."),
        value("ci.lb", "Lower limit", "Lower limit of its interval."),
        value("ci.ub", "Upper limit", "Upper limit of its interval."),
        value("ci_level", "Level", "Level of the interval.", unit="%"),
        *printed_in("printed"),
    ),
)

ADVERSE_EVENTS = AnalysisFrame(
    "adverse_events",
    "Adverse events by grade",
    "patients of an arm with an adverse event of a grade",
    (
        *IDENTITY,
        *ABOUT,
        word("event", "Event", "The adverse event as printed."),
        word("grade", "Grade", "The grades counted, as printed: any, 3-4..."),
        word("arm", "Arm", "The arm as printed."),
        value("xi", "Events", "Patients with the event.", "integer", _PATIENTS),
        value("ni", "Patients", "Patients in whom it was counted.", "integer", _PATIENTS),
        *converted("xi", "Events", _PATIENTS),
        *converted("ni", "Patients", _PATIENTS),
        *printed_in("printed"),
    ),
)

LEFT_OUT = AnalysisFrame(
    "left_out",
    "Printed results that are in no frame, with the reason",
    "a record of a curated CSV that no frame can take, or a pair of arms that cannot be formed",
    (
        *IDENTITY,
        word("wanted", "Wanted", "The frame that it would be in."),
        word("reason", "Reason", "What is missing or ambiguous."),
        *printed_in("printed"),
    ),
)

FRAMES: Mapping[str, AnalysisFrame] = {
    spec.name: spec for spec in (ONE_ARM, TWO_ARM, METAPSY, EFFECTS, NETWORK, SURVIVAL, ADVERSE_EVENTS, LEFT_OUT)
}
