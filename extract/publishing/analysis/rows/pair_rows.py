"""Rows of compared arms: two_arm, metapsy, network."""

from collections.abc import Iterator, Mapping, Sequence

from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.analysis.results import ArmResult
from extract.publishing.analysis.rows.arm_rows import Row, what
from extract.publishing.analysis.rows.pairs import ArmSet
from extract.publishing.analysis.rows.places import Identifiers, place
from extract.publishing.analysis.values import as_converted
from validations.statistics.conversions.times import weeks_of

_PRINTED = ("printed1", "printed2")
MEANS = "msd"  # Metapsy's type of outcomes with means and standard deviations


def two_arm_rows(paper: CuratedPaper, sets: Sequence[ArmSet]) -> Iterator[Row]:
    """Every two arms of each set."""
    ids = Identifiers()
    for first, second in _pairs(sets):
        values = {"n1i": first.ni, "n2i": second.ni}
        if first.is_count:
            values |= {"ai": first.xi, "ci": second.xi}
        else:
            values |= {"m1i": first.mean, "sd1i": first.sd, "m2i": second.mean, "sd2i": second.sd}
        columns = {name: text for key, value in values.items() for name, text in value.columns(key).items()}
        arms = {"arm1": first.arm, "arm2": second.arm}
        yield {
            **what(first.about, "unit"),
            **place(paper, (first.source, second.source), _PRINTED),
            **columns,
            **arms,
            "id": _pair_id(ids, paper, first, second),
        }


def _pairs(sets: Sequence[ArmSet]) -> Iterator[tuple[ArmResult, ArmResult]]:
    return (pair for arms in sets for pair in arms.pairs())


def _pair_id(ids: Identifiers, paper: CuratedPaper, first: ArmResult, second: ArmResult) -> str:
    """The identifier of a pair: the parts of both arms, with the row of the second where it is another."""
    own, other = first.source, second.source
    after = other.part if other.record.row == own.record.row else f"{other.record.row}.{other.part}"
    return ids.of(paper, own, f"{own.part}-{after}")


def metapsy_rows(paper: CuratedPaper, sets: Sequence[ArmSet]) -> Iterator[Row]:
    """The same pairs by Metapsy's names. Its cells have no semicolons."""
    ids = Identifiers()
    for arms in sets:
        for first, second in arms.pairs():
            row = {
                "study": first.about["study"],
                **place(paper, (first.source, second.source), _PRINTED),
                **_metapsy(first, second, several=len(arms.results) > 2),
                "id": _pair_id(ids, paper, first, second),
            }
            yield {name: text.replace(";", ",").strip() for name, text in row.items()}


def _metapsy(first: ArmResult, second: ArmResult, *, several: bool) -> Mapping[str, str]:
    about, row = first.about, {"condition_arm1": first.arm, "condition_arm2": second.arm}
    for number, arm in enumerate((first, second), start=1):
        names = {"event": arm.xi, "totaln": arm.ni} if arm.is_count else {"mean": arm.mean, "sd": arm.sd, "n": arm.ni}
        row |= {f"{name}_arm{number}": value.text for name, value in names.items()}
        row |= {f"multi_arm{number}": arm.arm} if several else {}
    counted = ", ".join(filter(None, (about["outcome"], about["subgroup"])))
    named = {"outcome_type": counted if first.is_count else MEANS, "instrument": about["outcome"]}
    weeks = as_converted(weeks_of(about["timepoint"]))
    return {**row, **named, "time": about["timepoint"], **weeks.columns("time_weeks")}


def network_rows(paper: CuratedPaper, sets: Sequence[ArmSet]) -> Iterator[Row]:
    """The arms of each set, one below the other."""
    ids, set_ids = Identifiers(), Identifiers()
    for arms in sets:
        name = set_ids.of(paper, arms.results[0].source)
        for arm in arms.results:
            values = {"n": arm.ni} | ({"event": arm.xi} if arm.is_count else {"mean": arm.mean, "sd": arm.sd})
            columns = {name: text for key, value in values.items() for name, text in value.columns(key).items()}
            names = {"studlab": arm.about["study"], "treatment": arm.arm, "time": arm.about["timepoint"]}
            yield {
                **what(arm.about, "unit"),
                **place(paper, (arm.source,)),
                **columns,
                **names,
                **{"set": name, "id": ids.of(paper, arm.source)},
            }
