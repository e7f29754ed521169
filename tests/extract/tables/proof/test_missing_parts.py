"""Tables that go on over pages: a part that is missing or strange is a doubt about the whole table."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.tables.reading import read_tables

PAGE = """#set page(width: 360pt, height: 300pt, margin: 40pt)
#set text(size: 9pt)
#set par(justify: true)
#let rule = table.hline(stroke: 0.6pt)
#let made(..cells) = block(table(columns: (1fr,) * 3, stroke: none, inset: 2.5pt, ..cells))
#let rows(first) = range(8).map(i => ([Event #numbering("A", first + i)], [#(i + 3) (#(2 * i + 6))], [#i])).flatten()
#let head(n) = ([Event], [Any (n = #n)], [Severe])
#lorem(62)

*Table 2* Events of any grade {}
"""
FIRST = "#v(-4pt)#made(rule, ..head(50), rule, ..rows(1){})"
CLOSED = FIRST.format(", rule")
AFTER = "#pagebreak()\n#lorem(160)"
NEXT = "#pagebreak()\n*Table 2* Events of any grade (Continued)\n#v(-4pt)#made(rule, ..head({}), rule, ..rows(9), rule)"
OTHER = "#pagebreak()\n*Table 2* (Continued)\n#v(-4pt)#made(rule, [Term], [Arm A], [Arm B], rule, ..rows(9), rule)"


@pytest.mark.parametrize(
    ("sign", "source", "reason"),
    [
        ("", f"{FIRST.format('')}#pagebreak()#lorem(90)", "at the foot of page 1 without a last rule"),
        ("", f"{CLOSED}#align(right)[Continued on next page]\n{AFTER}", "page 1 says that the table goes on"),
        ("(Continued)", f"{CLOSED}#lorem(20)\n{AFTER}", "the table continues another one, which was not found"),
        ("", f"{CLOSED}{OTHER}\n", "page 2 has another head"),
        ("", f"{CLOSED}{NEXT.format(52)}\n", "the head on page 2 has other numbers"),
    ],
)
def test_what_is_doubted(sign: str, source: str, reason: str, pdf: Callable[[str], Path]) -> None:
    (table,) = read_tables(pdf(PAGE.replace("{}", sign) + source))
    (flag,) = [flag for flag in table.flags if flag.row < 0]
    assert (flag.column, flag.code) == (-1, "RDR013")
    assert reason in flag.evidence


@pytest.mark.parametrize(
    ("source", "count"),
    [
        (f"{CLOSED}{AFTER}", 8),
        (f"{CLOSED}{NEXT.format(50)}", 16),
        (f"{CLOSED}#pagebreak()\n#made(..rows(9), rule)", 16),
    ],
    ids=["ends", "says so", "says nothing"],
)
def test_whole_tables_are_not_doubted(source: str, count: int, pdf: Callable[[str], Path]) -> None:
    (table,) = read_tables(pdf(PAGE.replace("{}", "") + source))
    assert (len(table.body), table.flags) == (count, ())
