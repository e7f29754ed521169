"""Effects and median times."""

from math import exp
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner

from extract.commands.cli import main
from extract.publishing.analysis.papers import read_paper
from tests.extract.publishing.analysis.conftest import Exhibit, Make, picked, rows_of

RATIOS = """\
row,outcome,characteristic,comparison,model,hazard_ratio,ci_low,ci_high,ci_level,p
1,PFS,ECOG,0-1 vs 2-3,univariate,0.32,0.16,0.63,95,0.001
1,OS,ECOG,0-1 vs 2-3,univariate,0.32,0.11,0.94,,<0.05
2,PFS,Age,young vs old,multivariate,0.004,0.00,0.94,95,0.04
3,PFS,Sex,men vs women,multivariate,1.10,0.72,,95,0.6
"""
EFFECTS = """\
row,cell,outcome,arm,versus,statistic,unit,measure,estimate,se,ci_low,ci_high,ci_level,p,adjusted
1,4,Cured,Drug,Placebo,difference,,,-3.5,,-5.0,-2.0,95,,
2,4,Cured,Drug,Placebo,effect,,OR,1.50,,1.00,2.25,90,0.03,adjusted
3,4,Slope,Drug,Placebo,effect,,beta,0.40,0.10,,,,,
4,4,Cured,Drug,Placebo,effect,,OR,1.50,0.30,,,,,
5,4,Rate,Drug,,effect,,incidence,4.2,,3.1,5.3,95,,
"""


def test_hazard_ratios_are_logarithms_with_receipts(make_paper: Make) -> None:
    paper = make_paper(table2=Exhibit("hazard_ratios", RATIOS))
    rows = rows_of(paper, "effects")
    names = (
        "id",
        "outcome",
        "section",
        "subgroup",
        "measure",
        "yi",
        "sei",
        "ci_level",
        "ci_level_from",
        "p",
        "adjusted",
    )
    assert picked(rows, *names) == [
        (
            *(
                "smith2026.table2.1.PFS",
                "PFS",
                "ECOG",
                "0-1 vs 2-3",
                "HR",
                "-1.139434283",
                "0.3496355073",
                "95",
                "printed",
            ),
            *("0.001", "univariate"),
        ),
        (
            *(
                "smith2026.table2.1.OS",
                "OS",
                "ECOG",
                "0-1 vs 2-3",
                "HR",
                "-1.139434283",
                "0.5473058501",
                "95",
                "assumed",
            ),
            *("", "univariate"),
        ),
    ]
    first = rows[0]
    assert (first["yi_from"], first["yi_formula"]) == ("hazard_ratio", "ln(hazard_ratio)")
    assert first["sei_formula"] == "(ln(ci_high) - ln(ci_low)) / (2 * 1.9600)"
    assert float(first["sei_low"]) < float(first["sei"]) < float(first["sei_high"])
    assert first["printed"] == "hazard_ratio=0.32 | ci_low=0.16 | ci_high=0.63 | ci_level=95 | p=0.001"
    assert rows[1]["printed"].endswith("p=<0.05")
    assert picked(rows_of(paper, "left_out"), "id", "reason") == [
        ("smith2026.table2.2.PFS", "a limit of the ratio may be 0, which has no logarithm")
    ]


def test_effects_of_results(make_paper: Make) -> None:
    paper = make_paper(table3=Exhibit("results", EFFECTS))
    assert picked(
        rows_of(paper, "effects"), "row", "scale", "scale_from", "yi", "sei", "sei_from", "p", "adjusted"
    ) == [
        ("1", "linear", "statistic", "-3.5", "0.7653201854", "ci", "", ""),
        ("2", "log", "measure", "0.4054651081", "0.2465052826", "ci", "0.03", "adjusted"),
        ("3", "linear", "statistic", "0.40", "0.10", "", "", ""),
    ]
    assert picked(rows_of(paper, "left_out"), "row", "wanted", "reason") == [
        ("5", "effects", "intervals of such a measure need not be symmetric"),
        ("4", "effects", "the standard error may be of the ratio or of its logarithm"),
    ]


def test_medians_of_the_text_are_those_of_the_results_of_a_trial(make_paper: Make) -> None:
    text = """\
row,section,text,measure,subject,value,unit,ci_low,ci_high,ci_level
1,abstract,PFS was 5.8 months,pfs_median,,5.8,months,4.8,6.8,
2,results,The median PFS was 5.8 months,pfs_median,all,5.8,months,4.8,6.8,95
3,results,median OS was not reached,os_median,ASPS,not reached,months,,,
4,results,followed for 12 months,followup_median,,12,months,,,
"""
    paper = make_paper(claims=Exhibit("claims", text))
    assert picked(rows_of(paper, "survival"), "row", "outcome", "arm", "median", "ci.lb", "ci.ub", "unit") == [
        ("2", "PFS", "all", "5.8", "4.8", "6.8", "months"),
        ("3", "OS", "ASPS", "", "", "", "months"),
    ]
    plot = "row,kind,label,total,events\n1,study,Lee 2010,40,4\n"
    review = make_paper("review2026", claims=Exhibit("claims", text), fig1=Exhibit("forest", plot))
    assert rows_of(review, "survival") == []


def test_medians_of_tables_are_survival_where_the_row_says_so(make_paper: Make) -> None:
    text = """\
row,cell,outcome,arm,arm_n,statistic,unit,median,q1,q3,ci_low,ci_high,ci_level
1,2,Progression-free survival,Drug,53,median,months,8.1,,,6.0,9.9,95
1,3,Progression-free survival,Placebo,51,median,months,5.2,,,4.1,6.6,95
2,2,Age,Drug,53,median,years,54,40,60,,,
"""
    paper = make_paper(table2=Exhibit("results", text))
    assert picked(rows_of(paper, "survival"), "id", "arm", "n", "median", "ci.lb", "ci.ub", "ci_level") == [
        ("smith2026.table2.1.2", "Drug", "53", "8.1", "6.0", "9.9", "95"),
        ("smith2026.table2.1.3", "Placebo", "51", "5.2", "4.1", "6.6", "95"),
    ]


LOG_RANK = """\
row,cell,outcome,arm,statistic,value,measure,estimate,ci_low,ci_high
1,2,Overall survival,HEAD,value,-6.4,,,,
1,3,Overall survival,VARIANCE,value,9.1,,,,
2,2,Overall survival,HEAD,value,-5.2,,,,
2,3,Overall survival,VARIANCE,value,18.0,,,,
2,4,Overall survival,,effect,,HR,0.75,0.47,1.19
3,2,Overall survival,HEAD,value,<1,,,,
3,3,Overall survival,VARIANCE,value,18.0,,,,
4,2,Overall survival,HEAD,value,0.1,,,,
4,3,Overall survival,VARIANCE,value,0.0,,,,
5,2,Overall survival,Observed,value,12,,,,
5,3,Overall survival,VARIANCE,value,18.0,,,,
"""


@pytest.mark.parametrize(
    ("head", "variance"),
    [("O-E", "V"), ("Logrank O–E", "Variance"), ("Observed minus expected", "Var. of O-E"), ("(O − E)", "Var(O-E)")],
)
def test_observed_less_expected_gives_a_hazard_ratio(head: str, variance: str, make_paper: Make) -> None:
    """Row 1 is the worked example of Tierney 2007 in the tests of the conversions: HR 0.49."""
    text = LOG_RANK.replace("HEAD", head).replace("VARIANCE", variance)
    paper = make_paper(table2=Exhibit("results", text, "Log-rank tests"))
    first, second = rows_of(paper, "effects")
    assert exp(float(second["yi"])) == pytest.approx(0.4949, abs=1e-4)
    assert float(second["sei"]) == pytest.approx(0.3315, abs=1e-4)
    assert float(second["yi_low"]) < float(second["yi"]) < float(second["yi_high"])
    assert (second["yi_from"], second["yi_formula"], second["sei_formula"]) == ("o_e", "(O - E) / V", "1 / sqrt(V)")
    assert second["printed"] == f"{head}=-6.4 | {variance}=9.1"
    assert (second["measure"], second["scale"], second["outcome"]) == ("HR", "log", "Overall survival")
    assert (first["row"], first["yi_from"]) == ("2", "estimate")  # the printed effect goes before
    assert picked(rows_of(paper, "left_out"), "row", "reason") == [
        ("3", "O - E and V are not both plain numbers"),
        ("4", "V may be 0"),
    ]


@pytest.mark.parametrize(
    ("caption", "measure"), [("Peto odds ratios", "OR"), ("Deaths", ""), ("Odds of death in survival", "")]
)
def test_the_words_say_which_ratio_it_is(caption: str, measure: str, make_paper: Make) -> None:
    text = "".join(LOG_RANK.replace("HEAD", "O-E").replace("VARIANCE", "V").splitlines(keepends=True)[:3])
    paper = make_paper(table2=Exhibit("results", text.replace("Overall survival", "Deaths"), caption))
    assert [row["measure"] for row in rows_of(paper, "effects")] == ([measure] if measure else [])
    assert len(rows_of(paper, "left_out")) == (not measure)


def test_a_printed_table_of_o_e_and_v_is_read_to_hazard_ratios(tmp_path: Path) -> None:
    rows = ["[Overall survival],[95],[-6.4],[9.1]", "[Progression-free survival],[130],[-12.2],[31.9]"]
    table = ",\n".join(["table.hline()", "[Outcome],[Observed],[O-E],[V]", "table.hline()", *rows, "table.hline()"])
    page = "#set page(width: 595pt, height: 791pt)\n#strong[Table 2] Log-rank tests of deaths by arm\n\n"
    (tmp_path / "a.typ").write_text(f"{page}#table(columns: 4, stroke: none,\n{table})\n", encoding="utf-8")
    typst.compile(tmp_path / "a.typ", output=str(tmp_path / "a.pdf"))
    CliRunner().invoke(main, ["check", str(tmp_path / "a.pdf"), "--out", str(tmp_path / "trial"), "-q"])
    rows_read = rows_of(read_paper(tmp_path / "trial"), "effects")
    assert [(row["measure"], row["outcome"], f"{exp(float(row['yi'])):.2f}") for row in rows_read] == [
        ("HR", "Overall survival", "0.49"),
        ("HR", "Progression-free survival", "0.68"),
    ]
