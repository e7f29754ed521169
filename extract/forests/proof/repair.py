"""Numbers of a picture that were not read with certainty: the arithmetic of their rows confirms or repairs them, or
they stay in doubt and say so. What was read with certainty is never changed: it may be the paper's own error."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.forests.plot import PlotFlag, PlotRow
from extract.forests.proof.proofs import numbers_in, proofs, weights_proved
from extract.page.words import Word
from schemas.printed import is_printed, parse_printed

READER = "rapidocr"
IN_DOUBT, REPAIRED = "RDR010", "RDR011"
DOUBT = 0.9  # a number less sure needs a proof
TEXT_DOUBT = 0.5  # a label or another text less sure is in doubt
TEXTS = ("label", "treatment", "group")
WITHOUT_DOUBT = ("kind", "measure")
CONFUSED = {
    "0": "689",
    "1": "47",
    "2": "7",
    "3": "85",
    "4": "19",
    "5": "638",
    "6": "580",
    "7": "12",
    "8": "3605",
    "9": "4078",
}


def settle(rows: Sequence[PlotRow], scale: str) -> tuple[PlotRow, ...]:
    """The rows of a plot in a picture, with doubts settled where their arithmetic does, and flagged where not."""
    weights = weights_proved(rows)
    usual = {column: decimals_of(rows, column) for column in {name for row in rows for name in row.values}}
    return tuple(settled(row, scale, usual, i in weights) for i, row in enumerate(rows))


def decimals_of(rows: Iterable[PlotRow], column: str) -> int | None:
    """How many decimals nearly all numbers of a column have, None where they differ."""
    texts = [row.values.get(column, "") for row in rows if row.values["kind"] != "heterogeneity"]
    counts = Counter(parse_printed(text).decimals for text in texts if is_printed(text))
    most = counts.most_common(1)
    return most[0][0] if most and most[0][1] >= 3 and most[0][1] >= 0.8 * counts.total() else None


def settled(row: PlotRow, scale: str, usual: Mapping[str, int | None], weight_proved: bool) -> PlotRow:
    values, flags = dict(row.values), list(row.flags)
    for column, text in row.values.items():
        if column in WITHOUT_DOUBT or column.startswith("drawn_") or not text:
            continue
        first, why = doubt_of(column, text, row.words.get(column, ()), usual.get(column))
        proof = proof_of(column, values, scale) or (
            "the weights give 100" if column == "weight" and weight_proved else ""
        )
        if why and not proof and (repair := repair_of(column, values, scale, usual.get(column))):
            values[column], proof = repair
            flags.append(PlotFlag(column, REPAIRED, READER, first, f"{why}; {proof}"))
        elif why and not proof:
            flags.append(PlotFlag(column, IN_DOUBT, READER, first, why))
        elif first != text:
            flags.append(PlotFlag(column, REPAIRED, READER, first, f"a number is printed; {proof or 'no letter fits'}"))
    return replace(row, values=values, flags=tuple(flags))


def doubt_of(column: str, text: str, words: Sequence[Word], usual: int | None) -> tuple[str, str]:
    """How a cell was read first, and why it is in doubt ("" where it is not)."""
    own = [word for word in words if word.text in text or text.lstrip("-<>= ") in word.text] or list(words)
    sureness = min((word.confidence for word in own), default=1.0)
    first = " ".join(word.layer or word.text for word in own) if any(word.layer for word in own) else text
    if column in TEXTS:
        return text, f"sure to {sureness:.2f} only" if sureness < TEXT_DOUBT else ""
    if sureness < DOUBT:
        return first, f"sure to {sureness:.2f} only"
    if usual and is_printed(text) and not parse_printed(text).decimals:
        return first, f"its column has {usual} decimals"
    return first, ""


def proof_of(column: str, values: Mapping[str, str], scale: str) -> str:
    return next((why for why, columns in proofs(numbers_in(values), scale) if column in columns), "")


def repair_of(column: str, values: Mapping[str, str], scale: str, usual: int | None) -> tuple[str, str] | None:
    """The one other reading of a number that the rest of its row confirms, and how; None where there is none, or are
    several."""
    if column in TEXTS:
        return None
    tried = {text: proof_of(column, {**values, column: text}, scale) for text in readings_of(values[column], usual)}
    found = [(text, proof) for text, proof in tried.items() if proof]
    return found[0] if len(found) == 1 else None


def readings_of(text: str, usual: int | None) -> Iterator[str]:
    """What else a number can be that was read so: a digit is another one, a minus or a point is lost."""
    for place, digit in enumerate(text):
        yield from (text[:place] + other + text[place + 1 :] for other in CONFUSED.get(digit, ""))
    yield text.removeprefix("-") if text.startswith("-") else f"-{text}"
    if usual and "." not in text and len(text.lstrip("-")) > usual:
        yield f"{text[:-usual]}.{text[-usual:]}"
