"""What nobody sees is written out where text is shown, and a shell gets it back from a command line."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.base.visible import command_line, with_visible_controls

DIRECTIONS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]


@pytest.mark.parametrize("sign", [*DIRECTIONS, "\x1b", "\r", "\x00", "\x9b"])
def test_a_sign_that_nobody_sees_is_written_out(sign: str) -> None:
    assert with_visible_controls(f"1{sign}45.1") == f"1[U+{ord(sign):04X}]45.1"


def test_all_signs_of_direction_are_known() -> None:
    kinds = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert {chr(code) for code in range(0x10000) if unicodedata.bidirectional(chr(code)) in kinds} <= set(DIRECTIONS)


def test_other_text_stays_as_it_is() -> None:
    text = "Größe ≥ 54\t(n = 12)\n漢字 עברית 1\u00a0234\u200b"
    assert with_visible_controls(text) == text


def test_plain_words_are_quoted_as_usual() -> None:
    assert command_line(["verdict", "--part", "< 54 years", "--why", "it's"]) == (
        "verdict --part '< 54 years' --why 'it'\"'\"'s'"
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])).filter(bool))
@example("n=\u202e24; it's \\u0041\n\x1b[31m")
def test_a_shell_gets_every_word_back(word: str) -> None:
    line = command_line(["printf", "%s", word])
    assert with_visible_controls(line) == line
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"})
    assert done.stdout.decode() == word
