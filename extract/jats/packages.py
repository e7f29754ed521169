"""Articles as PubMed Central and Europe PMC pack them: a folder with the XML and, mostly, the PDF."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from extract.errors import UsageError
from extract.pdf.opening import XML_SUFFIXES

_PACKED = ".nxml"  # the name that PubMed Central gives to the XML of an article
_ID = re.compile(r"PMC\d+(?:\.\d+)?")  # the folder of an article in bulk downloads, which may have a version


class Package(NamedTuple):
    """The files of an article: its PDF, None if there is none, and its XML."""

    pdf: Path | None
    xml: Path


class PackedNames(NamedTuple):
    """The names of the files of an article: the PDFs that may be its own, and its XML."""

    pdfs: Sequence[str]
    xml: str


def package_in(folder: Path) -> Package | None:
    """Return the article that a folder holds; None for another folder. UsageError where several PDFs are there and none
    is called like the XML."""
    packed = packed_names(folder.resolve().name, [path.name for path in folder.iterdir() if path.is_file()])
    if packed is None:
        return None
    xml, pdfs = folder / packed.xml, packed.pdfs
    if len(pdfs) > 1:
        raise UsageError(f"{folder}: holds {len(pdfs)} PDFs; name the one of the article, and its XML with --xml {xml}")
    return Package(folder / pdfs[0] if pdfs else None, xml)


def packed_names(folder: str, names: Iterable[str]) -> PackedNames | None:
    """Return the files of the article in a folder, by the names of the folder and of its files: one .nxml, or one .xml
    that is called like the folder or like the only PDF. None for another folder."""
    files = [PurePath(name) for name in sorted(names) if not name.startswith(".")]
    pdfs = [path for path in files if path.suffix.lower() == ".pdf"]
    xml = _xml_of(folder, files, pdfs)
    if xml is None:
        return None
    own = [path.name for path in pdfs if path.stem == xml.stem] or [path.name for path in pdfs]
    return PackedNames(own, xml.name)


def xml_by_pdf(folder: str, names: Iterable[str]) -> dict[str, str]:
    """Return the PDF of the article in a folder with its XML, by name. Only the folder of a bulk download (PMC123)
    tells that both are one article; in another folder, an XML beside a PDF may be anything."""
    packed = packed_names(folder, names) if _ID.fullmatch(folder) else None
    return {packed.pdfs[0]: packed.xml} if packed and len(packed.pdfs) == 1 else {}


def _xml_of(folder: str, files: Iterable[PurePath], pdfs: Sequence[PurePath]) -> PurePath | None:
    xmls = [path for path in files if path.suffix.lower() in XML_SUFFIXES]
    packed = [path for path in xmls if path.suffix.lower() == _PACKED]
    known = {folder, *(path.stem for path in pdfs[:1] if len(pdfs) == 1)}
    found = packed or [path for path in xmls if path.stem in known]
    return found[0] if len(found) == 1 else None
