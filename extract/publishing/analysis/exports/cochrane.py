"""The comparisons of two arms as a Cochrane data package, which {meta}'s read.cdir reads.

Columns: the specification of the data package, version 2. An analysis is an outcome of an exhibit in two arms; its
group is the exhibit. The package says nothing of pooled estimates: {meta} computes them.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from extract.publishing.analysis.exports.revman import Row, footnote_of, outcome_of, records
from extract.publishing.publish import csv_text

REVIEW = "CDdoubletake"  # read.cdir takes the name up to the first hyphen, and wants it to begin with CD
PACKAGE_FILE = f"{REVIEW}-dataPackage.zip"
DATA_COLUMNS = (
    *("Analysis group", "Analysis number", "Analysis name", "Subgroup", "Applicability", "Study", "Study year"),
    *("GIV Mean", "GIV SE", "Experimental mean", "Experimental SD", "Experimental cases", "Experimental N"),
    *("Control mean", "Control SD", "Control cases", "Control N", "O-E", "Variance", "Weight", "Mean", "CI start"),
    *("CI end", "Footnotes"),
)
SETTING_COLUMNS = (
    *("Analysis group", "Analysis number", "Analysis name", "Analysis group name", "Data source"),
    *("Data source eligibility", "Data type", "Log-scale data", "Experimental group label", "Control group label"),
    *("Statistical method", "Effect measure", "Unit of effect measure", "Analysis model", "Heterogeneity estimator"),
    *("Tau² CI", "Subgroup estimates", "Overall estimates", "Test for subgroup differences", "Prediction interval"),
    *("Swap event and non-event", "CI method", "CI/PI level", "Graph label (left)", "Graph label (right)"),
    *("Graph scale", "Show risk of bias"),
)
SUBGROUP_COLUMNS = ("Analysis group", "Analysis number", "Subgroup", "Subgroup number")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip file holds no earlier time; it must not hold that of writing


def cochrane_package(two_arm: pd.DataFrame, years: Mapping[str, str]) -> bytes:
    """The zip file with data rows, settings and subgroups of all comparisons. `years`: of the papers."""
    analyses = _analyses(records(two_arm))
    data, settings, subgroups = [], [], []
    for (group, number), rows in analyses.items():
        keys = {"Analysis group": str(group), "Analysis number": str(number)}
        settings.append({**keys, **_settings(rows[0])})
        names = dict.fromkeys(_subgroup(row) for row in rows)
        subgroups += [
            keys | {"Subgroup": name, "Subgroup number": str(place)}
            for place, name in enumerate(filter(None, names), 1)
        ]
        data += [{**keys, **_data_row(row, years)} for row in rows]
    return _zip(
        {
            "data-rows": _text(DATA_COLUMNS, data),
            "overall-estimates-and-settings": _text(SETTING_COLUMNS, settings),
            "subgroup-estimates": _text(SUBGROUP_COLUMNS, subgroups),
        }
    )


def _analyses(rows: Iterable[Row]) -> dict[tuple[int, int], list[Row]]:
    """The rows by group and number of their analysis, both from 1 in the order of the frame. The studies of a forest
    plot share an analysis."""
    groups: dict[str, int] = {}
    numbers: dict[tuple[str, ...], tuple[int, int]] = {}
    counts: dict[int, int] = {}
    found: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        group = groups.setdefault(_exhibit(row), len(groups) + 1)
        outcome = "" if _in_plot(row) else outcome_of(row)
        key = (_exhibit(row), outcome, row["arm1"], row["arm2"], str(bool(row["ai"])))
        if key not in numbers:
            counts[group] = counts.get(group, 0) + 1
            numbers[key] = (group, counts[group])
        found.setdefault(numbers[key], []).append(row)
    return found


def _in_plot(row: Row) -> bool:
    return row["study"] != row["paper"]


def _exhibit(row: Row) -> str:
    return f"{row['paper']} {row['exhibit']}"


def _subgroup(row: Row) -> str:
    return row["subgroup"] if _in_plot(row) else ""


def _settings(row: Row) -> Row:
    """Usual settings: risk ratios and mean differences, random effects."""
    counted = bool(row["ai"])
    return {
        "Analysis name": row["caption"] if _in_plot(row) else outcome_of(row),
        "Analysis group name": f"{_exhibit(row)}: {row['caption']}",
        "Data source": "Custom input",
        "Data type": "Dichotomous" if counted else "Continuous",
        "Log-scale data": "TRUE" if counted else "FALSE",
        **{"Experimental group label": row["arm1"], "Control group label": row["arm2"]},
        **{"Statistical method": "Inverse variance", "Effect measure": "Risk Ratio" if counted else "Mean Difference"},
        **{"Unit of effect measure": row["unit"], "Analysis model": "Random effect", "Heterogeneity estimator": "REML"},
        **{"Tau² CI": "FALSE", "Subgroup estimates": "TRUE", "Overall estimates": "TRUE", "CI method": "Wald-type"},
        **{"Test for subgroup differences": "FALSE", "Prediction interval": "FALSE", "CI/PI level": "95%"},
        **{"Swap event and non-event": "FALSE", "Graph scale": "100", "Show risk of bias": "FALSE"},
    }


def _data_row(row: Row, years: Mapping[str, str]) -> Row:
    names = {
        **{"Experimental mean": "m1i", "Experimental SD": "sd1i", "Experimental cases": "ai", "Experimental N": "n1i"},
        **{"Control mean": "m2i", "Control SD": "sd2i", "Control cases": "ci", "Control N": "n2i"},
    }
    return {
        "Analysis name": row["caption"] if _in_plot(row) else outcome_of(row),
        **{"Subgroup": _subgroup(row), "Study": row["study"], "Study year": years.get(row["study"], "")},
        **{name: row[column] for name, column in names.items()},
        "Footnotes": footnote_of(row),
    }


def _text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    cells = [[row.get(name, "") for name in columns] for row in rows]
    return csv_text(pd.DataFrame(cells, columns=list(columns), dtype="str"))


def _zip(texts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as package:
        for name, text in texts.items():
            path = f"{REVIEW}-analysis-data/{REVIEW}-{name}.csv"
            package.writestr(zipfile.ZipInfo(path, _EARLIEST), text.encode())
    return data.getvalue()
