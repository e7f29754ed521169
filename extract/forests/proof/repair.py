"""Doubtful numbers of a picture: the arithmetic of their rows confirms or repairs them, or they are flagged.
A number that was read with certainty is never changed: it may be the paper's own error."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.forests.plot import INTERVAL_COLUMNS, PICTURE_READER, TEXT_READER, PlotFlag, PlotRow
from extract.forests.proof.proofs import PERCENT, numbers_in, proofs, rows_with_proved_weights
from extract.forests.text.heads import WEIGHT_CEILING_PERCENT
from extract.page.words import Word
from schemas.base.printed import is_printed, parse_printed

ODD_SHAPE, IN_DOUBT, REPAIRED = "RDR003", "RDR010", "RDR011"
NUMBER_CONFIDENCE_SHARE = 0.9  # a number read with less confidence needs a proof
TEXT_CONFIDENCE_SHARE = 0.5  # a label or another text read with less confidence is in doubt
COLUMN_DECIMALS_COUNT = 3  # numbers with as many decimals that a column has at least, to have usual decimals
COLUMN_DECIMALS_SHARE = 0.8  # of the numbers with decimals have the usual ones of the column: some may be misread
POINTED_SHARE = 0.5  # of the numbers of a column have decimals: OCR loses the points of a quarter in a squeezed picture
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
    confirms or repairs. Rows that are text of the page stay. `scale`: "log" or "linear"."""
    weights = rows_with_proved_weights(rows)
    usual = {column: decimals_of(rows, column) for column in {name for row in rows for name in row.values}}
    return tuple(
        row if TEXT_READER in row.read_by else repaired_row(row, scale, usual, i in weights)
        for i, row in enumerate(rows)
    )


def decimals_of(rows: Iterable[PlotRow], column: str) -> int | None:
    """The number of decimals that the numbers of a column have, but for those whose point is lost; None where they
    differ, or where most have none."""
    texts = [row.values.get(column, "") for row in rows if row.values["kind"] != "heterogeneity"]
    counts = Counter(parse_printed(text).decimals for text in texts if is_printed(text))
    total, without = counts.total(), counts.pop(0, 0)
    decimals, most = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    fewest = max(COLUMN_DECIMALS_COUNT, COLUMN_DECIMALS_SHARE * (total - without), POINTED_SHARE * total)
    return decimals if most >= fewest else None


def with_points(values: Mapping[str, str], scale: str, usual: Mapping[str, int | None]) -> dict[str, tuple[str, str]]:
    """The numbers of a row that have lost their point, by column: with the point, and the proof. A weight is at most
    100; an estimate is the middle of its interval, which is not so without the points."""
    pointed = {name: pointed_number(values.get(name, ""), usual.get(name)) for name in (*INTERVAL_COLUMNS, "weight")}
    found = {}
    weight = values.get("weight", "")
    if pointed["weight"] and float(weight) > WEIGHT_CEILING_PERCENT >= float(pointed["weight"]):
        found["weight"] = pointed["weight"], f"a weight above {PERCENT} has lost its point"
    repaired = {name: text for name in INTERVAL_COLUMNS if (text := pointed[name])}
    proof = proof_of("estimate", {**values, **repaired}, scale) if repaired else ""
    if proof and not proof_of("estimate", values, scale):
        found |= {name: (text, proof) for name, text in repaired.items()}
    return found


def pointed_number(text: str, usual: int | None) -> str:
    """A number of digits alone, with its point before the usual decimals of its column; "" where none fits."""
    bare = text.removeprefix("-")
    if not usual or not bare.isdecimal() or len(bare) <= usual:
        return ""
    return f"{text[:-usual]}.{text[-usual:]}"


def repaired_row(row: PlotRow, scale: str, usual: Mapping[str, int | None], weight_proved: bool) -> PlotRow:
    """The row with each doubtful cell confirmed, repaired or flagged. `usual`: the usual decimals of each column."""
    values = dict(row.values)
    pointed = with_points(values, scale, usual)
    flags = [
        proved_flag(flag, {**values, **{name: text for name, (text, _) in pointed.items()}}, scale)
        for flag in row.flags
    ]
    for column, (text, proof) in pointed.items():
        flags.append(PlotFlag(column, REPAIRED, PICTURE_READER, values[column], f"no point was read; {proof}"))
        values[column] = text
    for column, text in values.copy().items():
        if column in (*WITHOUT_DOUBT, *pointed) or column.startswith("drawn_") or not text:
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


def proved_flag(flag: PlotFlag, values: Mapping[str, str], scale: str) -> PlotFlag:
    """The flag of a damaged interval as that of a repair, where its numbers are proved."""
    if flag.code != ODD_SHAPE or flag.column not in INTERVAL_COLUMNS or not values.get(flag.column):
        return flag
    proof = proof_of(flag.column, values, scale)
    return flag._replace(code=REPAIRED, evidence=f"{flag.evidence}; {proof}") if proof else flag


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
    if pointed := pointed_number(text, usual):
        yield pointed
