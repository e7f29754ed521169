"""requirements.lock names every package that is installed with its version and hashes, and no place to get it from."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = re.split(r"\n(?=\S)", LOCK.strip())


def canonical(requirement: str) -> str:
    """The name in a requirement, as pip compares names: pdfminer.six>=20251230 -> pdfminer-six"""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement)[0]).lower()


def test_every_package_has_its_hashes() -> None:
    whole = re.compile(r"[a-z0-9.-]+==[\w.]+(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [entry.split("\n")[0] for entry in ENTRIES if not whole.fullmatch(entry)] == []


def test_no_index_is_named() -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links", LOCK) == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    wanted = {canonical(each) for each in [*project["dependencies"], *extras]} - {"doubletake"}
    assert wanted <= {canonical(entry) for entry in ENTRIES}


def test_make_lock_writes_hashes() -> None:
    command = re.search(r"^lock:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert command
    assert {"--generate-hashes", "--no-emit-index-url", "--universal"} <= set(command[1].split())
