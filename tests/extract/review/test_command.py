"""The command: its address, its end, PDFs without a card, the history played again, and errors of one line."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest
import typst
from click.testing import CliRunner, Result

from extract.commands.cli import main
from tests.extract.kills.commands import PAGE
from validations.rulings.matching import read_rulings

ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def checked() -> Path:
    """A PDF without a card that was checked."""
    Path("trial.pdf").write_bytes(typst.compile(PAGE.encode(), ignore_system_fonts=True, timestamp=0))
    assert run("check", "trial.pdf").exit_code == 1
    return Path("checked/trial")


@contextmanager
def started(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The command as it runs, with the address that it prints."""
    command = [sys.executable, "-m", "extract", "review", *arguments, "--no-browser", "--reviewer", "Ann Smith"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    line = process.stderr.readline()
    try:
        yield process, re.sub(r".*(http\S+)\n", r"\1", line)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def enter(address: str) -> tuple[httpx.Client, str]:
    """A client that has come in, and the token of its forms."""
    base = address.partition("/?")[0]
    client = httpx.Client(base_url=base, headers={"origin": base}, follow_redirects=True)
    client.get(address)
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/papers/trial").text)
    assert found
    return client, found[1]


def mark(page: str) -> str:
    """What the form on a finding carries."""
    return re.findall(r'name="finding" value="(\w+)"', page)[0]


def test_a_pdf_without_a_card_is_ruled_on_and_the_next_check_heeds_it(checked: Path) -> None:
    with started("trial.pdf") as (process, address):
        client, csrf = enter(address)
        finding = re.findall(r"/papers/trial/findings/\w+", client.get("/papers/trial").text)[0]
        text = client.get(finding).text
        assert "Our misreading" not in text
        assert client.get("/papers/trial/pages/1.webp").headers["content-type"] == "image/webp"
        assert "cannot be corrected here" in client.get("/papers/trial/exhibits").text
        fields = {"csrf": csrf, "finding": mark(text), "verdict": "paper_error", "why": "12 of 51 are 23.5 %"}
        answer = client.post(f"{finding}/rule", data=fields)
        assert answer.status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    [ruling] = read_rulings(checked / "verdicts.toml")
    assert (ruling["code"], ruling["by"]) == ("PCT001", "Ann Smith")
    assert (checked / "verdicts.log.jsonl").is_file()
    assert run("check", "trial.pdf").exit_code == 0
    assert (checked / "verdicts.log.jsonl").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_ended_server_leaves_whole_files(checked: Path, number: signal.Signals) -> None:
    with started("trial.pdf") as (process, address):
        client, csrf = enter(address)
        finding = re.findall(r"/papers/trial/findings/\w+", client.get("/papers/trial").text)[0]
        for count in range(3):
            fields = {"csrf": csrf, "finding": mark(client.get(finding).text), "verdict": "explained"}
            client.post(f"{finding}/rule", data={**fields, "why": f"reason {'abc'[count]}"})
        process.send_signal(number)
        process.wait(20)
        with pytest.raises(httpx.HTTPError):
            client.get("/")
    [ruling] = read_rulings(checked / "verdicts.toml")
    assert ruling["why"] == "reason c"
    assert len((checked / "verdicts.log.jsonl").read_text().splitlines()) == 3
    Path(checked / "verdicts.toml").unlink()
    played = run("review", "trial.pdf", "--replay")
    assert played.exit_code == 0
    assert "ruled again on PCT001" in played.output
    assert read_rulings(checked / "verdicts.toml") == (ruling,)


def test_the_server_listens_on_the_loopback_address_only(checked: Path) -> None:
    with started("trial.pdf") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        port = int(re.findall(r":(\d+)/", address)[0])
        listening = [line.split() for line in Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]]
        hosts = {
            each[1].partition(":")[0] for each in listening if each[1].endswith(f":{port:04X}") and each[3] == "0A"
        }
        assert hosts == {"0100007F"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.pdf"], "has not been checked: expected checked/nowhere; run 'doubletake check nowhere.pdf' first"),
        (["smith2026"], "no folder smith2026 in curated"),
        ([], "no papers in curated"),
        (["trial.pdf", "--port", "99999"], "99999 is not in the range"),
    ],
)
def test_one_line_says_what_is_wrong(arguments: list[str], message: str) -> None:
    result = run("review", *arguments, "--reviewer", "Ann")
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_a_port_that_is_taken_is_named(checked: Path) -> None:
    with started("trial.pdf") as (_, address):
        port = re.findall(r":(\d+)/", address)[0]
        result = run("review", "trial.pdf", "--port", port, "--reviewer", "Ann", "--no-browser")
    assert result.exit_code == 2
    assert (
        f"port {port}: cannot be read or written: Address already in use; give another port with --port"
        in result.output
    )
