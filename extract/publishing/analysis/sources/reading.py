"""The results of a curated paper, exhibit by exhibit. A new schema adds its sources here."""

from collections.abc import Callable, Iterator, Mapping

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import Result
from extract.publishing.analysis.sources.counts import (
    adverse_counts,
    characteristics_counts,
    forest_counts,
    histology_counts,
    response_counts,
    results_counts,
    study_arm_counts,
)
from extract.publishing.analysis.sources.effects import table_effects
from extract.publishing.analysis.sources.log_rank import log_rank_effects
from extract.publishing.analysis.sources.means import summary_means
from extract.publishing.analysis.sources.survival import table_medians, text_medians
from extract.publishing.analysis.sources.two_arms import forest_arms
from validations.tables import Table

_Reader = Callable[[CuratedPaper, Table], Iterator[Result]]
_READERS: Mapping[str, tuple[_Reader, ...]] = {
    "characteristics": (characteristics_counts,),
    "hazard_ratios": (table_effects,),
    "adverse_events": (adverse_counts,),
    "responses": (response_counts,),
    "study_arms": (study_arm_counts,),
    "histology": (histology_counts,),
    "forest": (forest_counts, forest_arms, table_effects),
    "results": (results_counts, table_medians, table_effects, log_rank_effects),
    "claims": (text_medians,),
}


def read_results(paper: CuratedPaper, method: str) -> list[Result]:
    """All results of a paper in the order of its exhibits. `method`: how means follow from quantiles."""
    found: list[Result] = []
    for table in paper.paper.tables.values():
        for read in _READERS.get(table.schema, ()):
            found += read(paper, table)
        found += summary_means(paper, table, method)
    return found
