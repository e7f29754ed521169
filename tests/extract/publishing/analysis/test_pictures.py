"""Forest plots drawn anew."""

import io
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from extract.publishing.analysis.papers import read_paper
from extract.publishing.analysis.pictures.drawing import draw_plot
from extract.publishing.analysis.pictures.lettering import fitted, sentences, width_of, wrapped
from extract.publishing.analysis.pictures.plan import PlotPlan, plan_plot
from tests.extract.publishing.analysis.conftest import CURATED, ROOT, Exhibit, Make

PLOT = """\
row,kind,group,label,treatment,measure,arm1_events,arm1_total,arm2_events,arm2_total,estimate,ci_low,ci_high,weight,i2,p
1,study,,Garry 1962,,RR,7,25,4,25,1.75,0.58,5.24,18.7,,
2,study,,Marder 1994,,RR,19,64,14,64,1.36,0.75,2.47,63.1,,
3,study,,Howard 1974,,RR,8,17,3,13,STUDY,0.67,6.21,18.2,,
4,overall,,Total,,RR,34,106,21,102,POOLED,0.95,2.46,100,0,0.79
"""


def planned(make_paper: Make, name: str, study: str = "2.04", pooled: str = "1.53") -> PlotPlan:
    text = PLOT.replace("STUDY", study).replace("POOLED", pooled)
    paper = make_paper(name, fig1=Exhibit("forest", text, "Cure"))
    plan = plan_plot(paper.paper.tables["fig1"], "smith2026 fig1: Cure")
    assert plan is not None
    return plan


def test_a_plot_has_the_printed_lines_and_the_recomputed_ones(make_paper: Make) -> None:
    plan = planned(make_paper, "sound")
    assert [(line.kind, line.left[0], line.right[0]) for line in plan.lines] == [
        ("study", "Garry 1962", "1.75 [0.58, 5.24]"),
        ("study", "Marder 1994", "1.36 [0.75, 2.47]"),
        ("study", "Howard 1974", "2.04 [0.67, 6.21]"),
        ("printed", "Total", "1.53 [0.95, 2.46]"),
        ("recomputed", "recomputed", plan.lines[4].right[0]),
        ("note", "Heterogeneity: I² 0 %, P 0.79", ""),
    ]
    assert plan.is_log
    assert plan.head == "Events/N"
    assert plan.foot.startswith("Recomputed: RR, ")
    assert plan.lines[1].weight == 1.0


def test_what_differs_is_marked(make_paper: Make) -> None:
    wrong = planned(make_paper, "study", study="3.04")
    assert [line.right[0] for line in wrong.lines if line.differs] == ["3.04 [0.67, 6.21] ≠ 2.04"]
    pooled = planned(make_paper, "pooled", pooled="1.26")
    assert [line.kind for line in pooled.lines if line.differs] == ["recomputed"]
    assert pooled.foot.endswith("1 differ.")


def test_a_plot_without_estimates_is_not_drawn(make_paper: Make) -> None:
    paper = make_paper(fig1=Exhibit("forest", "row,kind,label,total\n1,study,Lee 2010,40\n"))
    assert plan_plot(paper.paper.tables["fig1"], "") is None


def test_drawings_are_whole_pictures_without_a_date(make_paper: Make) -> None:
    drawn = draw_plot(planned(make_paper, "sound"))
    svg = drawn["svg"].decode()
    assert svg.startswith("<?xml")
    assert "<dc:date>" not in svg
    assert "Matplotlib" not in svg
    with Image.open(io.BytesIO(drawn["png"])) as picture:
        assert picture.size[0] == 1100
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    assert len(colours) > 8


@pytest.mark.parametrize("limits", ["0.0001,98765", ",", "2.04,2.04", "-1.0,6.21"])
def test_extreme_and_missing_limits_are_drawn(make_paper: Make, limits: str) -> None:
    text = PLOT.replace("STUDY", "2.04").replace("POOLED", "1.53").replace("0.67,6.21", limits)
    paper = make_paper(fig1=Exhibit("forest", text))
    plan = plan_plot(paper.paper.tables["fig1"], "")
    assert plan is not None
    assert draw_plot(plan)["png"]


@pytest.mark.parametrize("label", ["cost of $5 or $x_1$", "from $5{ to $6_", "研究 2010", "\x14\x11 <b>", "é" * 300])
def test_any_label_is_drawn(label: str, make_paper: Make) -> None:
    text = PLOT.replace("STUDY", "2.04").replace("POOLED", "1.53").replace("Garry 1962", label)
    plan = plan_plot(make_paper(fig1=Exhibit("forest", text)).paper.tables["fig1"], label)
    assert plan is not None
    ElementTree.fromstring(draw_plot(plan)["svg"])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("numbers", ["-3,0.01,12.3,-5", "1e5,,,", "99999999999999999999,1,2,0", "0,0,0,0"])
def test_odd_numbers_are_drawn_without_a_warning(numbers: str, make_paper: Make) -> None:
    text = f"row,kind,label,estimate,ci_low,ci_high,weight\n1,study,Lee 2010,{numbers}\n2,study,Kim 2012,1.5,1,2,3\n"
    plan = plan_plot(make_paper(fig1=Exhibit("forest", text)).paper.tables["fig1"], "")
    assert plan is not None
    assert draw_plot(plan)["svg"]


def test_texts_are_cut_and_wrapped_by_their_width() -> None:
    assert fitted("Lee 2010", 100) == "Lee 2010"
    for letter in ("i", "W"):
        cut = fitted(letter * 300, 100)
        assert cut.endswith("…")
        assert 90 < width_of(cut) <= 100
    first, second = wrapped("printed numbers " * 60, 700, 7)
    assert max(width_of(first, 7), width_of(second, 7)) <= 700
    assert (first.endswith("printed") or first.endswith("numbers"), second[-1]) == (True, "…")
    assert sentences("Cure in 2 trials. CR: complete response; PR: partial response.", 120, 8.5, "bold") == (
        "Cure in 2 trials."
    )


def test_nothing_is_drawn_beyond_the_edge_of_a_picture(make_paper: Make) -> None:
    text = PLOT.replace("STUDY", "2.04").replace("POOLED", "1.53").replace("Garry 1962", "W" * 300)
    plan = plan_plot(make_paper(fig1=Exhibit("forest", text)).paper.tables["fig1"], "Responses W " * 40)
    assert plan is not None
    drawn = draw_plot(replace(plan, foot="Recomputed: many methods, " * 30))
    with Image.open(io.BytesIO(drawn["png"])) as picture:
        edge = picture.convert("L").crop((picture.width - 6, 0, picture.width, picture.height))
        assert edge.getextrema()[0] == 255


def test_the_overall_estimate_and_what_stands_beside_subgroups(make_paper: Make) -> None:
    assert planned(make_paper, "overall").overall == 1.53
    rows = "1,subgroup,SS,0.06,0.00,0.18,69.38,0.01\n2,subgroup,MFS,0.08,0.00,0.55,,\n"
    text = f"row,kind,label,estimate,ci_low,ci_high,i2,p\n{rows}"
    plan = plan_plot(make_paper(fig4=Exhibit("forest", text)).paper.tables["fig4"], "")
    assert plan is not None
    assert (plan.tail, [line.right[1] for line in plan.lines]) == ("Heterogeneity", ["I² 69.38 %, P 0.01", ""])
    assert plan.overall is None


def test_a_plot_of_too_many_rows_is_not_drawn(make_paper: Make) -> None:
    rows = "".join(f"{row},study,S {row},1.5,1.0,2.25\n" for row in range(1, 252))
    text = f"row,kind,label,estimate,ci_low,ci_high\n{rows}"
    assert plan_plot(make_paper(fig1=Exhibit("forest", text)).paper.tables["fig1"], "") is None


def test_another_process_draws_the_same_bytes() -> None:
    script = """
import hashlib, sys
from pathlib import Path
from extract.publishing.analysis.redrawn import redraw
from extract.publishing.analysis.papers import read_paper
for plot in redraw(read_paper(Path(sys.argv[1]))):
    print(plot.exhibit, hashlib.sha256(plot.svg + plot.png).hexdigest())
"""
    command = [sys.executable, "-c", script, str(CURATED / "cao2025")]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout for _ in range(2)]
    assert runs[0] == runs[1]
    assert [line.split()[0] for line in runs[0].splitlines()] == ["fig2", "fig3", "fig4", "fig5"]


def test_no_pooled_number_of_cao2025_differs() -> None:
    paper = read_paper(CURATED / "cao2025")
    plans = {table.name: plan_plot(table, "") for table in paper.paper.of("forest")}
    recomputed = {
        name: [line for line in plan.lines if line.kind == "recomputed"] for name, plan in plans.items() if plan
    }
    assert {name: len(lines) for name, lines in recomputed.items()} == {"fig2": 6, "fig3": 3, "fig4": 0, "fig5": 6}
    assert not [line for lines in recomputed.values() for line in lines if line.differs]
