"""The CSVs that RevMan imports as study data: studies, their arms, their results.

Columns: the data package of Cochrane reviews, version 2, study-information, study-arms and study-results.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

STUDY_COLUMNS = ("Study", "Study year", "Char: Methods", "Char: Notes")
ARM_COLUMNS = ("Study", "Arm", "Description", "Intervention")
RESULT_COLUMNS = (
    *("Study", "Outcome", "Data type", "Effect measure", "Arm", "Reference arm", "Sample size", "Cases", "Mean", "SD"),
    *("SE", "Variance", "CI level", "CI start", "CI end", "Exp mean", "Exp CI start", "Exp CI end", "t-test"),
    *("z-test", "P value", "Covariance method", "Covariance", "Other arm 1", "Other arm 2", "Correlation arm 1"),
    *("Correlation arm 2", "Correlation", "Other mean", "Other SE", "Other variance", "Other CI level"),
    *("Other CI start", "Other CI end", "Other exp mean", "Other exp CI start", "Other exp CI end", "Other t-test"),
    *("Other z-test", "Other P value", "Footnotes"),
)
Frames = Mapping[str, pd.DataFrame]
Row = Mapping[str, str]


def revman_files(frames: Frames, years: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The three CSVs by the names of their files. `years`: of the papers."""
    results = [*_arm_results(frames["network"]), *_contrasts(frames["effects"])]
    arms = dict.fromkeys(
        (row["Study"], arm) for row in results for arm in (row["Arm"], row.get("Reference arm")) if arm
    )
    studies = dict.fromkeys((study, years.get(study) or _year(study)) for study, _ in arms)
    return {
        "revman_study_information.csv": _frame(
            STUDY_COLUMNS, [{"Study": name, "Study year": year} for name, year in studies]
        ),
        "revman_study_arms.csv": _frame(ARM_COLUMNS, [{"Study": name, "Arm": arm} for name, arm in arms]),
        "revman_study_results.csv": _frame(RESULT_COLUMNS, results),
    }


def _year(study: str) -> str:
    """The year at the end of the name of a study: Smith 2015, smith2015a."""
    digits = study.rstrip("abcdefgh")[-4:]
    return digits if digits.isdecimal() and digits[:2] in ("19", "20") else ""


def _frame(columns: Sequence[str], rows: Sequence[Row]) -> pd.DataFrame:
    cells = [[row.get(name, "") for name in columns] for row in rows]
    return pd.DataFrame(cells, columns=list(columns), dtype="str")


def outcome_of(row: Row) -> str:
    """The outcome in one text: section, outcome, category, time point."""
    parts = (row["section"], row["outcome"], row["subgroup"], row["timepoint"], row["population"])
    return ", ".join(dict.fromkeys(filter(None, parts))) or row["caption"] or row["exhibit"]


def footnote_of(row: Row) -> str:
    """Where a result is printed, and what is disputed."""
    where = f"{row['id']}, page {row['page']}" if row["page"] else row["id"]
    return f"{where}; disputed: {row['disputed']}" if row["disputed"] else where


def records(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """The rows of a frame of text."""
    names = list(frame.columns)
    return (dict(zip(names, cells, strict=True)) for cells in frame.itertuples(index=False, name=None))


def _arm_results(network: pd.DataFrame) -> Iterator[Row]:
    for row in records(network):
        counted = bool(row["event"])
        yield {
            **{"Study": row["study"], "Outcome": outcome_of(row), "Arm": row["treatment"], "Sample size": row["n"]},
            **{"Data type": "Dichotomous" if counted else "Continuous", "Footnotes": footnote_of(row)},
            **({"Cases": row["event"]} if counted else {"Mean": row["mean"], "SD": row["sd"]}),
        }


def _contrasts(effects: pd.DataFrame) -> Iterator[Row]:
    """The effects that name both of their arms. Ratios also stand as they are printed, in the Exp columns."""
    for row in records(effects):
        if row["arm1"] and row["arm2"]:
            yield {
                **{"Study": row["study"], "Outcome": outcome_of(row), "Data type": "Contrast"},
                **{"Effect measure": row["measure"], "Arm": row["arm1"], "Reference arm": row["arm2"]},
                **{"Mean": row["yi"], "SE": row["sei"], "CI level": row["ci_level"], "P value": row["p"]},
                **{"CI start": row["ci.lb"], "CI end": row["ci.ub"], "Footnotes": footnote_of(row)},
            }
