"""Writes how many findings on the papers of the corpus are true into the manual: python -m tests.adjudicated"""

import json
import sys

from tests.adjudicated.findings import JUDGED, Judged, counted, findings_of, judgements, key_of, pdf_of
from validations.manual.adjudication import RESULTS
from validations.manual.pages import write_manual


def main() -> None:
    found: list[Judged] = []
    for name in JUDGED:
        pdf = pdf_of(name)
        if pdf is None:
            sys.exit(f"{name}.pdf is not in the corpus: set DOUBLETAKE_CORPUS")
        known = judgements(name)
        found += [known.get(key_of(each)) or Judged(key_of(each), each.severity, "?") for each in findings_of(pdf)]
    unjudged = [each.key for each in found if each.verdict == "?"]
    if unjudged:
        sys.exit(f"{len(unjudged)} findings are not judged, such as {unjudged[0]}")
    severities = {each.key[0]: each.severity for each in found}
    by_code = {code: [severities[code], *counts] for code, counts in counted(found).items()}
    RESULTS.write_text(json.dumps({"papers": len(JUDGED), "codes": by_code}, indent=1) + "\n", encoding="utf-8")
    write_manual()


if __name__ == "__main__":
    main()
