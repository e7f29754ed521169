"""VER: rulings that no longer match a finding, or that give no reason."""

from collections.abc import Mapping

from validations.registry import Answers, Docket, Fault, check
from validations.rulings.matching import missing_parts, ruled_place, withdrawal_command
from validations.tables import Record


@check("VER001", "reading")
def verdict_without_finding(docket: Docket) -> Answers:
    """A verdict rules on a finding that there is not.

    Why it matters
        The table, the reading or the check has changed since a person looked. A ruling that outlives its cause would
        hide the next finding at its place: `doubletake verdict` with `--withdraw` takes it out.

    Fires on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why     by   on
        PCT001  table1   4    n       -     n=27     paper_error  a slip  Ann  2026-11-21

    Silent on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why     by   on
        PCT001  table1   3    n       -     n=24     paper_error  a slip  Ann  2026-11-21
    """
    places = {finding.place for finding in docket.findings}
    for ruling in docket.rulings:
        line = withdrawal_command(docket.paper, ruling, docket.rulings)
        message = f"there is no such finding any more; take the verdict out: {line}"
        yield None if ruled_place(ruling) in places else _fault(ruling, message)


@check("VER002", "reading")
def verdict_on_other_values(docket: Docket) -> Answers:
    """A verdict rules on a finding whose printed values have changed since.

    Why it matters
        The person ruled on other numbers than those that are published now. Look again, and rule anew.

    Fires on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why     by   on
        PCT001  table1   3    n       -     n=42     paper_error  a slip  Ann  2026-11-21

    Silent on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why     by   on
        PCT001  table1   3    n       -     n=24     paper_error  a slip  Ann  2026-11-21
    """
    printed: dict[tuple[str, ...], list[str]] = {}
    for finding in docket.findings:
        printed.setdefault(finding.place, []).append(finding.printed)
    for ruling in docket.rulings:
        now = printed.get(ruled_place(ruling), [])
        changed = bool(now) and ruling.get("printed", "") not in now
        message = f"ruled on {ruling.get('printed', '')}, printed now {' and '.join(now)}"
        yield _fault(ruling, message) if changed else None


@check("VER003", "reading")
def verdict_without_reason(docket: Docket) -> Answers:
    """A verdict does not say what it is, why, by whom or when.

    Why it matters
        A ruling is worth its reason. Without one the finding still waits.

    Fires on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why  by   on
        PCT001  table1   3    n       -     n=24     paper_error  -    Ann  2026-11-21

    Silent on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict    why     by   on
        PCT001  table1   3    n       -     n=24     explained  a slip  Ann  2026-11-21
    """
    for ruling in docket.rulings:
        lacks = missing_parts(ruling)
        yield _fault(ruling, f"the verdict lacks {', '.join(lacks)}") if lacks else None


def _fault(ruling: Mapping[str, str], message: str) -> Fault:
    """The fault at the place that the ruling names; the code that it rules on is quoted as printed."""
    cells = {name: ruling.get(name, "") for name in ("row", "part", "code")}
    record = Record(ruling.get("exhibit", ""), cells, "part")
    return Fault(f"{ruling.get('code', '')}: {message}", "", record, ruling.get("column", ""), ("code",))
