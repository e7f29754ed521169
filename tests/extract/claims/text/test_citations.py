"""Which exhibits a place of a sentence cites."""

import pytest

from extract.claims.claim import Paragraph
from extract.claims.statements import claims_in


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Rash was seen in 12% (Table 2).", ["table2"]),
        ("Rash was seen in 12% (Table 2) and cough in 7% (Fig. 3B).", ["table2", "fig3_b"]),
        ("As Figures 2 and 3 show, 12% had a rash and 7% a cough.", ["fig2;fig3", "fig2;fig3"]),
        ("Rash was seen in 12% (Tables 2–4; Fig 1).", ["table2;table3;table4;fig1"]),
        ("Rash was seen in 12% (Figure 2A, B).", ["fig2_a;fig2_b"]),
        ("Rash was seen in 12% (Supplementary Table S3) and cough in 7%.", ["table_s3", ""]),
        ("Rash was seen in 12% (Table 6 in Appendix).", ["table_s6"]),
        ("In Figure 3, after removing one study, 12% had a rash.", ["", ""]),
        ("Rash was seen in 12%.", [""]),
        ("Table 2 lists rash (12%), cough (7%; Fig. 4) and fever (3%).", ["fig4", "fig4", "table2"]),
    ],
)
def test_the_exhibit_that_a_figure_is_cited_from(sentence: str, cites: list[str]) -> None:
    assert [claim.cites for claim in claims_in(Paragraph("results", sentence))] == cites
