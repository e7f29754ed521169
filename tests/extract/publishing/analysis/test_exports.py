"""Files for other programs, validated by what their documentation says of them."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from extract.commands.options import SHIPPED_VERDICTS
from extract.publishing.analysis.assembly import analysis_frames
from extract.publishing.analysis.exports.cochrane import PACKAGE_FILE, cochrane_package
from extract.publishing.analysis.exports.crate import crate_of
from extract.publishing.analysis.exports.metadat import dataset_name, metadat_files
from extract.publishing.analysis.exports.references import ris_of, years_of
from extract.publishing.analysis.exports.revman import revman_files
from extract.publishing.analysis.papers import CuratedPaper, read_paper
from extract.publishing.analysis.writing import frame_text, write_analysis
from tests.extract.publishing.analysis.conftest import CURATED, Exhibit, Make, run_r

RESULTS = """\
row,cell,outcome,unit,timepoint,arm,versus,arm_n,statistic,n,mean,sd,measure,estimate,ci_low,ci_high
1,2,Cured,,6 months,Placebo,,51,count,24,,,,,,
1,3,Cured,,6 months,Drug,,53,count,35,,,,,,
2,2,Pain; worst,points,6 months,Placebo,,51,mean,,5.4,1.3,,,,
2,3,Pain; worst,points,6 months,Drug,,53,mean,,4.1,1.2,,,,
1,4,Cured,,6 months,Drug,Placebo,,effect,,,,OR,2.19,0.99,4.83
"""
PLOT = """\
row,kind,group,label,measure,arm1_events,arm1_total,arm2_events,arm2_total,estimate,ci_low,ci_high
1,study,Adults,Lee 2010,RR,7,25,4,25,1.75,0.58,5.24
2,study,Children,Kim 2012a,RR,11,19,1,15,8.68,1.26,59.95
"""
# What read.cdir of {meta} 8 renames or selects; it stops where one is missing.
READ_BY_META = {
    "data-rows": [
        *(
            "Analysis group",
            "Analysis number",
            "Analysis name",
            "Subgroup",
            "Study",
            "Study year",
            "GIV Mean",
            "GIV SE",
        ),
        *("CI start", "CI end", "Experimental cases", "Experimental N", "Experimental mean", "Experimental SD"),
        *("Control cases", "Control N", "Control mean", "Control SD", "O-E", "Variance", "Weight", "Footnotes"),
    ],
    "overall-estimates-and-settings": [
        *("Analysis group", "Analysis number", "Analysis name", "Analysis group name", "Data source"),
        *("Data source eligibility", "Data type", "Log-scale data", "Experimental group label", "Control group label"),
        *("Statistical method", "Effect measure", "Unit of effect measure", "Analysis model"),
        *("Heterogeneity estimator", "Subgroup estimates", "Overall estimates", "Test for subgroup differences"),
        *("Prediction interval", "Swap event and non-event", "CI method", "CI/PI level", "Graph label (left)"),
        *("Graph label (right)", "Graph scale", "Show risk of bias"),
    ],
    "subgroup-estimates": ["Analysis group", "Analysis number", "Subgroup number", "Subgroup"],
}


@pytest.fixture
def paper(make_paper: Make) -> CuratedPaper:
    exhibits = {"table2": Exhibit("results", RESULTS, "Outcomes"), "fig1": Exhibit("forest", PLOT, "Cure in 2 trials")}
    return make_paper(**exhibits)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_metapsy_keeps_the_rules_of_its_standard(paper: CuratedPaper) -> None:
    """docs.metapsy.org, Data Format: names, missing values and characters of the wide format."""
    rows = table(frame_text("metapsy", analysis_frames([paper])["metapsy"]))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in rows[0])
    wanted = "study condition_arm1 condition_arm2 multi_arm1 multi_arm2 outcome_type instrument time time_weeks rating"
    values = [f"{name}_arm{arm}" for name in ("mean", "sd", "n", "event", "totaln") for arm in (1, 2)]
    assert {*wanted.split(), *values} <= set(rows[0])
    for row in rows:
        assert all(cell and cell == cell.strip() and ";" not in cell for cell in row.values()), row
        assert (row["outcome_type"] == "msd") == (row["mean_arm1"] != "NA") == (row["event_arm1"] == "NA")
        assert row["multi_arm1"] == "NA"
    assert [row["instrument"] for row in rows][:2] == ["Cured", "Pain, worst"]
    assert [row["time_weeks"][:7] for row in rows][:2] == ["26.0892", "26.0892"]


def test_revman_gets_studies_arms_and_results(paper: CuratedPaper) -> None:
    files = revman_files(analysis_frames([paper]), years_of([paper]))
    studies, arms, results = (frame.to_dict("records") for frame in files.values())
    assert [tuple(row.values())[:2] for row in studies] == [
        *(("smith2026", "2026"), ("Lee 2010", "2010"), ("Kim 2012a", "2012"))
    ]
    assert {(row["Study"], row["Arm"]) for row in results} == {(row["Study"], row["Arm"]) for row in arms}
    first, contrast = results[0], results[-1]
    names = ("Study", "Outcome", "Data type", "Arm", "Sample size", "Cases", "Mean", "SD")
    assert [first[name] for name in names] == [
        *("smith2026", "Cured, 6 months", "Dichotomous", "Placebo", "51", "24", "", "")
    ]
    assert [results[2][name] for name in names[2:]] == ["Continuous", "Placebo", "51", "", "5.4", "1.3"]
    assert [contrast[name] for name in ("Data type", "Effect measure", "Arm", "Reference arm", "CI level")] == [
        *("Contrast", "OR", "Drug", "Placebo", "95")
    ]
    assert first["Footnotes"] == "smith2026.table2.1.2"


def test_the_cochrane_package_has_what_read_cdir_reads(paper: CuratedPaper) -> None:
    made = cochrane_package(analysis_frames([paper])["two_arm"], years_of([paper]))
    assert re.fullmatch(r"CD[^-]*-dataPackage\.zip", PACKAGE_FILE)
    review = PACKAGE_FILE.partition("-")[0]
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        texts = {name: package.read(name).decode() for name in package.namelist()}
    tables = {key: table(texts[f"{review}-analysis-data/{review}-{key}.csv"]) for key in READ_BY_META}
    for key, columns in READ_BY_META.items():
        assert set(columns) <= set(tables[key][0]), key
    settings = tables["overall-estimates-and-settings"]
    [tau2] = [name for name in settings[0] if re.match(r"Tau.*CI$", name)]
    assert settings[0][tau2] == "FALSE"
    assert [row["Data type"] for row in settings] == ["Dichotomous", "Continuous", "Dichotomous"]
    assert [row["CI/PI level"] for row in settings] == ["95%"] * 3
    rows = tables["data-rows"]
    names = ("Analysis group", "Analysis number", "Subgroup", "Study", "Study year", "Experimental cases", "Control N")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("1", "1", "", "smith2026", "2026", "24", "53"),
        ("1", "2", "", "smith2026", "2026", "", "53"),
        ("2", "1", "Adults", "Lee 2010", "", "7", "25"),
        ("2", "1", "Children", "Kim 2012a", "", "11", "15"),
    ]
    groups = [(row["Analysis group"], row["Subgroup number"], row["Subgroup"]) for row in tables["subgroup-estimates"]]
    assert groups == [("2", "1", "Adults"), ("2", "2", "Children")]
    assert made == cochrane_package(analysis_frames([paper])["two_arm"], years_of([paper]))


def test_ris_has_a_record_for_each_paper(paper: CuratedPaper) -> None:
    assert ris_of([paper, paper]).split("\r\n")[:-1] == 2 * [
        *("TY  - JOUR", "ID  - smith2026", "AU  - Smith et al.", "TI  - Smith et al., Journal of Trials 2026"),
        *("T2  - Journal of Trials", "PY  - 2026", "DO  - 10.1000/x", "UR  - https://doi.org/10.1000/x", "ER  - "),
    ]


def test_a_data_set_of_metadat_has_a_manual_with_every_column(paper: CuratedPaper) -> None:
    files = metadat_files(paper, analysis_frames([paper]))
    assert list(files) == ["dat.smith2026.csv", "dat.smith2026.R", "dat.smith2026.Rd"]
    head = files["dat.smith2026.csv"].splitlines()[0].split(",")
    manual = files["dat.smith2026.Rd"]
    assert re.findall(r"\\bold\{(.*?)\}", manual) == head
    assert "xi" in head
    assert "median" not in head  # no row has one
    assert dataset_name("10.1186_s40064-016") == "dat.101186s40064016"


def test_r_takes_the_data_set_and_its_manual(paper: CuratedPaper, tmp_path: Path) -> None:
    for name, text in metadat_files(paper, analysis_frames([paper])).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    script = """
    setwd(commandArgs(TRUE)[1]); source("dat.smith2026.R")
    print(tools::checkRd("dat.smith2026.Rd"))
    tools::Rd2ex("dat.smith2026.Rd", "example.R", commentDontrun = FALSE)
    source("example.R", echo = TRUE)
    cat("rows", nrow(dat), "\\n")
    """
    lines = run_r(script, tmp_path)
    assert not [line for line in lines if "warning" in line.lower() or "checkRd" in line], lines
    assert lines[-1].strip() == "rows 13"


def test_a_frame_without_arms_gives_empty_files(make_paper: Make, tmp_path: Path) -> None:
    events = "row,event,grade,n,percent\n1,Fatigue,any,20,39.2\n"
    lone = make_paper("jones2026", table4=Exhibit("adverse_events", events, cohort_n="51"))
    write_analysis([lone], tmp_path / "out", "luo-wan-shi")
    assert pd.read_csv(tmp_path / "out" / "revman_study_results.csv").empty
    with zipfile.ZipFile(tmp_path / "out" / PACKAGE_FILE) as package:
        assert len(package.namelist()) == 3


def test_the_crate_leads_from_the_pdf_to_the_rulings() -> None:
    """RO-Crate 1.3: a flat graph, one descriptor, a root that lists its files, and no reference that leads nowhere."""
    paper = read_paper(CURATED / "li2024", SHIPPED_VERDICTS)
    crate = json.loads(crate_of([paper], {"one_arm.csv": "Counts", "references.ris": "Papers"}))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = entities["./"]
    assert {"name", "description", "datePublished", "license", "hasPart"} <= root.keys()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root["datePublished"])
    run = entities["#read-li2024"]
    assert len(entities[run["object"]["@id"]]["sha256"]) == 64
    assert {"#doubletake", "#camelot-2.0.0"} <= {item["@id"] for item in run["instrument"]}
    assert {"@id": "../li2024/table2.csv"} in run["result"]
    rulings = [entity for entity in entities.values() if entity["@type"] == "AssessAction"]
    assert len(rulings) == len(paper.rulings) > 0
    assert all(entities[ruling["agent"]["@id"]]["@type"] == "Person" and ruling["endTime"] for ruling in rulings)
    outside = ("https://",)
    for entity in entities.values():
        for value in entity.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    assert item["@id"] in entities or item["@id"].startswith(outside), item
