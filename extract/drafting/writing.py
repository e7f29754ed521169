"""Writing the draft of a card into the folder of the cards; a card that is there is never replaced."""

from contextlib import nullcontext
from pathlib import Path

from extract.cards import JSON_SCHEMA
from extract.errors import UsageError
from schemas.base.names import name_fault
from validations.files.locking import locked
from validations.files.writing import write_text


def card_path(paper: str, folder: Path) -> Path:
    """Return the path of the card of a paper. UsageError if there is one, or the paper cannot have that name."""
    if fault := name_fault(paper):
        raise UsageError(f"no card can be drafted: {fault}")
    path = folder / f"{paper}.toml"
    with locked(folder) if folder.is_dir() else nullcontext():
        _refuse_existing(path)
    return path


def write_card(path: Path, text: str) -> None:
    """Write the text of a card to a path that `card_path` has given. UsageError if another run has written it since."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        _refuse_existing(path)
        directive = f"#:schema {JSON_SCHEMA}\n" if (path.parent / JSON_SCHEMA).is_file() else ""
        write_text(path, directive + text)


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} already exists; remove it or choose another name")
