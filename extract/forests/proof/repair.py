"""Doubtful numbers of a picture: the arithmetic of their rows confirms or repairs them, or they are flagged.
A number that was read with certainty is never changed: it may be the paper's own error."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.forests.plot import PICTURE_READER, PlotFlag, PlotRow
from extract.forests.proof.proofs import numbers_in, proofs, rows_with_proved_weights
from extract.page.words import Word
from schemas.base.printed import is_printed, parse_printed

IN_DOUBT, REPAIRED = "RDR010", "RDR011"
NUMBER_CONFIDENCE_SHARE = 0.9  # a number read with less confidence needs a proof
TEXT_CONFIDENCE_SHARE = 0.5  # a label or another text read with less confidence is in doubt
COLUMN_DECIMALS_COUNT = 3  # numbers with as many decimals that a column has at least, to have usual decimals
COLUMN_DECIMALS_SHARE = 0.8  # of the numbers of a column have its usual decimals: single ones may be misread
TEXT_COLUMNS = ("label", "treatment", "group")
WITHOUT_DOUBT = ("kind", "measure")  # columns that are derived, not read
CONFUSED_DIGITS = {  # a digit as it was read, and the digits that may be printed
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


def repair_rows(rows: Sequence[PlotRow], scale: str) -> tuple[PlotRow, ...]:
    """The rows of a plot in a picture. Repairs are flagged, and so are doubtful cells that no arithmetic
    confirms or repairs. `scale`: "log" or "linear"."""
    weights = rows_with_proved_weights(rows)
    usual = {column: decimals_of(rows, column) for column in {name for row in rows for name in row.values}}
    return tuple(repaired_row(row, scale, usual, i in weights) for i, row in enumerate(rows))


def decimals_of(rows: Iterable[PlotRow], column: str) -> int | None:
    """The number of decimals that nearly all numbers of a column have; None where they differ."""
    texts = [row.values.get(column, "") for row in rows if row.values["kind"] != "heterogeneity"]
    counts = Counter(parse_printed(text).decimals for text in texts if is_printed(text))
    decimals, most = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    return decimals if most >= max(COLUMN_DECIMALS_COUNT, COLUMN_DECIMALS_SHARE * counts.total()) else None


def repaired_row(row: PlotRow, scale: str, usual: Mapping[str, int | None], weight_proved: bool) -> PlotRow:
    """The row with each doubtful cell confirmed, repaired or flagged. `usual`: the usual decimals of each column."""
    values, flags = dict(row.values), list(row.flags)
    for column, text in row.values.items():
        if column in WITHOUT_DOUBT or column.startswith("drawn_") or not text:
            continue
        first, doubt = doubt_of(column, text, row.words.get(column, ()), usual.get(column))
        proof = proof_of(column, values, scale) or (
            "the weights add up to 100" if column == "weight" and weight_proved else ""
        )
        if doubt and not proof and (repair := repair_of(column, values, scale, usual.get(column))):
            values[column], proof = repair
            flags.append(PlotFlag(column, REPAIRED, PICTURE_READER, first, f"{doubt}; {proof}"))
        elif doubt and not proof:
            flags.append(PlotFlag(column, IN_DOUBT, PICTURE_READER, first, doubt))
        elif first != text:
            evidence = f"corrected to digits: {proof or 'the column is numeric'}"
            flags.append(PlotFlag(column, REPAIRED, PICTURE_READER, first, evidence))
    return replace(row, values=values, flags=tuple(flags))


def doubt_of(column: str, text: str, words: Sequence[Word], usual: int | None) -> tuple[str, str]:
    """The text that OCR read in a cell first, and the reason to doubt it; "" for no reason."""
    own = [word for word in words if word.text in text or text.lstrip("-<>= ") in word.text] or list(words)
    confidence = min((word.confidence for word in own), default=1.0)
    first = " ".join(word.layer or word.text for word in own) if any(word.layer for word in own) else text
    if column in TEXT_COLUMNS:
        return text, f"OCR confidence {confidence:.2f}" if confidence < TEXT_CONFIDENCE_SHARE else ""
    if confidence < NUMBER_CONFIDENCE_SHARE:
        return first, f"OCR confidence {confidence:.2f}"
    if usual and is_printed(text) and not parse_printed(text).decimals:
        return first, f"no decimals in a column with {usual}"
    return first, ""


def proof_of(column: str, values: Mapping[str, str], scale: str) -> str:
    """The first proof of the value in a column of a row; "" where there is no proof."""
    return next((proof for proof, columns in proofs(numbers_in(values), scale) if column in columns), "")


def repair_of(column: str, values: Mapping[str, str], scale: str, usual: int | None) -> tuple[str, str] | None:
    """The only other reading of a number that the rest of its row confirms, and its proof; None where no other reading
    or several are confirmed."""
    if column in TEXT_COLUMNS:
        return None
    tried = {text: proof_of(column, {**values, column: text}, scale) for text in other_readings(values[column], usual)}
    found = [(text, proof) for text, proof in tried.items() if proof]
    return found[0] if len(found) == 1 else None


def other_readings(text: str, usual: int | None) -> Iterator[str]:
    """The numbers that may be printed where `text` was read: one digit is another, or a minus or a point was lost."""
    for place, digit in enumerate(text):
        yield from (text[:place] + other + text[place + 1 :] for other in CONFUSED_DIGITS.get(digit, ""))
    yield text.removeprefix("-") if text.startswith("-") else f"-{text}"
    if usual and "." not in text and len(text.lstrip("-")) > usual:
        yield f"{text[:-usual]}.{text[-usual:]}"
