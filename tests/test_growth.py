"""Text of a hostile or damaged paper may be long: what reads it must take as many times longer, and no more."""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time
from types import FrameType

import pandas as pd
import pytest

from extract.cards.formats import CellError, compile_format, parse_cell, split_slashes
from extract.claims.figures.assembly import assemble_figures
from extract.claims.reading import read_claims
from extract.meaning.cells.shapes import cell_shape
from extract.meaning.notes import caption_words
from validations.checks.labels.cell_texts import letters_of_another_alphabet
from validations.checks.p_values.contradictions import marked_levels
from validations.inputs.curated import table_from_frame

FEW_LETTERS, TIMES = 4000, 8
MOST_GROWTH = 3 * TIMES  # TIMES where the time grows with the length, TIMES * TIMES with its square
CLOCK_SECONDS = 0.06  # some clocks of CPU time tick every 4 ms
HANGING_SECONDS = 20  # of CPU, after which a function is given up: some would never end
Read = Callable[[str], object]


def reads(form: str) -> Read:
    compiled = compile_format(form, {"n", "percent"})

    def read(text: str) -> None:
        with suppress(CellError):
            parse_cell(text, compiled)

    return read


def of_event(text: str) -> object:
    frame = pd.DataFrame({"event": [text], "grade": ["any"], "n": ["1"]}, dtype="str")
    return list(letters_of_another_alphabet(table_from_frame("table1", "adverse_events", frame)))


def of_note(text: str) -> object:
    frame = pd.DataFrame({"event": ["Rash"], "grade": ["any"], "n": ["1"]}, dtype="str")
    return marked_levels(replace(table_from_frame("table1", "adverse_events", frame), footnotes=(text,)))


def between_value_and_interval(text: str) -> object:
    return assemble_figures(f"The hazard ratio was 0.62 {text}! (0.41-0.94).")


@pytest.fixture
def of_text(tmp_path: Path) -> Read:
    path = tmp_path / "text.txt"

    def read(text: str) -> object:
        path.write_text(f"Results\n\n{text}\n", encoding="utf-8")
        return read_claims(path)

    return read


@pytest.fixture(autouse=True)
def given_up() -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        pytest.fail(f"not done after {HANGING_SECONDS} s of CPU")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGING_SECONDS)
    gc.disable()  # its searches take longer, the more there is
    yield
    gc.enable()
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def seconds(read: Read, text: str) -> float:
    """The CPU time of a reading, out of as many as the clock needs to tell it."""
    start, runs, used = process_time(), 0, 0.0
    while used < CLOCK_SECONDS:
        read(text)
        runs, used = runs + 1, process_time() - start
    return used / runs


def growth(read: Read, unit: str, end: str = "") -> float:
    """How many times longer a text takes that is TIMES as long: the least of two measurements."""
    few, many = ((unit * (FEW_LETTERS * times))[: FEW_LETTERS * times] + end for times in (1, TIMES))
    return min(seconds(read, many) / seconds(read, few) for _ in range(2))


@pytest.mark.parametrize(
    ("read", "unit", "end"),
    [
        *((split_slashes, unit, "") for unit in ("a/", "/)", "/", "a/b ", "(/")),
        *((reads("a (b–c)"), unit, "") for unit in ("[1,", "( ", "a ")),
        *((reads("label (n)"), unit, "") for unit in ("1 (", "(1", "a ")),
        *((reads("n (percent)"), unit, "") for unit in ("1", "1 /", "1,000")),
        *((caption_words, unit, "") for unit in ("S1", "A-", "ACGT", "A, ", ". ")),
        *((between_value_and_interval, unit, "") for unit in ("a", "ACGT", "a-", "a ")),
        *((cell_shape, unit, "") for unit in ("²", "a²", "1 (", "1,")),
        *((of_event, f"{unit}", "é") for unit in ("Α.", "Α*<", "Α ")),
        *((of_note, unit, "") for unit in ("*", "* ", "†‡", "a) ")),
    ],
)
def test_the_time_grows_with_the_length(read: Read, unit: str, end: str) -> None:
    assert growth(read, unit, end) < MOST_GROWTH


@pytest.mark.parametrize("unit", ["12 of ", "a ", "95% CI ", "and "])
def test_the_time_of_running_text_grows_with_its_length(of_text: Read, unit: str) -> None:
    assert growth(of_text, unit) < MOST_GROWTH
