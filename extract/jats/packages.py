"""Articles as PubMed Central and Europe PMC pack them: a folder with the XML and, mostly, the PDF."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from extract.errors import UsageError
from extract.pdf.opening import XML_SUFFIXES

_PACKED = ".nxml"  # the name that PubMed Central gives to the XML of an article


class Package(NamedTuple):
    """The files of an article: its PDF, None if there is none, and its XML."""

    pdf: Path | None
    xml: Path


def package_in(folder: Path) -> Package | None:
    """Return the article that a folder holds: one .nxml, or one .xml that is called like the folder or like the only
    PDF; None for another folder. UsageError where several PDFs are there and none is called like the XML."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    pdfs = [path for path in files if path.suffix.lower() == ".pdf"]
    xml = _xml_of(folder, files, pdfs)
    if xml is None:
        return None
    own = [path for path in pdfs if path.stem == xml.stem] or pdfs
    if len(own) > 1:
        raise UsageError(f"{folder}: holds {len(own)} PDFs; name the one of the article, and its XML with --xml {xml}")
    return Package(own[0] if own else None, xml)


def _xml_of(folder: Path, files: Iterable[Path], pdfs: list[Path]) -> Path | None:
    xmls = [path for path in files if path.suffix.lower() in XML_SUFFIXES]
    packed = [path for path in xmls if path.suffix.lower() == _PACKED]
    names = {folder.resolve().name, *(path.stem for path in pdfs[:1] if len(pdfs) == 1)}
    found = packed or [path for path in xmls if path.stem in names]
    return found[0] if len(found) == 1 else None
