"""The command `corpus` on real papers: the same files as `check` writes, what it says, exit codes."""

import builtins
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from click.testing import CliRunner, Result

from extract.commands.cli import main
from extract.commands.corpus import check_into
from extract.corpus.progress import Progress
from extract.corpus.shards.work import ShardReport

PAGE = """
#set page(width: 500pt, height: 400pt, margin: 40pt)
#set text(size: 9pt)
#text(size: 15pt)[A trial of a drug]

Table 1. Baseline characteristics.
#table(columns: (150pt, 100pt, 100pt, 60pt), stroke: none, table.hline(),
  [Characteristic], [Placebo (n = 51)], [Drug (n = 53)], [P], table.hline(),
  [Age, years, mean (SD)], [54.2 (11.3)], [55.1 (10.9)], [0.68],
  [Male, n (%)], [24 (47.1)], [25 (47.2)], [0.99],
  [Smoker, n (%)], [12 (PERCENT)], [11 (20.8)], [0.74], table.hline())
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def typeset(path: Path, percent: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(typst.compile(PAGE.replace("PERCENT", percent).encode(), ignore_system_fonts=True, timestamp=0))
    return path


def test_real_papers(tmp_path: Path, ledger: Callable[[Path], list[dict[str, Any]]]) -> None:
    typeset(tmp_path / "library" / "erring.pdf", "33.5")
    (tmp_path / "library" / "broken.pdf").write_bytes(b"")
    done = run("corpus", tmp_path / "library", "--out", tmp_path / "out", "--workers", 1)
    assert (done.exit_code, done.stdout.splitlines()) == (
        1,
        [
            "files: 2, different contents: 2 (1 unreadable, 1 done)",
            "findings: 1 impossible; 1 need a ruling",
        ],
    )
    assert done.stderr.splitlines() == [
        f"doubletake: {tmp_path}/library/broken.pdf: unreadable: the file is empty (0 bytes); download it again",
        f"Index: {tmp_path}/out/index.html",
    ]
    [row] = [row for row in ledger(tmp_path / "out") if row["status"] == "done"]
    counts = ("title", "pages", "tables", "plots", "claims", "impossible", "reading", "waiting")
    assert [row[name] for name in counts] == ["A trial of a drug", 1, 1, 0, 0, 1, 0, 1]
    alone = tmp_path / row["sha256"]
    pdf = (tmp_path / "library" / "erring.pdf").rename(tmp_path / f"{row['sha256']}.pdf")
    assert run("check", pdf, "--out", alone).exit_code == 1
    published = tmp_path / "out" / "papers" / row["sha256"]
    assert {path.name for path in published.iterdir()} == {path.name for path in alone.iterdir()}
    for path in alone.iterdir():
        if path.name != "report.html":  # its commands name the folder of rulings
            assert (published / path.name).read_bytes() == path.read_bytes(), path.name
    assert f"--verdicts papers/{row['sha256']}/verdicts.toml" in (published / "report.html").read_text("utf-8")


def test_a_sound_paper_gives_exit_code_0_and_quiet_says_nothing(tmp_path: Path) -> None:
    typeset(tmp_path / "library" / "sound.pdf", "23.5")
    done = run("corpus", tmp_path / "library", "--out", tmp_path / "out", "-q", "--workers", 1)
    assert (done.exit_code, done.output) == (0, "")


def test_a_ruling_is_honoured(tmp_path: Path) -> None:
    pdf, folder = typeset(tmp_path / "library" / "erring.pdf", "33.5"), tmp_path / "paper"
    folder.mkdir()
    assert check_into(pdf, folder).waiting == 1
    place = ("PCT001", "--exhibit", "table1", "--row", 3, "--says", "paper_error", "--why", "a slip", "--by", "Me")
    rule = run("verdict", "paper", *place, "--curated", tmp_path, "--verdicts", folder / "verdicts.toml")
    assert rule.exit_code == 0, rule.output
    checked = check_into(pdf, folder)
    assert (checked.waiting, checked.impossible) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus", "nowhere", "--out", "x"], "doubletake: nowhere: there is no such file; expected a folder"),
        (["corpus", "."], "Missing option '--out'"),
        (["corpus", ".", "--out", "x", "--shard", "4/3"], "'4/3' is not one of the jobs of an array; expected someth"),
        (["corpus", ".", "--out", "x", "--shard", "1/3", "--scheduler", "tcp://x"], "--scheduler cannot be combined"),
        (["corpus", ".", "--out", "x", "--workers", "0"], "Invalid value for '--workers'"),
    ],
)
def test_a_usage_error_is_one_line_and_exit_code_2(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("missing", "arguments", "message"),
    [
        ("pyarrow", [], "corpus needs pyarrow; install the extra 'corpus': pip install --editable '.[corpus]'"),
        (
            "distributed",
            ["--scheduler", "tcp://x:1"],
            "--scheduler needs Dask; install the extra 'cluster': pip install",
        ),
    ],
)
def test_a_missing_extra_is_named(
    missing: str, arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = builtins.__import__

    def without(name: str, *rest: Any) -> Any:  # noqa: ANN401
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return original(name, *rest)

    typeset(tmp_path / "library" / "sound.pdf", "23.5")
    monkeypatch.setattr(builtins, "__import__", without)
    result = run("corpus", tmp_path / "library", "--out", tmp_path / "out", *arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr


def test_other_commands_import_nothing_of_the_corpus() -> None:
    code = "import sys; from extract.commands import checks, cli, corpus; print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert not [name for name in ("extract.corpus", "fsspec", "distributed") if f"'{name}" in modules]


def test_progress_says_rate_failures_and_time_left() -> None:
    now = iter([0.0, 60.0, 120.0])
    with Progress(100, False, lambda: next(now)) as progress:
        progress.advance(ShardReport("a", _statuses(done=8, timeout=2)))
        assert progress.text() == "10 of 100 files, 2 failed, 600 an hour, 9 min left"
        progress.advance(ShardReport("b", _statuses(done=30)))
        assert progress.text() == "40 of 100 files, 2 failed, 1,200 an hour, 3 min left"


def _statuses(**counts: int) -> Any:  # noqa: ANN401
    return Counter(counts)
