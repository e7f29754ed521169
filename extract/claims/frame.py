"""Claims as records and as the frame of the schema claims."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from extract.claims.claim import Claim
from extract.page.box import Box

if TYPE_CHECKING:
    import pandas as pd


READ_BY = "pdfplumber"


def rows_of(claims: Sequence[Claim]) -> list[dict[str, str]]:
    """The records of the schema `claims`, without those of its columns that are blank in all."""
    return [{"row": str(number), **row_of(claim)} for number, claim in enumerate(claims, start=1)]


def row_of(claim: Claim) -> dict[str, str]:
    values = {name: value for name, value in asdict(claim).items() if name != "boxes"}
    return values | place_of(claim.boxes)


def place_of(boxes: Iterable[Box]) -> dict[str, str]:
    """The columns of the provenance: the first lines of the words in one box, others behind it in `continued`."""
    areas = joined(boxes)
    if not areas:
        return dict.fromkeys(("page", "x0", "top", "x1", "bottom", "continued", "read_by"), "")
    first, *others = areas
    corners = dict(zip(("x0", "top", "x1", "bottom"), (f"{value:.1f}" for value in first[1:]), strict=True))
    continued = ";".join(f"{box.page}:" + ":".join(f"{value:.1f}" for value in box[1:]) for box in others)
    return {"page": str(first.page), **corners, "continued": continued, "read_by": READ_BY}


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of words as boxes of lines that stand below one another; a new one begins in another column or page."""
    areas: list[Box] = []
    for box in boxes:
        last = areas[-1] if areas else None
        height = box.bottom - box.top
        if (
            last is not None
            and last.page == box.page
            and -height < box.top - last.top < 2 * height + last.bottom - last.top
        ):
            areas[-1] = last.around(box)
        else:
            areas.append(box)
    return areas


def claims_frame(claims: Sequence[Claim]) -> "pd.DataFrame":
    """The frame of the schema `claims`; SchemaError where a claim is none."""
    import pandas as pd

    from schemas import SCHEMAS, validate

    frame = pd.DataFrame(rows_of(claims), columns=SCHEMAS["claims"].columns(), dtype=str)
    return validate(frame.fillna(""), "claims")
