"""SCH003: CSVs that were edited after they had been published."""

from collections.abc import Mapping
from pathlib import Path

from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

NO_HASH = NotCheckable("the data package gives no SHA-256 of the file")
SHOWN_HASH = len("sha256:") + 16  # letters


@check("SCH003", "reading")
def csv_changed_since_extract(paper: Paper) -> Answers:
    """A CSV is not the file that `doubletake extract` wrote.

    Why it matters
        A value that was typed into a published CSV has no second reading and no place on the page, and the next
        `doubletake extract` replaces it. If the CSV is right, repair our reading with a [[misread]] entry in the card
        of the paper; if it is wrong, run `doubletake extract`. If the edit shall stay, rule that it is explained: the
        ruling is valid until the file changes again. A CSV that is kept by hand altogether needs no `hash` and `bytes`
        in datapackage.json: without them nothing is said.

    Fires on
        files: files
        file        hash              found
        table1.csv  sha256:5f70bf18a  sha256:9c56cc51b

    Silent on
        files: files
        file        hash              found
        table1.csv  sha256:5f70bf18a  sha256:5f70bf18a

    Not checkable on
        files: files
        file        hash  found
        table1.csv  -     sha256:9c56cc51b
    """
    yield from map(_answer, paper.files)


def _answer(file: Mapping[str, str]) -> Answer:
    if not file["hash"]:
        return NO_HASH
    if file["hash"] == file["found"]:
        return None
    hashes = {name: file[name][:SHOWN_HASH] for name in ("hash", "found")}
    message = (
        f"{file['file']} was changed after extract wrote it: {hashes['hash']} is expected, {hashes['found']} found"
    )
    return Fault(message, "", Record(Path(file["file"]).stem, {"row": "", **hashes}), shows=("found",))
