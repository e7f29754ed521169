"""PCT: counts with their percentages out of the N of the cell or of the head of its column."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tests.mutants.trials.equations import Equation, Place, Texts, count, number
from validations.tables import Table

FEWEST_OF_A_HEAD = 3  # percentages of a column that the N in its head gives
MOST_MISFITS = Fraction(1, 2)  # of the percentages of a column whose N is right


def equations(table: Table) -> Iterator[Equation]:
    """One for each cell with count and percentage, and one for the N in the head of each column of them."""
    heads: dict[tuple[str, ...], list[Texts]] = defaultdict(list)
    for line, record in enumerate(table.records):
        size = "total" if record["total"] else "arm_n"
        texts: dict[Place, str] = {(line, name): record[name] for name in ("n", "percent", size)}
        if all(texts.values()):
            yield Equation({place: text for place, text in texts.items() if place[1] != "arm_n"}, _of_cell(line, texts))
            if size == "arm_n":
                place = (record["cell"].partition(".")[0], record["arm"], record["timepoint"], record["arm_n"])
                heads[place].append(texts)
    yield from (_of_head(cells) for cells in heads.values() if len(cells) >= FEWEST_OF_A_HEAD)


def _of_cell(line: int, known: Texts):  # noqa: ANN202
    def holds(texts: Texts) -> bool:
        n, percent, total = ({**known, **texts}.get((line, name), "") for name in ("n", "percent", "total"))
        return fits(n, percent, total or known.get((line, "arm_n"), ""))

    return holds


def fits(n_text: str, percent_text: str, total_text: str) -> bool:
    """Whether count, percentage and N agree."""
    n, percent, total = count(n_text), number(percent_text), count(total_text)
    if n is None or percent is None or not total or n > total:
        return False
    return percent.holds(Fraction(100 * n, total))


def _of_head(cells: list[Texts]) -> Equation:
    place = next(place for place in cells[0] if place[1] == "arm_n")
    shares = [
        tuple(texts[line, name] for name in ("n", "percent")) for texts in cells for line in {at for at, _ in texts}
    ]

    def holds(texts: Texts) -> bool:
        telling = [(n, percent) for n, percent in shares if count(n)]
        misfits = sum(not fits(n, percent, texts[place]) for n, percent in telling)
        return len(telling) >= FEWEST_OF_A_HEAD and misfits <= MOST_MISFITS * len(telling)

    return Equation({place: cells[0][place]}, holds)
