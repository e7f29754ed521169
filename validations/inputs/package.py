"""The data package of a folder of curated CSVs: what it says of them, taken strictly."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.base.files import FileError, load_json
from schemas.base.names import PACKAGE
from schemas.base.printed import is_printed, parse_printed

_SHOWN_LETTERS = 60


class _Entry(BaseModel):
    """An object of which only the keys that we use are looked at."""

    model_config = ConfigDict(strict=True, extra="ignore")


_Box = Annotated[list[float], Field(min_length=4, max_length=4)]


class _Exhibit(_Entry):
    schema_: str = Field(alias="schema")
    label: str | None = None
    caption: str | None = None
    heads: list[str] | None = None
    footnotes: list[str] | None = None
    abbreviations: dict[str, str] | None = None
    cohort_n: str | int | None = None
    printed_rows: int | None = None
    left_out: list[Any] | None = None
    page: int | None = None
    box: _Box | None = None


class _Resource(_Entry):
    name: str | None = None
    path: str | None = None
    title: str | None = None
    exhibit: _Exhibit | None = None


class _Source(_Entry):
    title: str | None = None
    path: str | None = None


class _SourcePdf(_Entry):
    name: str | None = None
    sha256: str | None = None
    edition: str | None = None
    pages: dict[str, _Box] | None = None


class _Missing(_Entry):
    name: str


class _Package(_Entry):
    resources: list[_Resource]
    title: str | None = None
    sources: list[_Source] = []
    source_pdf: _SourcePdf | None = None
    missing: list[_Missing] = []


def read_package(folder: Path) -> dict[str, Any]:
    """Return the data package of a folder, {} where it has none; each exhibit has a name and a path. FileError with the
    place in the file where it is not as expected."""
    path = folder / PACKAGE
    if not path.exists():
        return {}
    package = load_json(path)
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise FileError(f"{path}: expected a data package with resources")
    try:
        _Package.model_validate(package)
    except ValidationError as error:
        raise FileError(f"{path}: {_first_fault(error)}") from None
    exhibits = [resource for resource in package["resources"] if resource.get("exhibit") is not None]
    if any(resource.get("path") is None for resource in exhibits):
        raise FileError(f"{path}: expected a path and a schema of each exhibit")
    for resource in exhibits:
        resource["name"] = resource.get("name") or Path(resource["path"]).stem
    names = Counter(Path(resource["path"]).name for resource in exhibits)
    if twice := [name for name, count in names.items() if count > 1]:
        raise FileError(f"{path}: expected each exhibit once, found {', '.join(twice)} more than once")
    return package


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    place = ".".join(map(str, fault["loc"]))
    if fault["type"] == "missing" and place.endswith("exhibit.schema"):
        return "expected a path and a schema of each exhibit"
    found = "nothing" if fault["type"] == "missing" else repr(fault["input"])[:_SHOWN_LETTERS]
    wanted = fault["msg"].removeprefix("Input should be ").removesuffix(" required")
    return f"{place}: expected {wanted[:1].lower()}{wanted[1:]}, found {found}"


def cohort_of(about: Mapping[str, Any]) -> int | None:
    """Return the N that the entry of an exhibit declares; None for none."""
    text = str(about.get("cohort_n") or "")
    number = parse_printed(text) if is_printed(text) else None
    return number.count if number is not None and number.is_whole else None
