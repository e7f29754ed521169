"""Sections of tests/bench/README.md, which several scripts write."""

import re
from pathlib import Path

CORPUS = "## Many papers\n"


def section(readme: str, heading: str) -> str:
    """Return a section with its heading, to the next heading of its level; "" if there is none."""
    found = re.search(rf"^{re.escape(heading)}.*?(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def write_section(path: Path, heading: str, text: str) -> None:
    """Replace a section of a README, or add it at the end."""
    readme = path.read_text(encoding="utf-8")
    rest = readme.replace(section(readme, heading), "") if section(readme, heading) else readme
    path.write_text(f"{rest.rstrip()}\n\n{heading}\n{text.strip()}\n", encoding="utf-8")
