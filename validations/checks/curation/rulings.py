"""VER: rulings that no longer match a finding, that give no reason, or that contradict each other."""

from collections.abc import Mapping

from validations.registry import Answers, Docket, Fault, check
from validations.rulings.matching import missing_parts, ruled_place, ruling_key, withdrawal_command
from validations.tables import Record


@check("VER001", "reading")
def verdict_without_finding(docket: Docket) -> Answers:
    """A verdict rules on a finding that does not exist.

    Why it matters
        The table, the reading or the check has changed since a person looked. A ruling that outlives its finding would
        hide the next finding at the same place. Remove it with `doubletake verdict ... --withdraw`. (While an exhibit
        is missing, RDR020, or a check failed, RDR024, nothing is said: the finding may come back with it.)

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
    incomplete = any(finding.code in ("RDR020", "RDR024") for finding in docket.findings)
    for ruling in docket.rulings:
        line = withdrawal_command(docket.paper, ruling, docket.rulings)
        message = f"the finding no longer exists; remove the verdict: {line}"
        yield None if incomplete or ruled_place(ruling) in places else _fault(ruling, message)


@check("VER002", "reading")
def verdict_on_other_values(docket: Docket) -> Answers:
    """A verdict rules on a finding whose printed values have changed since then.

    Why it matters
        The person ruled on other numbers than the published ones. Look again and rule anew.

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
        message = f"the verdict rules on {ruling.get('printed', '')}, now printed is {' and '.join(now)}"
        yield _fault(ruling, message) if changed else None


@check("VER003", "reading")
def verdict_without_reason(docket: Docket) -> Answers:
    """A verdict lacks its decision, its reason, its author or its date.

    Why it matters
        A ruling is worth as much as its reason. An incomplete ruling leaves the finding waiting.

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


@check("VER004", "reading")
def verdicts_disagree(docket: Docket) -> Answers:
    """Reviewers rule differently on the same finding.

    Why it matters
        Two people looked at the page, each by themselves, and one of them sees an error where the other sees none.
        Neither ruling counts until a further one settles it: `doubletake review` shows both, or let a third person rule
        with `doubletake verdict ... --by NAME`.

    Fires on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why        by   on
        PCT001  table1   3    n       -     n=24     paper_error  a slip     Ann  2026-11-21
        PCT001  table1   3    n       -     n=24     explained    a subset   Bo   2026-11-22

    Silent on
        findings: findings
        code    exhibit  row  column  printed
        PCT001  table1   3    n       n=24

        rulings: rulings
        code    exhibit  row  column  part  printed  verdict      why          by   on
        PCT001  table1   3    n       -     n=24     paper_error  a slip       Ann  2026-11-21
        PCT001  table1   3    n       -     n=24     paper_error  a misprint   Bo   2026-11-22
    """
    found: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for ruling in docket.rulings:
        if not missing_parts(ruling):
            found.setdefault(ruling_key(ruling), []).append(ruling)
    for rulings in found.values():
        names = " and ".join(dict.fromkeys(ruling["by"] for ruling in rulings))
        differ = len({ruling["verdict"] for ruling in rulings}) > 1
        yield _fault(rulings[0], f"{names} rule differently; a further ruling settles it") if differ else None


def _fault(ruling: Mapping[str, str], message: str) -> Fault:
    """The fault at the place that the ruling names. The finding quotes the ruled code as its printed value."""
    cells = {name: ruling.get(name, "") for name in ("row", "part", "code")}
    record = Record(ruling.get("exhibit", ""), cells, "part")
    return Fault(f"{ruling.get('code', '')}: {message}", "", record, ruling.get("column", ""), ("code",))
