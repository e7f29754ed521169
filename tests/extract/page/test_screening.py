"""Pages that may hold a table, found fast; the others are not parsed."""

from collections.abc import Callable
from pathlib import Path

from extract.page.document import open_document
from extract.page.screening import pages_with_tables

PAGES = """#set page(width: 300pt, height: 200pt)
Nothing here, but see Table 1.
#pagebreak()
Table 2 Patients
#pagebreak()
#rotate(-90deg, reflow: true)[Table 3 Responses]
#pagebreak()
(continued)
#pagebreak()
#table(columns: 3, stroke: 0.5pt, [a], [b], [c], [d], [e], [f])
#pagebreak()
#table(columns: 3, stroke: none, [a], [b], [c], [d], [e], [f])
"""


def test_captions_upright_or_turned_and_grids_make_a_page_worth_reading(pdf: Callable[[str], Path]) -> None:
    with open_document(pdf(PAGES)) as document:
        assert pages_with_tables(document, document.numbers()) == [2, 3, 4, 5]
