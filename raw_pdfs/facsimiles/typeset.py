"""Typesets the facsimiles from their Typst sources, byte for byte the same on every machine.

`make facsimiles` runs this file and rebuilds raw_pdfs/facsimiles/<paper>.pdf. Only typst's embedded fonts and those in
fonts/ are used, the compiler is pinned, and no clock enters the PDFs.

Layout variants print the same cells in another layout, for the tests of the table reader:

    norule         no rules at all, so that the head must be found without the rule under it
    plain_caption  caption and label in regular weight, like a line of body text that begins with "Table 1"
    narrow         columns as narrow as their longest lines, gutters of 2.4 pt
    centred        cells centred vertically, so that one-line values stand beside the middle of a wrapped label
    bottom         cells aligned at the bottom of their row
    striped        every other row shaded, no rules
    ruled          a frame around every cell
    small          tables in 6 pt type
    caption_below  captions below the tables
    pages          low pages, over which tables go on with their heads again
    hard           norule, plain_caption, narrow, centred and small together

Figures 2 to 5 of cao2025 are pictures without a text layer (grey JPEG, 200 dpi): cao2025/fig*.jpg, which
`typeset.py --pictures` makes again from the drawings. FIGURE_VARIANTS print them in other ways:

    vector         drawings in the page, with text: cao2025_vector.pdf
    dpi300, dpi150 pictures of another resolution
    quality40      pictures of JPEG quality 40
    serif          serif type, black squares, grey diamonds
    log            Figure 5 is a plot of made-up odds ratios on a log axis with numbers; three intervals are cut off
    panels         Figure 4 in two panels, one above the other; Figure 5 in two side by side, without treatments
    sideways       figures turned on the page, smaller type
    serif_picture, log_picture, panels_picture, sideways_picture: the last four as pictures
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2
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
    "pages",
    "hard",
)


class Figures(NamedTuple):
    """How figures are printed.

    look: the variant of the drawing, "" for the usual one
    dpi: dots per inch of the pictures; 0 for drawings
    quality: JPEG quality of the pictures
    """

    look: str = ""
    dpi: int = 200
    quality: int = 75

    def inputs(self) -> dict[str, str]:
        """Return the inputs of the Typst sources."""
        return ({"look": self.look} if self.look else {}) | ({} if self.dpi else {"figures": "drawings"})


LOOKS = ("serif", "log", "panels", "sideways")
FIGURE_VARIANTS = {
    "vector": Figures(dpi=0),
    "dpi300": Figures(dpi=300),
    "dpi150": Figures(dpi=150),
    "quality40": Figures(quality=40),
    **{look: Figures(look, dpi=0) for look in LOOKS},
    **{f"{look}_picture": Figures(look) for look in LOOKS},
}
FIGURES = ("fig2", "fig3", "fig4", "fig5")
HERE = Path(__file__).resolve().parent


def compiled(source: Path, root: Path, inputs: dict[str, str]) -> bytes:
    """Return the PDF of a Typst source below `root`."""
    return typst.compile(
        source,
        root=root,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=0,
    )


def draw_pictures(folder: Path, figures: Figures) -> None:
    """Write pictures of the drawings, fig2.jpg to fig5.jpg, into `folder`."""
    for name in FIGURES:
        drawing = compiled(HERE / "cao2025" / "picture.typ", HERE, {"figure": name, **figures.inputs()})
        page = pypdfium2.PdfDocument(drawing)[0]
        picture = page.render(scale=figures.dpi / 72, grayscale=True).to_pil()
        picture.save(folder / f"{name}.jpg", quality=figures.quality, optimize=True, dpi=(figures.dpi, figures.dpi))


@contextmanager
def sources(figures: Figures) -> Iterator[Path]:
    """Yield the folder of the sources: this one, or a temporary copy with other pictures."""
    if figures.dpi == 0 or figures == Figures():
        yield HERE
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "facsimiles"
        shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("*.pdf", "fonts", "__pycache__"))
        draw_pictures(copy / "cao2025", figures)
        yield copy


def typeset(paper: str, out: Path, variant: str | None = None) -> None:
    """Write the facsimile of `paper` (one of PAPERS) to `out`.

    Without `variant` it has its journal's layout. `variant` is one of VARIANTS, or for cao2025 of FIGURE_VARIANTS.

    Raises typst.TypstError if the sources do not compile, for example if a table is wider than its place.
    """
    figures = FIGURE_VARIANTS.get(variant or "") if paper == "cao2025" else None
    inputs = figures.inputs() if figures else {"variant": variant} if variant else {}
    with sources(figures or Figures()) as root:
        out.write_bytes(compiled(root / paper / "paper.typ", root, inputs))


def main() -> None:
    """Rebuild the facsimiles beside this file; with --pictures, first rebuild the pictures in them."""
    if "--pictures" in sys.argv[1:]:
        draw_pictures(HERE / "cao2025", Figures())
    for paper in PAPERS:
        typeset(paper, HERE / f"{paper}.pdf")
    typeset("cao2025", HERE / "cao2025_vector.pdf", "vector")


if __name__ == "__main__":
    main()
