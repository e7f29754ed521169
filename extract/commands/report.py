"""The report of a paper with pictures of the PDF from which it was read, where that is at hand."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.commands.batch import RAW_PDFS
from extract.commands.jobs import crops_of
from extract.errors import DoubletakeError
from extract.pdf.limits import Limits
from validations.report.pictures import Crop, Picture, Region
from validations.report.write import NoPicturesError


def crop_from(folder: Path, given: Mapping[str, Path], password: str | None, limits: Limits, aloud: bool) -> Crop:
    """A function that cuts regions out of the PDF of the paper whose CSVs lie in `folder`. It raises NoPicturesError
    where that PDF is not at hand, or cannot be read."""

    def crop(regions: Sequence[Region]) -> Mapping[Region, Picture]:
        pdf = source_of(folder, given)
        try:
            return crops_of(pdf, regions, password, limits, aloud)
        except DoubletakeError as error:
            raise NoPicturesError(str(error)) from error

    return crop


def source_of(folder: Path, given: Mapping[str, Path]) -> Path:
    """The PDF with the SHA-256 that the data package names: only there are the boxes where they are said to be."""
    paper, package = folder.resolve().name, folder / "datapackage.json"
    source = json.loads(package.read_text(encoding="utf-8")).get("source_pdf") or {} if package.exists() else {}
    usual = (RAW_PDFS / f"{paper}.pdf", RAW_PDFS / "facsimiles" / f"{paper}.pdf")
    found = [path for path in ([given[paper]] if paper in given else usual) if path.is_file()]
    for path in found:
        if hashlib.sha256(path.read_bytes()).hexdigest() == source.get("sha256"):
            return path
    said = f"{found[0]} is not the PDF from which it was read" if found else "the PDF is not at hand"
    raise NoPicturesError(f"{said}; name that one with --pdf {paper}=FILE, or extract anew")
