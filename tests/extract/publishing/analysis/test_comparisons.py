"""Arms beside each other: two_arm, metapsy and network, and the means in them."""

import pytest

from tests.extract.publishing.analysis.conftest import Exhibit, Make, picked, rows_of

HEAD = (
    "row,cell,section,outcome,level,unit,timepoint,arm,versus,arm_n,statistic,n,percent,mean,sd,se,median,q1,q3,"
    "low,high,ci_low,ci_high,ci_level\n"
)
PLACES = HEAD.strip().split(",")


def results(*rows: dict[str, str]) -> Exhibit:
    lines = [",".join(row.get(name, "") for name in PLACES) for row in rows]
    return Exhibit("results", HEAD + "\n".join(lines) + "\n", "Outcomes at the end of treatment")


def count(row: int, cell: str, arm: str, n: str, of: str, **more: str) -> dict[str, str]:
    return {
        "row": str(row),
        "cell": cell,
        "outcome": "Cured",
        "arm": arm,
        "arm_n": of,
        "statistic": "count",
        "n": n,
        **more,
    }


def mean(row: int, cell: str, arm: str, of: str, **numbers: str) -> dict[str, str]:
    kind = "mean" if "mean" in numbers else "median"
    return {"row": str(row), "cell": cell, "outcome": "Pain", "arm": arm, "arm_n": of, "statistic": kind, **numbers}


def test_every_two_arms_are_a_row_and_all_patients_are_none(make_paper: Make) -> None:
    paper = make_paper(
        table2=results(
            count(1, "2", "All patients", "30", "100"),
            count(1, "3", "Placebo", "8", "33", timepoint=""),
            count(1, "4", "Low dose", "10", "33"),
            count(1, "5", "High dose", "12", "34"),
        )
    )
    assert picked(rows_of(paper, "two_arm"), "id", "arm1", "arm2", "ai", "n1i", "ci", "n2i") == [
        ("smith2026.table2.1.3-4", "Placebo", "Low dose", "8", "33", "10", "33"),
        ("smith2026.table2.1.3-5", "Placebo", "High dose", "8", "33", "12", "34"),
        ("smith2026.table2.1.4-5", "Low dose", "High dose", "10", "33", "12", "34"),
    ]
    names = ("condition_arm1", "multi_arm1", "multi_arm2", "outcome_type", "event_arm1", "totaln_arm2")
    assert picked(rows_of(paper, "metapsy"), *names)[1] == ("Placebo", "Placebo", "High dose", "Cured", "8", "34")
    network = rows_of(paper, "network")
    assert picked(network, "studlab", "treatment", "event", "n", "set") == [
        ("smith2026", "Placebo", "8", "33", "smith2026.table2.1.3"),
        ("smith2026", "Low dose", "10", "33", "smith2026.table2.1.3"),
        ("smith2026", "High dose", "12", "34", "smith2026.table2.1.3"),
    ]


def test_cells_of_other_time_points_are_not_compared(make_paper: Make) -> None:
    cells = [
        count(1, str(2 + place), arm, str(10 + place), "50", timepoint=time)
        for place, (arm, time) in enumerate(
            [("A", "3 months"), ("B", "3 months"), ("A", "6 months"), ("B", "6 months")]
        )
    ]
    paper = make_paper(table2=results(*cells))
    found = picked(rows_of(paper, "metapsy"), "time", "time_weeks_from", "event_arm1", "event_arm2")
    assert found == [("3 months", "months", "10", "11"), ("6 months", "months", "12", "13")]


def test_arms_in_rows_are_compared_within_their_column(make_paper: Make) -> None:
    paper = make_paper(table2=results(count(1, "2", "A", "10", "50"), count(2, "2", "B", "12", "50")))
    assert picked(rows_of(paper, "two_arm"), "id", "ai", "ci") == [("smith2026.table2.1.2-2.2", "10", "12")]


def test_two_cells_of_an_arm_are_compared_with_none(make_paper: Make) -> None:
    cells = [count(1, str(2 + place), arm, "9", "50") for place, arm in enumerate("AABB")]
    paper = make_paper(table2=results(*cells))
    assert rows_of(paper, "two_arm") == []
    assert len(rows_of(paper, "one_arm")) == 4
    assert {row["reason"] for row in rows_of(paper, "left_out")} == {
        "an arm has several cells, and nothing tells which of them are to be compared"
    }


def test_means_printed_and_converted(make_paper: Make) -> None:
    paper = make_paper(
        table2=results(
            mean(1, "2", "A", "40", mean="5.1", sd="1.2"),
            mean(1, "3", "B", "36", mean="4.0", se="0.25"),
            mean(2, "2", "A", "25", mean="32", ci_low="30", ci_high="34", outcome="Score"),
            mean(2, "3", "B", "20", median="6", q1="4", q3="10", outcome="Score"),
        )
    )
    rows = rows_of(paper, "two_arm")
    assert picked(rows, "id", "m1i", "sd1i", "sd1i_from", "m2i", "sd2i", "sd2i_from") == [
        ("smith2026.table2.1.2-3", "5.1", "1.2", "", "4.0", "1.5", "se"),
        ("smith2026.table2.2.2-3", "32", "4.845199365", "ci", "6.7195", "4.787076043", "median_quartiles"),
    ]
    second = rows[1]
    assert second["m2i_from"] == "median_quartiles"
    assert second["m2i_formula"] == "0.7195 * (q1 + q3) / 2 + 0.2805 * median, Luo 2018, n = 20"
    assert float(second["sd2i_low"]) < 4.787 < float(second["sd2i_high"])
    assert second["printed2"] == "median=6 | q1=4 | q3=10 | arm_n=20"
    assert picked(rows_of(paper, "metapsy"), "outcome_type", "mean_arm1", "sd_arm2", "n_arm2") == [
        ("msd", "5.1", "1.5", "36"),
        ("msd", "32", "4.787076043", "20"),
    ]


def test_skewed_quantiles_are_left_out_unless_mcgrath_is_asked(make_paper: Make) -> None:
    skewed = {"median": "6", "q1": "5.5", "q3": "20"}
    paper = make_paper(table2=results(mean(1, "2", "A", "200", **skewed), mean(1, "3", "B", "200", **skewed)))
    assert rows_of(paper, "two_arm") == []
    assert rows_of(paper, "left_out")[0]["reason"] == "the values are skewed (Shi 2023)"
    [row] = rows_of(paper, "two_arm", "mcgrath")
    assert "distribution fitted to the quantiles, McGrath 2020, n = 200" in row["m1i_formula"]


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ({"mean": "5.1"}, "no standard deviation, standard error, interval or quartiles are printed"),
        ({"median": "5.1"}, "neither quartiles nor a range is printed"),
        ({"median": "5.1", "q1": "7", "q3": "9"}, "the numbers are not in order"),
    ],
)
def test_means_that_cannot_be_had(numbers: dict[str, str], reason: str, make_paper: Make) -> None:
    paper = make_paper(table2=results(mean(1, "2", "A", "40", **numbers), mean(1, "3", "B", "40", **numbers)))
    assert [row["reason"] for row in rows_of(paper, "left_out")] == [reason, reason]


def test_the_arms_of_the_studies_of_a_plot(make_paper: Make) -> None:
    text = """\
row,kind,group,label,measure,arm1_events,arm1_total,arm2_events,arm2_total,arm1_mean,arm1_sd,arm2_mean,arm2_sd,estimate,ci_low,ci_high
1,study,Adults,Lee 2010,RR,7,25,4,25,,,,,1.75,0.58,5.24
2,study,Adults,Kim 2012,MD,,30,,31,20,10,31,9.5,-11.00,-16.06,-5.94
3,study,Adults,Fu 2013,RR,30,25,4,25,,,,,7.5,2,20
4,overall,,Total,RR,7,55,4,56,,,,,1.75,0.58,5.24
"""
    paper = make_paper(fig1=Exhibit("forest", text, "Cure"))
    assert picked(rows_of(paper, "two_arm"), "id", "study", "ai", "n1i", "m1i", "sd2i") == [
        ("smith2026.fig1.1.arm1-arm2", "Lee 2010", "7", "25", "", ""),
        ("smith2026.fig1.2.arm1-arm2", "Kim 2012", "", "30", "20", "9.5"),
    ]
    assert [row["study"] for row in rows_of(paper, "left_out")] == ["Fu 2013"]
    assert picked(rows_of(paper, "effects"), "study", "scale", "yi", "ci.lb") == [
        ("Lee 2010", "log", "0.5596157879", "-0.5447271754"),
        ("Kim 2012", "linear", "-11.00", "-16.06"),
        ("Fu 2013", "log", "2.014903021", "0.6931471806"),
    ]
