"""Whole pages as pictures."""

from PIL.Image import Image
from pypdfium2 import PdfPage


def whole_page(page: PdfPage, scale: float) -> Image:
    """Return the picture of a page, `scale` pixels per point, with the parts outside its crop box: boxes are measured
    from the media box."""
    page.set_cropbox(*page.get_mediabox())
    picture: Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture
