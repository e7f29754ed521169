"""Effects and median times."""

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
