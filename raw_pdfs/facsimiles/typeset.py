"""Typesets the facsimiles from their Typst sources, byte for byte the same on every machine.

`make facsimiles` runs this file and rebuilds raw_pdfs/facsimiles/<paper>.pdf. Only typst's embedded fonts and those in
fonts/ are used, the compiler is pinned, and no clock enters the file.

Layout variants print the same cells in another layout, for the tests of the table reader:

    norule         no rules at all: the head must be found without the rule under it
    plain_caption  caption and label in ordinary weight, like a line of body text that begins with "Table 1"
    narrow         columns as narrow as their longest lines, with gutters of 2.4 pt
    centred        cells centred vertically: one-line values stand beside the middle of a wrapped label
    bottom         cells aligned at the bottom of their row
    striped        every other row shaded, no rules
    ruled          a frame around every cell
    small          tables in 6 pt type
    caption_below  the caption stands under its table
    hard           norule, plain_caption, narrow, centred and small together
"""

from pathlib import Path

import typst

PAPERS = ("li2024", "kokkali2025", "cao2025")
VARIANTS = (
    "norule",
    "plain_caption",
    "narrow",
    "centred",
    "bottom",
    "striped",
    "ruled",
    "small",
    "caption_below",
    "hard",
)
HERE = Path(__file__).resolve().parent


def typeset(paper: str, out: Path, variant: str | None = None) -> None:
    """Write the facsimile of `paper` (one of PAPERS) to `out`, in its journal's layout or in one of VARIANTS.

    Raises typst.TypstError when the sources do not compile, for instance where a table is wider than its place.
    """
    compiled = typst.compile(
        HERE / paper / "paper.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"variant": variant} if variant else {},
        timestamp=0,
    )
    out.write_bytes(compiled)


def main() -> None:
    """Rebuild the facsimiles that are committed beside this file."""
    for paper in PAPERS:
        typeset(paper, HERE / f"{paper}.pdf")


if __name__ == "__main__":
    main()
