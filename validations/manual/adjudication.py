"""How many findings on papers of others are true, as a chapter of the manual. `adjudication.json` has what
`python -m tests.adjudicated` counted: by code its severity, true findings, and all."""

import json
from pathlib import Path

RESULTS = Path(__file__).parent / "adjudication.json"
TEXT = """\
## How many findings are true

`doubletake check` was run on {papers} papers of others, without a card: trials, and reviews with forest plots. Each
finding was compared with the page (`tests/adjudicated/`), most of them before the message was read, the latest ones by
the writers of the checks. *True* is what the paper itself
contradicts; of a doubt in our reading, a doubt that is justified. These papers were looked at while the checks were
written: on others, expect fewer true ones.
"""


def precision_chapter(path: Path = RESULTS) -> str:
    """Return the chapter as Markdown."""
    counts = json.loads(path.read_text(encoding="utf-8"))
    lines = [f"| {code} | {severity} | {true} | {found} |" for code, (severity, true, found) in counts["codes"].items()]
    sums: dict[str, tuple[int, int]] = {}
    for severity, true, found in counts["codes"].values():
        old = sums.get(severity, (0, 0))
        sums[severity] = (old[0] + true, old[1] + found)
    totals = [f"| all | {severity} | {true} | {found} |" for severity, (true, found) in sums.items()]
    head = ["| code | severity | true | findings |", "| --- | --- | ---: | ---: |"]
    return "\n".join([TEXT.format(papers=counts["papers"]), *head, *totals, *lines, ""])
