"""Finds the PDF that a paper was read from, to cut the pictures of its report out of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.commands.batch import RAW_PDFS
from extract.commands.jobs import crops_of
from extract.errors import DoubletakeError
from extract.pdf.limits import Limits
from schemas.base.files import sha256_of
from validations.inputs.package import read_package
from validations.report.pictures import Crop, PagePicture, PageRegion
from validations.report.write import NoPicturesError


def crop_from(folder: Path, given: Mapping[str, Path], password: str | None, limits: Limits, aloud: bool) -> Crop:
    """Return a function that cuts regions out of the PDF that the paper in `folder` was read from.

    The function raises NoPicturesError if that PDF is not found or cannot be read. `given`: papers with their PDFs.
    """

    def crop(regions: Sequence[PageRegion]) -> Mapping[PageRegion, PagePicture]:
        pdf = source_of(folder, given)
        try:
            return crops_of(pdf, regions, password, limits, aloud)
        except DoubletakeError as error:
            raise NoPicturesError(str(error)) from error

    return crop


def source_of(folder: Path, given: Mapping[str, Path]) -> Path:
    """Return the PDF whose SHA-256 datapackage.json names: the boxes of rows are places in this file only.

    Raises NoPicturesError if it is not found.
    """
    paper, source = folder.resolve().name, read_package(folder).get("source_pdf") or {}
    usual = (RAW_PDFS / f"{paper}.pdf", RAW_PDFS / "facsimiles" / f"{paper}.pdf")
    found = [path for path in ([given[paper]] if paper in given else usual) if path.is_file()]
    for path in found:
        if sha256_of(path) == source.get("sha256"):
            return path
    problem = f"{found[0]} is not the PDF that {paper} was read from" if found else f"no PDF of {paper} was found"
    raise NoPicturesError(f"{problem}; name that PDF with --pdf {paper}=FILE, or run 'doubletake extract {paper}'")
