"""Alters papers, runs the checks, and writes how many alterations each check catches: python -m tests.mutants

--only responses   measure only the kinds of papers whose name contains this; print the counts and write nothing
--share 0.1        measure only this share of the made papers; print the counts and write nothing
--escapes          also print every alteration that is contradicted and not caught
"""

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from rich.console import Console
from rich.progress import track

from tests.mutants.cases import Case, all_cases
from tests.mutants.measuring import Measured, measure
from tests.mutants.results import summary, write
from validations.manual.pages import write_manual


def arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.mutants", description="Measures how good the checks are.")
    parser.add_argument("--only", default="", help="measure only papers whose kind contains this; write nothing")
    parser.add_argument("--share", type=float, default=1, help="measure only this share of made papers; write nothing")
    parser.add_argument("--escapes", action="store_true", help="also print alterations that should be caught")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many run at the same time")
    return parser.parse_args()


def measure_all(cases: Sequence[Case], processes: int) -> list[Measured]:
    """Measure the cases, starting with the long ones; return the results in the order of the cases.

    A terminal shows the progress.
    """
    order = sorted(range(len(cases)), key=lambda place: (cases[place].is_made, place))
    screen = Console(stderr=True)
    with ProcessPoolExecutor(processes) as pool:
        found = pool.map(measure, [cases[place] for place in order])
        shown = track(found, "papers", len(cases), console=screen, disable=not screen.is_terminal)
        done = dict(zip(order, shown, strict=True))
    return [done[place] for place in range(len(cases))]


def main() -> None:
    asked = arguments()
    measured = measure_all(all_cases(asked.only, asked.share), asked.processes)
    if asked.escapes:
        missed = [each for case in measured for each in case.outcomes if each.broken and not each.caught]
        print("\n".join(f"{each.way}: {each.description} ({', '.join(sorted(each.broken))})" for each in missed))
    counts = summary(measured)
    if asked.only or asked.share != 1:
        print(json.dumps(counts, indent=1, ensure_ascii=False))
    else:
        write(counts)
        write_manual()


if __name__ == "__main__":
    main()
