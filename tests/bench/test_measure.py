"""The pieces of the benchmark run on a document and find the pages they are to time; no time is looked at."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FACSIMILE = HERE.parents[1] / "raw_pdfs" / "facsimiles" / "li2024.pdf"
PIECES = """
import json, sys
from pathlib import Path
from measure import parsed_pages, time_pages_without, without_tables
path, rest = map(Path, sys.argv[1:])
print(json.dumps([parsed_pages(path), parsed_pages(without_tables(path, rest)), len(time_pages_without([path], 1))]))
"""


def test_pages_without_tables_are_timed_apart(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PIECES, str(FACSIMILE), str(tmp_path / "rest.pdf")]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[2, 3, 4], [], 1]


def test_a_section_is_replaced_or_added(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# How fast\n\n## Pages\n\nold\n", encoding="utf-8")
    call = "write_section(Path(sys.argv[1]), CORPUS, sys.argv[2])"
    code = f"import sys; from pathlib import Path; from sections import *; {call}"
    for text in ("first", "second\n\n### part"):
        subprocess.run([sys.executable, "-c", code, str(readme), text], cwd=HERE, check=True)
    assert readme.read_text(encoding="utf-8") == (
        "# How fast\n\n## Pages\n\nold\n\n## Many papers\n\nsecond\n\n### part\n"
    )
