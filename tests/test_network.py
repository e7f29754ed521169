"""No command looks up a host, connects, or writes outside of its output, its cache and its temporary folder.

strace looks on from outside: native code, such as a library's telemetry, passes by every guard inside Python. The
home of the commands is empty, and what they leave there is seen, too. Python's own bytecode files are turned off.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typst

ROOT = Path(__file__).parents[1]
STRACE = ("strace", "-f", "-y", "--seccomp-bpf", "-e", "trace=%network,openat,?open,?creat,?openat2")
LOOK_UP_FILES = ("/etc/resolv.conf", "/etc/hosts", "/etc/gai.conf")  # which the C library reads before it asks a server
ALLOWED_CALLS = (
    re.compile(r"socketpair\(AF_UNIX,.*"),  # between a process and its own child
    re.compile(r"socket\(AF_INET6, SOCK_STREAM.*"),  # urllib3, which rapidocr and Great Expectations import, tries
    re.compile(r"bind\(\d+<[^>]*>, \{sa_family=AF_INET6, sin6_port=htons\(0\),.*\"::1\".*"),  # whether there is IPv6
)
ALLOWED_FILES = (
    re.compile(r"/dev/null"),
    re.compile(r"/dev/shm/sem\.\w+"),  # the lock of tqdm, which Great Expectations imports; removed at once
)
_CALL = re.compile(r"(?:\d+ +)?(?P<call>(?P<name>[a-z]\w*)\(.*)")
_OPENED = re.compile(r"open\w*\((?:(?:AT_FDCWD|\d+)<(?P<base>[^>]*)>, )?\"(?P<path>[^\"]*)\", (?P<flags>[^)]*)")
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")

PLOT = """
#set page(width: 260pt, height: 100pt, margin: 6pt)
#set text(size: 8pt)
#let drawn(low, mid, high) = box(width: 90pt, height: 8pt)[
  #place(dx: low * 1pt, dy: 4pt, line(length: (high - low) * 1pt, stroke: 0.8pt))
  #place(dx: mid * 1pt - 2.5pt, dy: 1.5pt, rect(width: 5pt, height: 5pt, fill: black))
]
#grid(columns: (70pt, 94pt, 84pt), row-gutter: 6pt,
  [Study], [], [OR (95% CI)],
  [Smith 2019], drawn(10, 30, 50), [0.62 (0.41, 0.94)],
  [Jones 2020], drawn(20, 42, 64), [0.81 (0.55, 1.20)],
  [Brown 2021], drawn(25, 38, 51), [0.74 (0.59, 0.93)],
  [Overall], drawn(27, 37, 47), [0.73 (0.61, 0.88)],
)
"""
PAPER = """
#set page(width: 300pt, height: 300pt)
#set text(size: 8pt)
Of all patients, 25 of 51 (49.0%) responded.

#block[Table 1 Characteristics of the patients]
#line(length: 100%)
#grid(columns: (100pt, 60pt), [Variable], [n (%)])
#line(length: 100%)
#grid(columns: (100pt, 60pt), row-gutter: 6pt, [Male], [25 (49.0)], [Female], [26 (51.0)])
#line(length: 100%)
#image("plot.png", width: 100%)
Figure 1. Forest plot of the odds ratio of response.
"""
CARD = """
doi = "10.1000/made"
citation = "Made et al. 2026"
licence = "CC BY 4.0"
cohort = 51

[exhibits.table1]
label = "Table 1"
schema = "characteristics"
rows = 2
columns = [{ head = "Variable", reads = "label" }, { head = "n (%)", reads = "n (percent)", statistic = "count" }]

[exhibits.fig1]
label = "Figure 1"
schema = "forest"
rows = 4
columns = [{ head = "Study", reads = "label" }, { head = "OR (95% CI)", reads = "estimate (ci_low–ci_high)" }]
"""


def may_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run([*STRACE, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not may_trace(), reason="strace is not installed, or may not trace processes here")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working folder with a paper, its card and a plot; nothing is in its cache."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "plot.png").write_bytes(typst.compile(PLOT.encode(), format="png", ppi=200, ignore_system_fonts=True))
    (folder / "made.typ").write_text(PAPER, encoding="utf-8")
    (folder / "made.pdf").write_bytes(typst.compile(folder / "made.typ", ignore_system_fonts=True, timestamp=0))
    (folder / "cards").mkdir()
    (folder / "cards" / "made.toml").write_text(CARD, encoding="utf-8")
    return folder


def watched(work: Path, *arguments: str) -> tuple[str, list[str]]:
    """Run Python in the working folder with a home of its own. Return what it printed and what it must not do."""
    home, temporary, trace = (work.parent / name for name in ("home", "temporary", "trace"))
    for folder in (home, temporary):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))},
        **places,
        **{"HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    }
    command = [*STRACE, "-o", str(trace), sys.executable, *arguments]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    left = [f"left {path}" for path in sorted(home.rglob("*"))]
    return done.stdout, [*forbidden(seen, [work, temporary]), *left]


def forbidden(trace: Sequence[str], writable: Sequence[Path]) -> list[str]:
    """Return the calls of a trace that look up a host, use the network, or open a file for writing outside of the
    writable folders."""
    calls = [match for line in trace if (match := _CALL.fullmatch(line))]
    return [match["call"] for match in calls if not is_allowed(match["name"], match["call"], writable)]


def is_allowed(name: str, call: str, writable: Sequence[Path]) -> bool:
    if not name.startswith(("open", "creat")):
        return any(allowed.fullmatch(call) for allowed in ALLOWED_CALLS)
    opened = _OPENED.match(call)
    if opened is None:
        return False
    path = Path(opened["base"] or "/") / opened["path"]
    if not _WRITING.search(opened["flags"]):
        return str(path) not in LOOK_UP_FILES
    return any(allowed.fullmatch(str(path)) for allowed in ALLOWED_FILES) or any(
        path.is_relative_to(folder) for folder in writable
    )


def test_the_watch_sees_a_look_up_a_connection_and_a_file(work: Path) -> None:
    code = (
        "import socket, pathlib\n"
        "for ask in (lambda: socket.getaddrinfo('doubletake.invalid', 80),\n"
        "            lambda: socket.create_connection(('127.0.0.1', 9), 0.1),\n"
        "            lambda: (pathlib.Path.home() / 'device').write_text('id')):\n"
        "    try: ask()\n"
        "    except OSError: pass\n"
    )
    _, seen = watched(work, "-c", code)
    assert any("/etc/resolv.conf" in call or "/etc/hosts" in call for call in seen)
    assert any(call.startswith("connect(") and 'inet_addr("127.0.0.1")' in call for call in seen)
    assert any(call.startswith("openat(") and "home/device" in call for call in seen)
    assert seen[-1] == f"left {work.parent / 'home' / 'device'}"


def test_extract_validate_and_analysis_stay_at_home(work: Path) -> None:
    extract = ("extract", "made", "--cards", "cards", "--pdf", "made=made.pdf", "--out", "curated")
    assert watched(work, "-m", "extract", *extract)[1] == []
    assert {"table1.csv", "fig1.csv"} <= {path.name for path in (work / "curated" / "made").iterdir()}
    assert watched(work, "-m", "extract", "validate", "--curated", "curated", "--pdf", "made=made.pdf")[1] == []
    assert (work / "curated" / "made" / "report.html").is_file()
    assert watched(work, "-m", "extract", "analysis", "--curated", "curated")[1] == []
    assert [*(work / "curated" / "analysis").rglob("*.svg")]


def test_check_forest_and_corpus_stay_at_home_while_they_read_a_picture(work: Path) -> None:
    printed, seen = watched(work, "-m", "extract", "check", "made.pdf", "--out", "checked")
    assert "forest plots: fig1 (4 rows)" in printed
    assert seen == []
    for readings in (work / ".cache" / "doubletake").glob("[0-9a-f][0-9a-f]"):
        shutil.rmtree(readings)
    printed, seen = watched(work, "-m", "extract", "forest", "plot.png")
    assert "0.81 (0.55, 1.20)" in printed
    assert seen == []
    (work / "list.txt").write_text("made.pdf\n")
    assert watched(work, "-m", "extract", "corpus", "list.txt", "--out", "library", "--workers", "1")[1] == []
    assert [*(work / "library").rglob("fig1.csv")]


def test_a_program_that_imports_a_module_of_ours_stays_at_home(work: Path) -> None:
    code = "from extract.page.ocr.reader import model_session; print(len(model_session('det').get_inputs()))"
    assert watched(work, "-c", code) == ("1\n", [])
