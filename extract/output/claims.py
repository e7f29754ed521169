"""Claims as JSON, as a CSV file, and as text for the screen."""

from collections.abc import Sequence
from pathlib import Path

from extract.claims.claim import Claim
from extract.claims.frame import claim_rows, claims_frame
from extract.errors import UnreadPart
from extract.output.output_forms import OutputForms, csv_of_rows, escape_markup, grid_text, json_text

_COLUMNS = ("section", "measure", "subject", "value", "n", "interval", "p")


def claims_json(path: Path, claims: Sequence[Claim], unread: Sequence[UnreadPart] = ()) -> str:
    """Return the claims of a file as the JSON that `doubletake claims --json` prints."""
    return json_text(path, unread, claims=claim_rows(claims))


def claims_csv(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the claims as a CSV of the schema `claims`, by file name."""
    frame = claims_frame(claims)
    return {"claims.csv": csv_of_rows([list(frame.columns), *frame.values.tolist()])}


def claims_text(claims: Sequence[Claim], width: int) -> str:
    """Return the claims as text for a screen of `width` columns, one line per claim."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in _COLUMNS:
        grid.add_column(head, overflow="fold")
    for claim in claims:
        grid.add_row(*map(escape_markup, _cells(claim)))
    return f"{grid_text(grid, width)}\n" if claims else ""


def _cells(claim: Claim) -> tuple[str, ...]:
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


CLAIM_FORMS: OutputForms[Claim] = OutputForms(claims_json, claims_csv, claims_text)
