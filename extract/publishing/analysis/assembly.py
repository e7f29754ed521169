"""Curated papers as the analysis frames."""

from collections.abc import Mapping, Sequence

import pandas as pd

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import LeftOut
from extract.publishing.analysis.rows.arm_rows import (
    Row,
    adverse_event_rows,
    effect_rows,
    left_out_rows,
    one_arm_rows,
    survival_rows,
)
from extract.publishing.analysis.rows.pair_rows import metapsy_rows, network_rows, two_arm_rows
from extract.publishing.analysis.rows.pairs import arm_sets
from extract.publishing.analysis.sources.means import QUANTILE_METHODS
from extract.publishing.analysis.sources.reading import read_results
from schemas.analysis.frames import FRAMES


def analysis_frames(papers: Sequence[CuratedPaper], method: str = QUANTILE_METHODS[0]) -> dict[str, pd.DataFrame]:
    """The frames by the names of their files, with the rows of all papers in their order; valid by their schemas.

    `method`: how means and SDs follow from medians, one of QUANTILE_METHODS.
    """
    rows: dict[str, list[Row]] = {name: [] for name in FRAMES}
    for paper in papers:
        for name, found in _rows(paper, method).items():
            rows[name] += found
    return {name: spec.frame(rows[name]) for name, spec in FRAMES.items()}


def _rows(paper: CuratedPaper, method: str) -> Mapping[str, list[Row]]:
    results = read_results(paper, method)
    sets, apart = arm_sets(results)
    left_out = [result for result in results if isinstance(result, LeftOut)] + apart
    return {
        "one_arm": list(one_arm_rows(paper, results)),
        "two_arm": list(two_arm_rows(paper, sets)),
        "metapsy": list(metapsy_rows(paper, sets)),
        "effects": list(effect_rows(paper, results)),
        "network": list(network_rows(paper, sets)),
        "survival": list(survival_rows(paper, results)),
        "adverse_events": list(adverse_event_rows(paper, results)),
        "left_out": list(left_out_rows(paper, left_out)),
    }
