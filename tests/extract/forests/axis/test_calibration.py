"""The axis of a plot, from ticks and from printed numbers, some of them wrong."""

from math import exp, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.forests.axis.calibration import Axis, calibrate
from extract.forests.plot import Drawing, PlotRow, Square, Tick, Whisker
from extract.page.box import Box

PITCH = 12.0
Numbers = tuple[float, float, float]  # estimate, lower and upper limit


def row(texts: tuple[str, str, str], number: int) -> PlotRow:
    y = 100 + PITCH * number
    values = dict(zip(("estimate", "ci_low", "ci_high"), texts, strict=True))
    return PlotRow({"kind": "study", **values}, Box(0, y - 4, 500, y + 4, page=1), place=Box(0, y - 4, 500, y + 4))


def printed(numbers: list[Numbers], decimals: int = 2) -> list[PlotRow]:
    return [row(tuple(f"{n:.{decimals}f}" for n in three), i) for i, three in enumerate(numbers)]  # type: ignore[arg-type]


def drawn(numbers: list[Numbers], axis: Axis, shake: float = 0.0, ticks: tuple[Tick, ...] = ()) -> Drawing:
    """The marks of these numbers; each place is off by up to `shake`."""
    chance = Random(1)
    squares, whiskers = [], []
    for i, three in enumerate(numbers):
        x, x0, x1 = (axis.place(number) + chance.uniform(-shake, shake) for number in three)
        squares.append(Square(x, 100 + PITCH * i, 5.0))
        whiskers.append(Whisker(x0, x1, 100 + PITCH * i))
    return Drawing(tuple(squares), tuple(whiskers), ticks=ticks)


def on_log(middle: float, half: float) -> Numbers:
    return exp(middle), exp(middle - half), exp(middle + half)


LOG = Axis("log", 300.0, 25.0)
LINEAR = Axis("linear", 300.0, 160.0)
RATIOS = [on_log(log(e), h) for e, h in [(1.3, 0.4), (0.7, 0.6), (2.1, 0.9), (0.9, 0.2), (4.3, 1.2), (1.05, 0.3)]]
SHARES = [(e, e - h / 2, e + h) for e, h in [(0.2, 0.1), (0.31, 0.2), (0.05, 0.04), (0.4, 0.15), (0.12, 0.08)]]


@pytest.mark.parametrize(("true", "numbers"), [(LOG, RATIOS), (LINEAR, SHARES)])
@pytest.mark.parametrize("given", ["", "log", "linear"])
def test_the_scale_is_found_even_if_another_one_is_given(true: Axis, numbers: list[Numbers], given: str) -> None:
    found = calibrate(drawn(numbers, true), printed(numbers), given)
    assert found is not None and (found.scale, found.source) == (true.scale, "rows")
    assert found.place(0.5) == pytest.approx(true.place(0.5), abs=0.3)


def ticks_of(axis: Axis, *texts: str) -> tuple[Tick, ...]:
    return tuple(Tick(axis.place(float(text)), 200.0, text) for text in texts)


def test_ticks_give_the_axis_where_they_fit() -> None:
    found = calibrate(drawn(RATIOS, LOG, ticks=ticks_of(LOG, ".1", "1", "10")), printed(RATIOS))
    assert found is not None and found.source == "ticks"
    assert (found.offset, found.slope) == pytest.approx((LOG.offset, LOG.slope), abs=1e-3)


def test_ticks_that_do_not_fit_the_rows_are_left_out() -> None:
    askew = Axis("log", LOG.offset, LOG.slope * 0.96)
    found = calibrate(drawn(RATIOS, LOG, ticks=ticks_of(askew, "0.1", "1", "10")), printed(RATIOS))
    assert found is not None and found.source == "rows"


def test_a_plot_without_printed_numbers_is_read_by_its_ticks() -> None:
    drawing = drawn(RATIOS, LOG, ticks=ticks_of(LOG, "0.1", "1", "10"))
    found = calibrate(drawing, [row(("", "", ""), i) for i in range(len(RATIOS))])
    assert found is not None and (found.scale, found.source) == ("log", "ticks")
    two = Drawing(ticks=ticks_of(LOG, "0.1", "10"))
    assert calibrate(two, []) is None
    assert calibrate(two, [], "log") == pytest.approx(found)


def test_a_drawing_that_has_nothing_to_do_with_the_print_gives_no_axis() -> None:
    shuffled = [SHARES[i] for i in (3, 0, 4, 2, 1)]
    assert calibrate(drawn(SHARES, LINEAR), printed(shuffled)) is None
    assert calibrate(Drawing(), printed(SHARES)) is None
    assert calibrate(drawn(SHARES, LINEAR), []) is None


def test_a_limit_of_zero_does_not_hurt_a_log_axis() -> None:
    numbers = [*RATIOS, (0.08, 0.004, 1.63)]
    rows = printed(numbers)
    assert rows[-1].values["ci_low"] == "0.00"
    found = calibrate(drawn(numbers, LOG), rows, "log")
    assert found is not None and found.value(LOG.place(0.004)) == pytest.approx(0.004, rel=0.03)


def test_an_axis_of_a_picture_is_as_exact_as_its_pixels() -> None:
    exact, shaky = (calibrate(drawn(RATIOS, LOG, shake), printed(RATIOS), "log") for shake in (0.0, 1.0))
    assert exact is not None and shaky is not None
    assert exact.precision <= 0.15 < 0.5 < shaky.precision < 3


# ---- any axis is recovered, although some numbers are misprinted ----

plots = st.fixed_dictionaries(
    {
        "scale": st.sampled_from(["log", "linear"]),
        "rows": st.integers(6, 40),
        "shake": st.floats(0, 0.3),
        "slips": st.sets(st.integers(0, 39), max_size=4),
        "seed": st.integers(0, 10**6),
    }
)


def any_numbers(scale: str, count: int, chance: Random) -> list[Numbers]:
    if scale == "log":
        return [on_log(chance.gauss(0.3, 0.7), chance.uniform(0.2, 1.5)) for _ in range(count)]
    middles = [(chance.uniform(-1, 2), chance.uniform(0.05, 0.8)) for _ in range(count)]
    return [(middle, middle - half, middle + half) for middle, half in middles]


def with_slips(rows: list[PlotRow], slips: set[int], chance: Random) -> list[PlotRow]:
    """The rows, at most one in ten of them with a wrong digit in its estimate."""
    wrong = sorted(slip for slip in slips if slip < len(rows))[: len(rows) // 10]
    done = list(rows)
    for i in wrong:
        text = rows[i].values["estimate"]
        slipped = f"{float(text) + chance.choice([3, 4, 5]):.2f}"
        done[i] = row((slipped, rows[i].values["ci_low"], rows[i].values["ci_high"]), i)
    return done


@settings(deadline=None)
@given(plots)
def test_any_axis_is_recovered_although_some_numbers_are_wrong(plot: dict[str, object]) -> None:
    chance = Random(int(str(plot["seed"])))
    numbers = any_numbers(str(plot["scale"]), int(str(plot["rows"])), chance)
    true = LOG if plot["scale"] == "log" else Axis("linear", 300.0, 50.0)
    shake = float(str(plot["shake"]))
    slips = plot["slips"]
    assert isinstance(slips, set)
    rows = with_slips(printed(numbers), slips, chance)
    found = calibrate(drawn(numbers, true, shake), rows, str(plot["scale"]))
    assert found is not None and found.scale == plot["scale"]
    for number in (number for three in numbers for number in three):
        assert found.place(number) == pytest.approx(true.place(number), abs=0.3 + 2 * shake)
