"""The XML of kokkali2025 as tests need it: Table 4 of its facsimile, typed by hand, in a sound article."""

import pytest

ROWS = (
    ("ICI monotherapy", "2 (4.9)", "10 (24.4)", "12 (29.3)", "10 (24.4)", "19 (46.3)", "2 (4.7)", "41", "43"),
    ("Double ICI", "0", "2 (40)", "2 (40)", "2 (40)", "1 (20)", "0", "5", "5"),
    ("TKI combo", "1 (6.7)", "6 (40)", "7 (46.7)", "5 (33.3)", "3 (20)", "6 (28.6)", "15", "21"),
    ("Chemo combo", "0", "1 (33.3)", "1 (33.3)", "2 (66.7)", "0", "0", "3", "3"),
    ("Total (%)", "3 (4.7)", "19 (29.7)", "22 (34.4)", "18 (28.1)", "25 (39.1)", "8 (12.5)", "64", "72"),
)
HEADS = ("CR", "PR", "ORR", "SD", "PD", "N/A", "Evaluable", "Total")


def _cells(texts: tuple[str, ...], name: str = "td") -> str:
    return "<tr>" + "".join(f"<{name}>{text}</{name}>" for text in texts) + "</tr>"


@pytest.fixture
def table4() -> str:
    """The <table-wrap> of Table 4."""
    head = '<tr><th rowspan="2"/><th colspan="8">Best response to ICI &#8211; N (%)</th></tr>' + _cells(HEADS, "th")
    return (
        '<table-wrap id="tab4"><label>Table 4</label><caption><p>Best response by the kind of regimen.</p></caption>'
        f"<table><thead>{head}</thead><tbody>{''.join(map(_cells, ROWS))}</tbody></table></table-wrap>"
    )


@pytest.fixture
def article() -> str:
    """An article with %s for its tables."""
    return (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>'
        '<article-id pub-id-type="doi">10.1/x</article-id>'
        "<title-group><article-title>A trial</article-title></title-group>"
        "<abstract><sec><title>Results</title><p>Response was seen in 12 of 50 patients (24%%).</p></sec></abstract>"
        "</article-meta></front><body><sec><title>Patients and methods</title><p>We treated 50 patients.</p></sec>"
        "<sec sec-type='results'><title>What we found</title><p>Median age was 54 years (range 20&#8211;71).</p>"
        "<sec><title>Survival</title><p>Median PFS was 5.2 months<sup><xref ref-type='bibr'>12</xref></sup>.</p></sec>"
        "</sec><sec><title>Data availability</title><p>All 50 patients.</p></sec></body>"
        "<floats-group>%s</floats-group></article>"
    )
