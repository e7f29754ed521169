"""Running text, as opposed to the cells of a table."""

from collections.abc import Callable

import pytest

from extract.page.lines import Line
from extract.page.prose import body_style, find_prose
from extract.page.sheet import Sheet

TEXT = "\n".join(["Patients who had been treated before were asked to take part in it"] * 3 + ["or to decline."])
CELLS = """
Sex    Male     12 (23.5)    Female   39 (76.5)    not yet known
Age    Median   54 (15-80)   Below    33 (64.7)    on day one
Stage  Local    11 (21.6)    Distant  40 (78.4)    by first scan
"""


def test_the_style_of_the_body_is_that_of_most_running_text(
    draw: Callable[..., list[Line]], lay: Callable[..., Sheet]
) -> None:
    assert body_style([lay(draw("\n".join([TEXT] * 8) + "\n" + CELLS), width=300.0)]) == ("Sans", 8.0)


@pytest.mark.parametrize("picture", [TEXT, CELLS])
def test_a_page_with_hardly_any_running_text_has_no_style_of_its_own(
    picture: str, draw: Callable[..., list[Line]], lay: Callable[..., Sheet]
) -> None:
    assert body_style([lay(draw(picture), width=300.0)]) == ("", 0.0)


def test_lines_of_running_text_are_prose_and_cells_are_not(
    draw: Callable[..., list[Line]], lay: Callable[..., Sheet]
) -> None:
    found = find_prose(lay(draw(TEXT + "\n\n\n" + CELLS), width=300.0), ("Sans", 8.0))
    assert " ".join(word.text for word in sorted(found, key=lambda w: (w.top, w.x0))) == " ".join(
        TEXT.splitlines()[0].split() * 3
    )


def test_text_of_another_size_is_not_that_of_the_body(
    draw: Callable[..., list[Line]], lay: Callable[..., Sheet]
) -> None:
    assert find_prose(lay(draw(TEXT), width=300.0), ("Sans", 9.5)) == frozenset()
