"""Rows of plots in the styles of the usual programs, drawn with letters."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from extract.forests.finding import find_panels
from extract.forests.plot import Canvas, PlotRow
from extract.forests.text.rows import read_rows

Draw = Callable[..., Canvas]

REVMAN = """
                         Experimental        Control                   Odds Ratio               Odds Ratio
Study or Subgroup      Events   Total    Events   Total   Weight   M-H, Fixed, 95% CI   Year  M-H, Fixed, 95% CI
1.1.1 High dose
Imamura et al^^67        32       45        13      23     10.7%     1.89 [0.66, 5.39]    2003
Origone et al 2004       33       39        29      37      9.9%     1.52 [0.47, 4.89]    2004
Tzen et al 2007           0       65         0      63               Not estimable        2007
Subtotal (95% CI)                149               123     20.6%     1.70 [0.80, 3.60]
Total events             65                 42
Heterogeneity: Chi² = 0.23, df = 1 (P = 0.63); I² = 0%
Test for overall effect: Z = 1.39 (P = 0.16)

1.1.2 Low dose
Wozniak 2012            210      288        64      98     79.4%     1.43 [0.88, 2.34]    2012
Subtotal (95% CI)                288                98     79.4%     1.43 [0.88, 2.34]
Total events            210                 64
Heterogeneity: Not applicable

Total (95% CI)                   437               221    100.0%     1.51 [1.05, 2.17]
Total events            275                106
Heterogeneity: Tau² = 0.01; Chi² = 0.40, df = 2 (P < 0.00001); I² = 12%
Test for overall effect: Z = 2.22 (P = 0.03)                                      0.01   0.1    1    10    100
Test for subgroup differences: Chi² = 0.15, df = 1 (P = 0.70), I² = 0%            Favours [exp]   Favours [control]
"""

STATA = """
Study                                                                        %
ID                                                         ES (95% CI)       Weight

ICHD-2
Naderi (2001)                                              0.09 (0.06, 0.11)   3.40
Seyed Saadat (2014)                                        0.24 (0.19, 0.28)   3.18
Subtotal  (I-squared = 96.7%, p = 0.000)                   0.17 (0.13, 0.21)   48.86
.
ICHD-1
Yousefi (2001)                                             (Excluded)          0.00
Ayatollahi (2002)                                          0.06 (0.05, 0.07)   3.45
Subtotal  (I-squared = .%, p = .)                          0.06 (0.05, 0.07)   51.14
.
Overall  (I-squared = 98.9%, p = 0.000)                    0.14 (0.12, 0.17)   100.00
NOTE: Weights are from random effects analysis
                              -.534            0            .534
"""

R_META = """
               Haloperidol         Placebo                                               Weight    Weight
Study          Events   Total   Events   Total      Risk Ratio       RR        95%-CI  (common)  (random)

Garry (1962)       7      25       4       25                       1.75  [0.58;  5.24]    4.7%      6.7%
Durost (1964)     11      19       1       15                       8.68  [1.26; 59.95]    1.3%      2.8%

Common effect model       44               40                       2.09  [1.69;  2.59]  100.0%        --
Random effects model                                                2.15  [1.51;  3.06]      --    100.0%
Prediction interval                                                       [0.81;  5.67]
Heterogeneity: I² = 41%, τ² = 0.1754, p = 0.04
                                      0.01   0.1   1   10   100
                                      Favours placebo  Favours haloperidol
"""

GENERIC = """
Study        log[Hazard Ratio]      SE    Weight    Hazard Ratio IV, Random, 95% CI
Mok 2009           -0.7340       0.0920    55.1%        0.48 [0.40, 0.57]
Zhou 2011          -1.8326       0.2510    44.9%        0.16 [0.10, 0.26]
Total (95% CI)                            100.0%        0.29 [0.10, 0.85]
"""

MEANS = """
                     Posterior            Anterior                 Mean Difference
Study or Subgroup   Mean    SD   Total   Mean    SD   Total   Weight   IV, Fixed, 95% CI
Kim 2006             22     11     29     33     11     29      5.0%   -11.00 [-16.66, -5.34]
Fu 2009            14.1    4.8     25   19.6    6.9     54     22.9%    −5.50 [−8.13, −2.87]
Total (95% CI)                     54                   83    100.0%    -5.80 [-7.06, -4.54]
"""

PROPORTIONS = """
Study              Treatment              Total   CR   PR      ES (95% CI)         Weight (%)
ICI monotherapy
Chawla 2022        atezolizumab              42    0    0      0.00 (0.00, 0.08)     8.67
Naing 2021         pacmilimab                17    0    1      0.06 (0.00, 0.29)     7.15
Subtotal  (I^2 = 80.66%, p = 0.00)                             0.11 (0.04, 0.20)   100.00
Heterogeneity between groups: p = 0.110
Overall  (I^2 = 75.52%, p = 0.00);                             0.16 (0.12, 0.21)
"""


def rows_in(canvas: Canvas) -> list[PlotRow]:
    [panel] = find_panels(canvas)
    return read_rows(panel)


def some(row: PlotRow, *names: str) -> tuple[str, ...]:
    return tuple(row.values.get(name, "") for name in names)


def names_of(rows: list[PlotRow]) -> list[tuple[str, ...]]:
    return [some(row, "kind", "group", "label") for row in rows]


def without(values: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value and name not in names}


def test_revman_with_subgroups(draw: Draw) -> None:
    rows = rows_in(draw(REVMAN))
    assert names_of(rows) == [
        ("study", "1.1.1 High dose", "Imamura et al 2003"),
        ("study", "1.1.1 High dose", "Origone et al 2004"),
        ("study", "1.1.1 High dose", "Tzen et al 2007"),
        ("subtotal", "1.1.1 High dose", "Subtotal (95% CI)"),
        ("heterogeneity", "1.1.1 High dose", "Heterogeneity"),
        ("study", "1.1.2 Low dose", "Wozniak 2012"),
        ("subtotal", "1.1.2 Low dose", "Subtotal (95% CI)"),
        ("overall", "", "Total (95% CI)"),
        ("heterogeneity", "", "Heterogeneity"),
        ("heterogeneity", "", "between groups"),
    ]
    arms = ("arm1_events", "arm1_total", "arm2_events", "arm2_total", "weight")
    assert some(rows[0], *arms) == ("32", "45", "13", "23", "10.7")
    assert some(rows[3], *arms, "z") == ("65", "149", "42", "123", "20.6", "1.39")
    assert some(rows[7], *arms, "z") == ("275", "437", "106", "221", "100.0", "2.22")
    assert some(rows[8], "tau2", "q", "df", "p", "i2") == ("0.01", "0.40", "2", "<0.00001", "12")
    assert (rows[0].marks, rows[7].marks) == ({"label": "67"}, {"z": "p=0.03"})
    assert some(rows[2], "estimate", *arms) == ("", "0", "65", "0", "63", "")
    assert rows[2].marks == {"estimate": "Not estimable"}


def test_stata_with_groups_and_an_excluded_study(draw: Draw) -> None:
    rows = rows_in(draw(STATA))
    assert names_of(rows) == [
        ("study", "ICHD-2", "Naderi (2001)"),
        ("study", "ICHD-2", "Seyed Saadat (2014)"),
        ("subtotal", "ICHD-2", "Subtotal"),
        ("study", "ICHD-1", "Yousefi (2001)"),
        ("study", "ICHD-1", "Ayatollahi (2002)"),
        ("subtotal", "ICHD-1", "Subtotal"),
        ("overall", "", "Overall"),
    ]
    assert some(rows[2], "i2", "p", "weight") == ("96.7", "0.000", "48.86")
    assert rows[3].marks == {"estimate": "Excluded"}
    assert some(rows[3], "estimate", "weight") == ("", "0.00")
    assert rows[5].marks == {"i2": ".", "p": "."}
    assert some(rows[6], "estimate", "ci_low", "ci_high") == ("0.14", "0.12", "0.17")


def test_r_meta_with_two_weights_and_a_prediction_interval(draw: Draw) -> None:
    rows = rows_in(draw(R_META))
    assert names_of(rows)[2:] == [
        ("overall", "", "Common effect model"),
        ("overall", "", "Random effects model"),
        ("heterogeneity", "", "Heterogeneity"),
    ]
    assert some(rows[0], "arm1_events", "arm1_total", "arm2_events", "arm2_total") == ("7", "25", "4", "25")
    assert [row.values.get("weight", "") for row in rows] == ["4.7", "1.3", "100.0", "", ""]
    assert some(rows[3], "prediction_low", "prediction_high") == ("0.81", "5.67")
    assert some(rows[4], "i2", "tau2", "p") == ("41", "0.1754", "0.04")


def test_a_logarithm_and_its_standard_error_are_not_read_as_estimates(draw: Draw) -> None:
    rows = rows_in(draw(GENERIC))
    assert without(rows[0].values, "kind", "group") == {
        "label": "Mok 2009",
        "weight": "55.1",
        "estimate": "0.48",
        "ci_low": "0.40",
        "ci_high": "0.57",
    }


def test_means(draw: Draw) -> None:
    rows = rows_in(draw(MEANS))
    assert some(rows[1], *(f"arm{arm}_{name}" for arm in (1, 2) for name in ("mean", "sd", "total"))) == (
        *("14.1", "4.8", "25"),
        *("19.6", "6.9", "54"),
    )
    assert some(rows[1], "estimate", "ci_low", "ci_high") == ("-5.50", "-8.13", "-2.87")
    assert some(rows[2], "arm1_total", "arm2_total") == ("54", "83")


def test_proportions_with_treatments(draw: Draw) -> None:
    rows = rows_in(draw(PROPORTIONS))
    assert without(rows[1].values, "kind", "estimate", "ci_low", "ci_high") == {
        "group": "ICI monotherapy",
        "label": "Naing 2021",
        "treatment": "pacmilimab",
        "total": "17",
        "cr": "0",
        "pr": "1",
        "weight": "7.15",
    }
    assert some(rows[2], "kind", "treatment", "i2", "p") == ("subtotal", "", "80.66", "0.00")
    assert without(rows[3].values) == {"kind": "heterogeneity", "label": "between groups", "p": "0.110"}
    assert some(rows[4], "kind", "group", "i2") == ("overall", "", "75.52")


def test_a_label_over_two_lines(draw: Draw) -> None:
    picture = """
Study              Treatment                 Total         ES (95% CI)         Weight (%)


Kelly 2020         pembrolizumab+T-VEC          20        0.20 (0.06, 0.44)     27.50


Toulmonde 2024     avelumab+JX-594              14        0.21 (0.05, 0.51)     20.27
                   +cyclophosphamide

Overall (I^2 = 12%, p = 0.20)                             0.20 (0.10, 0.40)    100.00
"""
    rows = rows_in(draw(picture))
    assert [some(row, "label", "treatment") for row in rows] == [
        ("Kelly 2020", "pembrolizumab+T-VEC"),
        ("Toulmonde 2024", "avelumab+JX-594 +cyclophosphamide"),
        ("Overall", ""),
    ]


def test_subgroups_of_one_trial(draw: Draw) -> None:
    picture = """
Subgroup           No. of studies       Hazard ratio (95% CI)         I²      P value
Age
  <65 years              12             0.75 (0.60, 0.94)            19.4      0.29
  ≥65 years               9             0.81 (0.59–1.11)              0.0      0.88
Sex
  Female                  1             0.70 (0.50, 0.98)             NA        NA
                                  0.5    1    2
                      Favours drug     Favours placebo
"""
    rows = rows_in(draw(picture))
    assert names_of(rows) == [
        ("subgroup", "Age", "<65 years"),
        ("subgroup", "Age", "≥65 years"),
        ("subgroup", "Sex", "Female"),
    ]
    assert some(rows[1], "n_studies", "i2", "p", "estimate", "ci_high") == ("9", "0.0", "0.88", "0.81", "1.11")
    assert rows[2].marks == {"i2": "NA", "p": "NA"}


def test_letters_of_panels_are_not_part_of_the_headings_beside_them(draw: Draw) -> None:
    picture = """
    Study          HR (95% CI)          Weight
  A Below 20%
    Handa 1999     1.83 (0.64, 5.24)     13.44
    Li 2010        2.41 (1.20, 4.86)     14.85
    Subtotal       2.20 (1.30, 3.70)     28.29
  B Above 20%
    Weber 2001     2.44 (1.60, 3.72)     71.71
    Overall        2.30 (1.60, 3.30)    100.00
"""
    assert [some(row, "group") for row in rows_in(draw(picture))] == [
        *[("Below 20%",)] * 3,
        ("Above 20%",),
        ("",),
    ]


def test_limits_in_columns_of_their_own(draw: Draw) -> None:
    picture = """
Study name             Statistics for each study                        Odds ratio and 95% CI
                    Odds    Lower    Upper
                    ratio   limit    limit   Z-Value   p-Value
Mok 2009            0.480   0.400    0.570    -8.121    0.000
Zhou 2011           0.160   0.100    0.260    -7.518    0.000
Fixed effect model  0.400   0.340    0.470   -11.100    0.000
                                                            0.01    0.1    1    10    100
                                                            Favours A          Favours B
"""
    rows = rows_in(draw(picture))
    assert [some(row, "kind", "label") for row in rows] == [
        ("study", "Mok 2009"),
        ("study", "Zhou 2011"),
        ("overall", "Fixed effect model"),
    ]
    assert some(rows[1], "estimate", "ci_low", "ci_high", "z", "p") == ("0.160", "0.100", "0.260", "-7.518", "0.000")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("SMD      Standard  Variance   Lower    Upper     Z-value", "         error                limit    limit"),
        ("Std diff  Std                  Lower    Upper     Z-value", "in means  Err       Variance   limit    limit"),
        ("Hedges's                                        ", "g         SE        Var        Lower    Upper     Z"),
    ],
)
def test_columns_between_the_estimate_and_its_limits(upper: str, lower: str, draw: Draw) -> None:
    """A standard error and a variance beside the limits are no estimates, also where they lie between the limits."""
    picture = f"""
Study               {upper}
                    {lower}
Chengappa et al      0.17      0.31      0.09      -0.43     0.77      0.56
Ko et al            -0.20      0.33      0.11      -0.85     0.45     -0.61
Liu 2009            -0.59      0.28      0.08      -1.14    -0.04     -2.09
Pooled studies      -0.29      0.18      0.03      -0.64     0.06     -1.61
                                                                                 -4    -2    0    2    4
                                                                                 Favors A    Favors B
"""
    rows = rows_in(draw(picture))
    assert [row.values["estimate"] for row in rows] == ["0.17", "-0.20", "-0.59", "-0.29"]
    assert some(rows[1], "label", "ci_low", "ci_high", "z") == ("Ko et al", "-0.85", "0.45", "-0.61")


DAMAGED = """
Study                                 RR (95% CI)             Weight

Zhao 2015                             1.00 (0.23, 4.37)        9.67
{row}
Chen 2012                             1.25 (0.64, 2.42)       22.37
Li 2006                               1.84 (0.75, 4.50)       11.40
Wang 2012                             1.78 (1.07, 2.98)       43.82
Overall  (I-squared = 0.0%, p = 0.9)  1.47 (1.20, 1.80)      100.00
"""


@pytest.mark.parametrize(
    ("interval", "doubted"),
    [
        ("1.54 (0.71, 3 30)", "ci_high"),
        ("154 (0.71, 3.30)", "estimate"),
        ("1.54 (0.71.3.30)", "ci_low ci_high"),
        ("1.54 (0.71.330)", "ci_low ci_high"),
        ("154 (0 71 330)", "estimate ci_low ci_high"),
        ("1.54 (0.71, 3.30", "ci_low ci_high"),
    ],
)
def test_an_interval_that_lost_a_sign_is_a_row_with_flags(interval: str, doubted: str, draw: Draw) -> None:
    rows = rows_in(draw(DAMAGED.format(row=f"Dong 2015                             {interval:22}  12.74")))
    assert [row.values["label"] for row in rows] == [
        "Zhao 2015",
        "Dong 2015",
        *["Chen 2012", "Li 2006", "Wang 2012", "Overall"],
    ]
    assert some(rows[1], "estimate", "ci_low", "ci_high", "weight") == ("1.54", "0.71", "3.30", "12.74")
    assert [(flag.column, flag.code) for flag in rows[1].flags] == [(name, "RDR003") for name in doubted.split()]
    assert not any(row.flags for i, row in enumerate(rows) if i != 1)


def test_a_number_that_is_cut_in_two_is_one(draw: Draw) -> None:
    """A typeface with wide spaces around a 1: no digit is in doubt."""
    rows = rows_in(draw(DAMAGED.format(row="Dong 2015                             1 .54 [0.7 1 , 3.30]     12.74")))
    assert some(rows[1], "label", "estimate", "ci_low", "ci_high") == ("Dong 2015", "1.54", "0.71", "3.30")
    assert not any(row.flags for row in rows)


@pytest.mark.parametrize("head", ["Events/Total", "n/N"])
def test_counts_of_a_total_in_one_column(draw: Draw, head: str) -> None:
    picture = f"""
Study            {head:14}  {head:14}   OR (95% CI)            Weight
Mok 2009         12/42           15/40            0.66 (0.27, 1.65)      60.0%
Zhou 2011        3/20            6/22             0.47 (0.10, 2.21)      40.0%
Overall (I² = 0%)                                 0.60 (0.28, 1.30)      100%
"""
    row = rows_in(draw(picture))[1]
    names = ("arm1_events", "arm1_total", "arm2_events", "arm2_total")
    assert some(row, *names) == ("3", "20", "6", "22")


def test_rows_know_their_place_and_words(draw: Draw) -> None:
    row = rows_in(draw(GENERIC))[1]
    assert row.place.top == 50 + 2 * 12
    assert [word.text for word in row.words["ci_low"]] == ["[0.10,"]
    assert row.box.page == 1


def test_heads_over_the_columns_of_both_arms(draw: Draw) -> None:
    """One head over two arms names both; rates beside the counts are no counts; P for interaction is no treatment."""
    picture = """
                   Drug    Placebo      Drug    Placebo     Hazard ratio           P for treatment
Subgroup           Number of events     Event rate (%)      (95% CI)               interaction

Overall            585      351         44.91    57.56       0.78 (0.67, 0.91)
Asian               97       72         26.67    43.39       0.61 (0.43, 0.89)      P = 0.1890
Non-Asian          488      279         52.59    63.74       0.83 (0.69, 0.98)
Men                541      321         41.21    53.56       0.77 (0.66, 0.90)
Women               44       30         46.67    58.39       0.79 (0.43, 1.45)      P = 0.7512
                                                                        0.25  0.5  1  2
                                                                        Favours A   Favours B
"""
    rows = rows_in(draw(picture))
    counts = [some(row, "arm1_events", "arm2_events", "estimate", "treatment") for row in rows]
    assert counts == [
        ("585", "351", "0.78", ""),
        ("97", "72", "0.61", ""),
        ("488", "279", "0.83", ""),
        ("541", "321", "0.77", ""),
        ("44", "30", "0.79", ""),
    ]


def test_counts_with_their_rate_in_one_column(draw: Draw) -> None:
    picture = """
Study            Events/N/rate     Events/N/rate    HR (95% CI)            Weight
Mok 2009         579/4825/3.1      15/4800/0.1      0.66 (0.27, 1.65)      60.0%
Zhou 2011        31/2020/1.5       60/2200/2.7      0.47 (0.10, 2.21)      40.0%
Overall (I² = 0%)                                   0.60 (0.28, 1.30)      100%
"""
    rows = rows_in(draw(picture))
    assert some(rows[0], "arm1_events", "arm1_total", "arm2_events", "arm2_total") == ("579", "4825", "15", "4800")


def test_columns_without_events(draw: Draw) -> None:
    picture = """
Study            Events   Non-events   Events   Non-events   OR (95% CI)            Weight
Mok 2009             12           30       15           25   0.66 (0.27, 1.65)      60.0%
Zhou 2011             3           17        6           16   0.47 (0.10, 2.21)      40.0%
Overall (I² = 0%)                                            0.60 (0.28, 1.30)      100%
"""
    rows = rows_in(draw(picture))
    assert some(rows[0], "arm1_events", "arm2_events", "arm1_total") == ("12", "15", "")


UNREAD = """
Study                 Events   Total    OR (95% CI)           Weight

Trials of adults
Mok 2009                  12      42     0.66 (0.27, 1.65)      40.0%
{row}
Zhou 2011                  3      20     0.47 (0.10, 2.21)      30.0%
Wang 2012                  5      31     0.71 (0.33, 1.53)      20.0%
Overall (I² = 0%)                        0.60 (0.28, 1.30)       100%
"""


@pytest.mark.parametrize("interval", ["0.85 (0.3?, ", "", "0;85 0-37-1.9"])
def test_a_row_whose_interval_is_not_read_is_no_heading(interval: str, draw: Draw) -> None:
    rows = rows_in(draw(UNREAD.format(row=f"Li 2010                    4      25     {interval:20}   10.0%")))
    labels = ["Mok 2009", "Li 2010", "Zhou 2011", "Wang 2012"]
    assert [some(row, "group", "label") for row in rows[:4]] == [("Trials of adults", label) for label in labels]
    assert some(rows[1], "events", "total", "estimate", "weight") == ("4", "25", "", "10.0")
    [flag] = rows[1].flags
    assert (flag.column, flag.code) == ("estimate", "RDR003")


@pytest.mark.parametrize("sign", ["‡", "NA", "-"])
def test_a_sign_in_the_place_of_an_interval_is_a_mark_of_its_row(sign: str, draw: Draw) -> None:
    rows = rows_in(draw(UNREAD.format(row=f"Li 2010                    4      25     {sign:20}   10.0%")))
    assert some(rows[1], "label", "events", "total", "estimate") == ("Li 2010", "4", "25", "")
    assert (rows[1].marks, rows[1].flags) == ({"estimate": sign}, ())


@pytest.mark.parametrize("heading", ["Trials of 2010 to 2015", "Children (n = 25)", "Dose of 12 mg"])
def test_a_heading_with_a_number_stays_a_heading(heading: str, draw: Draw) -> None:
    rows = rows_in(draw(UNREAD.format(row=heading)))
    assert [some(row, "group", "label") for row in rows[1:3]] == [(heading, "Zhou 2011"), (heading, "Wang 2012")]


def test_a_number_outside_all_intervals_is_no_estimate(draw: Draw) -> None:
    picture = """
Study               SMD      SE       (95% CI)
Chengappa et al    -1.17     0.31     (-1.43, -0.77)
Ko et al           -0.20     0.33     (-0.85, -0.05)
Liu 2009           -0.59     0.28     (-1.14, -0.04)
Pooled studies     -0.29     0.18     (-0.64, -0.06)
                                         -4    -2    0    2    4
                                         Favors A    Favors B
"""
    assert [row.values["estimate"] for row in rows_in(draw(picture))] == ["-1.17", "-0.20", "-0.59", "-0.29"]


def test_estimates_outside_their_intervals_without_another_column_are_in_doubt(draw: Draw) -> None:
    picture = """
Study               (95% CI)
Chengappa et al     0.31 (-1.43, -0.77)
Ko et al            0.33 (-0.85, -0.05)
Pooled studies      0.18 (-0.64, -0.06)
                                         -4    -2    0    2    4
                                         Favors A    Favors B
"""
    flags = [[(flag.column, flag.code) for flag in row.flags] for row in rows_in(draw(picture))]
    assert flags == [[("estimate", "RDR003")]] * 3


@pytest.mark.parametrize("models", [["Random effects model"], ["Common effect model", "Random effects model"]])
def test_the_pooled_lines_of_the_last_group_are_subtotals(models: list[str], draw: Draw) -> None:
    pooled = "\n".join(f"{model:22}      0.60 (0.28, 1.30)" for model in models)
    study = "{:22}      0.66 (0.27, 1.65)"
    lines = ["Study                       OR (95% CI)"]
    for group in ("Adults", "Children"):
        lines += [group, study.format(f"Mok of {group}"), study.format(f"Li of {group}"), pooled]
    rows = rows_in(draw("\n".join([*lines, pooled, "Favours A      Favours B"])))
    kinds = [row.values["kind"] for row in rows]
    group = ["study", "study", *["subtotal"] * len(models)]
    assert kinds == [*group, *group, *["overall"] * len(models)]
    last = rows[-len(models) - 1]
    assert last.values["group"] == "Children"


@pytest.mark.parametrize(("reader", "label"), [("rapidocr", "Li 2010"), ("pdfplumber", "Li 2010 T")])
def test_a_mark_that_ocr_took_for_a_letter_is_no_part_of_a_label(reader: str, label: str, draw: Draw) -> None:
    canvas = draw(UNREAD.format(row="Li 2010                    4      25     0.85 (0.30, 2.41)     10.0%       T"))
    assert rows_in(replace(canvas, reader=reader))[1].values["label"] == label
