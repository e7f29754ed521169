"""Claims as the frame that is published, and as JSON and text for the screen."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from extract.claims.claim import Claim
from extract.forms import plain, to_csv, to_json, to_text
from extract.readers.table import Box

if TYPE_CHECKING:
    import pandas as pd

READ_BY = "pdfplumber"
_SHOWN = ("section", "measure", "subject", "value", "n", "interval", "p")


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


def as_json(path: Path, claims: Sequence[Claim]) -> str:
    """The claims of a file as the command `claims --json` prints them."""
    return to_json(path, claims=rows_of(claims))


def as_csv(claims: Sequence[Claim]) -> dict[str, str]:
    """File name -> CSV in the schema `claims`."""
    frame = claims_frame(claims)
    return {"claims.csv": to_csv([list(frame.columns), *frame.values.tolist()])}


def as_text(claims: Sequence[Claim], width: int) -> str:
    """The claims for the eye, a line each."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in _SHOWN:
        grid.add_column(head, overflow="fold")
    for claim in claims:
        grid.add_row(*map(plain, cells_of(claim)))
    return f"{to_text(grid, width)}\n" if claims else ""


def cells_of(claim: Claim) -> tuple[str, ...]:
    sign = "" if claim.comparator == "=" else f"{claim.comparator} "
    subject = f"{claim.subject} (against {claim.versus})" if claim.versus else claim.subject
    counted = "/".join(filter(None, (claim.n, claim.total)))
    return (
        claim.section,
        claim.measure,
        subject,
        f"{sign}{claim.value} {claim.unit}".strip(),
        counted,
        _spread(claim),
        claim.p,
    )


def _spread(claim: Claim) -> str:
    if claim.ci_low or claim.ci_high:
        return f"CI {claim.ci_low} to {claim.ci_high}"
    return f"{claim.low} to {claim.high}" if claim.low else f"SD {claim.sd}" if claim.sd else ""
