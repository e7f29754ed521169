"""Prints how many redundant numbers of the trials are caught when altered: python -m tests.mutants.trials"""

import os
import sys
from collections import Counter

from tests.mutants.trials.catching import read_trial, trials_of
from tests.mutants.trials.measuring import Outcome, outcomes

SEED, MOST = 13, 60


def main() -> None:
    trials = trials_of(os.environ.get("DOUBLETAKE_CORPUS", ""))
    if not trials:
        sys.exit("DOUBLETAKE_CORPUS is not set: it names the folder of real papers")
    papers = {pdf.stem: read_trial(pdf) for pdf in trials}
    for alone in (False, True):
        found: list[Outcome] = []
        for name, paper in papers.items():
            these = list(outcomes(paper, SEED, MOST, alone=alone))
            found += these
            for each in these:
                if not each.codes:
                    print(f"missed {name} {each.family} {each.altered}")
        print("alone" if alone else "vouched for")
        for label, key in (("family", _family), ("column", _column)):
            altered, caught = Counter(map(key, found)), Counter(key(each) for each in found if each.codes)
            for name in sorted(altered):
                share = f"{100 * caught[name] / altered[name]:.0f} %"
                print(f"  {label} {name}: {altered[name]} altered, {caught[name]} caught, {share}")


def _family(outcome: Outcome) -> str:
    return outcome.family


def _column(outcome: Outcome) -> str:
    return f"{outcome.family} {outcome.altered.column}"


if __name__ == "__main__":
    main()
