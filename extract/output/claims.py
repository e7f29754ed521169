"""Claims as the frame that is published, and as JSON and text for the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.claims.claim import Claim
from extract.claims.frame import claims_frame, rows_of
from extract.output.forms import plain, to_csv, to_json, to_text

if TYPE_CHECKING:
    pass

_SHOWN = ("section", "measure", "subject", "value", "n", "interval", "p")


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
