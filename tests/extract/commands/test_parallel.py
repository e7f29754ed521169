"""Commands that run at the same time: nothing that one of them says it has done is lost."""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.commands.cli import main
from extract.drafting.writing import card_path, write_card
from extract.errors import UsageError
from validations.run import validate_paper

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
ROWS = 20


def at_once(commands: Sequence[Sequence[str]], log: Path) -> list[int]:
    """The exit codes of commands that run at the same time."""
    processes = []
    for arguments in commands:
        process = os.fork()
        if process == 0:
            os._exit(run(arguments, log))
        processes.append(process)
    return [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]


def run(arguments: Sequence[str], log: Path) -> int:
    stream = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for each in (1, 2):
        os.dup2(stream, each)
    try:
        main(list(arguments), prog_name="doubletake")
    except SystemExit as end:
        return int(end.code or 0)
    return 99


@pytest.fixture
def ruled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that rule on each row of a table that someone typed."""
    monkeypatch.chdir(tmp_path)
    Path("curated/smith").mkdir(parents=True)
    rows = [f"Event {number},any,{number},99.9" for number in range(1, ROWS + 1)]
    Path("curated/smith/table1.csv").write_text("\n".join(["event,grade,n,percent", *rows, ""]), encoding="utf-8")
    package = '{"resources": [{"path": "table1.csv", "exhibit": {"schema": "adverse_events", "cohort_n": 51}}]}'
    Path("curated/smith/datapackage.json").write_text(package, encoding="utf-8")
    validate_paper(Path("curated/smith"), Path("verdicts"))  # loads the checks before the forks
    place = ["--exhibit", "table1", "--verdicts", "verdicts"]
    return [["verdict", "smith", "PCT001", "--row", str(row), *place] for row in range(1, ROWS + 1)]


def rulings() -> list[int]:
    entries = tomllib.loads(Path("verdicts/smith.toml").read_text(encoding="utf-8")).get("verdict", [])
    return sorted(int(entry["row"]) for entry in entries)


def test_no_ruling_of_many_at_once_is_lost(ruled: list[list[str]]) -> None:
    said = ["--says", "paper_error", "--why", "no such share", "--by", "Ann"]
    assert at_once([[*command, *said] for command in ruled], Path("log")) == [0] * ROWS, Path("log").read_text()
    assert rulings() == list(range(1, ROWS + 1))
    withdrawn = [[*command, "--withdraw"] for command in ruled[4:]]
    again = [[*command, *said[:3], "looked again", *said[4:]] for command in ruled[:4]]
    assert at_once(withdrawn + again, Path("log")) == [0] * ROWS, Path("log").read_text()
    assert rulings() == [1, 2, 3, 4]
    assert Path("verdicts/smith.toml").read_text(encoding="utf-8").count("looked again") == 4
    assert sorted(path.name for path in Path("verdicts").iterdir()) == ["smith.log.jsonl", "smith.toml"]
    assert len(Path("verdicts/smith.log.jsonl").read_text(encoding="utf-8").splitlines()) == 2 * ROWS


def test_of_two_who_draft_the_same_card_one_is_told(tmp_path: Path) -> None:
    paths = [card_path("smith2026", tmp_path / "cards") for _ in range(2)]
    write_card(paths[0], "# of the first\n")
    with pytest.raises(UsageError, match=r"smith2026\.toml already exists; remove it or choose another name"):
        write_card(paths[1], "# of the second\n")
    assert [path.read_text() for path in (tmp_path / "cards").iterdir()] == ["# of the first\n"]
    with pytest.raises(UsageError, match="already exists"):
        card_path("smith2026", tmp_path / "cards")
