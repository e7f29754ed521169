"""Arms that may be compared: the results of different arms of one outcome."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from extract.publishing.analysis.results import ArmResult, LeftOut, Result
from validations.inference.arms.wholes import is_all
from validations.labels import fold


class ArmSet(NamedTuple):
    """The results of two arms or more in one outcome, in the order of print."""

    results: tuple[ArmResult, ...]

    def pairs(self) -> Iterator[tuple[ArmResult, ArmResult]]:
        """Every two arms, the one that is printed first before the other."""
        return combinations(self.results, 2)


def arm_sets(results: Sequence[Result]) -> tuple[list[ArmSet], list[LeftOut]]:
    """The sets of arms among the results, and those that cannot be formed.

    Arms are the columns of a printed row or, where each row is of one arm, the rows of a printed column.
    """
    found: list[ArmSet] = []
    left_out: list[LeftOut] = []
    loose = [result for result in results if isinstance(result, ArmResult) and result.belongs]
    for by_row in (True, False):
        groups: dict[tuple[object, ...], list[ArmResult]] = defaultdict(list)
        for result in loose:
            groups[(*result.belongs, _axis(result, by_row=by_row))].append(result)
        loose = []
        for group in groups.values():
            arms = _arms(group)
            if len({fold(result.arm) for result in arms}) < 2:
                loose += group
            elif len({fold(result.arm) for result in arms}) == len(arms):
                found.append(ArmSet(tuple(arms)))
            else:
                left_out += [LeftOut(each.source, "two_arm", _SEVERAL, each.about) for each in arms]
    return found, left_out


_SEVERAL = "an arm has several cells, and nothing tells which of them are to be compared"


def _axis(result: ArmResult, *, by_row: bool) -> str:
    record = result.source.record
    return record.row if by_row else f"column {record['cell'].partition('.')[0]}"


def _arms(group: Sequence[ArmResult]) -> list[ArmResult]:
    """The results of single arms: without those of all patients, and of several arms together."""
    return [each for each in group if each.arm and ";" not in each.arm and not is_all(each.arm)]
