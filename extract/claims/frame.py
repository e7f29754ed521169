"""Claims as records, and as the frame of the schema `claims`."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from extract.claims.claim import Claim
from extract.page.box import Box, place_columns

if TYPE_CHECKING:
    import pandas as pd

_READ_BY = "pdfplumber"
_LINE_GAP_RATIO = 2  # heights of a word between one line of an area and the next, at most


def claim_rows(claims: Sequence[Claim]) -> list[dict[str, str]]:
    """Return one record per claim with the columns of the schema `claims`, numbered from 1."""
    return [{"row": str(number), **_row_of(claim)} for number, claim in enumerate(claims, start=1)]


def _row_of(claim: Claim) -> dict[str, str]:
    values = {name: value for name, value in asdict(claim).items() if name not in ("boxes", "read_by")}
    return values | _provenance(claim)


def _provenance(claim: Claim) -> dict[str, str]:
    """Return the provenance columns: the first area of lines as a box, others in `continued`."""
    areas = _areas_of_lines(claim.boxes)
    if not areas:
        return {**dict.fromkeys(("page", "x0", "top", "x1", "bottom", "continued"), ""), "read_by": claim.read_by}
    return {**place_columns(areas), "read_by": claim.read_by or _READ_BY}


def _areas_of_lines(boxes: Iterable[Box]) -> list[Box]:
    """Return boxes of words joined to areas of lines below one another; another column or page begins a new area."""
    areas: list[Box] = []
    for box in boxes:
        if areas and _is_next_line(areas[-1], box):
            areas[-1] = areas[-1].union(box)
        else:
            areas.append(box)
    return areas


def _is_next_line(area: Box, box: Box) -> bool:
    """Whether a word continues an area: on the same page, not above the area, and close below its last line."""
    same_page = area.page == box.page
    return same_page and -box.height < box.top - area.top < _LINE_GAP_RATIO * box.height + area.height


def claims_frame(claims: Sequence[Claim]) -> "pd.DataFrame":
    """Return the frame of the schema `claims`; SchemaError if a claim does not fit the schema."""
    import pandas as pd

    from schemas import SCHEMAS, validate

    frame = pd.DataFrame(claim_rows(claims), columns=SCHEMAS["claims"].columns(), dtype=str)
    return validate(frame.fillna(""), "claims")
