"""The release gate over curated/analysis/: a file that was edited by hand fails it by its name."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.commands.cli import main
from schemas.base.files import FileError
from validations.inputs.states import UNFINISHED
from validations.release.expected import Held
from validations.release.frames import hold_frames

CURATED = Path(__file__).parents[3] / "curated"
FILES = sorted(path.name for path in (CURATED / "analysis").iterdir() if path.name != "datapackage.json")


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CURATED / "analysis", tmp_path / "curated" / "analysis"))


def change_a_digit(path: Path) -> None:
    """Change the last digit of the file; one without digits gets one."""
    data = path.read_bytes()
    digit = [*re.finditer(rb"\d", data)][-1:]
    changed = (
        data[: digit[0].start()] + b"%d" % (9 - int(digit[0][0])) + data[digit[0].end() :] if digit else data + b"1"
    )
    path.write_bytes(changed)


def test_the_frames_as_made_pass(frames: Path) -> None:
    assert hold_frames(frames, "analysis") == Held(len(FILES))


@pytest.mark.parametrize("name", FILES)
def test_a_digit_changed_in_any_file_is_refused_by_its_name(name: str, frames: Path) -> None:
    change_a_digit(frames / name)
    line = f"analysis/{name}: was changed after 'doubletake analysis' wrote it; run it again"
    assert hold_frames(frames, "analysis") == Held(len(FILES) - 1, (line,))


def test_a_file_that_is_gone_is_refused(frames: Path) -> None:
    (frames / "effects.csv").unlink()
    assert hold_frames(frames, "x/analysis").refused == ("x/analysis/effects.csv: is missing; run it again",)


def test_an_interrupted_run_is_named_as_the_cause(frames: Path) -> None:
    (frames / UNFINISHED).write_text("effects.csv\n", encoding="utf-8")
    assert hold_frames(frames, "analysis").refused == ()
    change_a_digit(frames / "effects.csv")
    assert ["was killed" in line for line in hold_frames(frames, "analysis").refused] == [True]


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": 3}', '{"resources": [{"path": 3}]}', '{"name": "a"}'])
def test_a_broken_data_package_is_one_line(text: str, frames: Path) -> None:
    (frames / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=r"datapackage\.json: .*expected [^\n]*$"):
        hold_frames(frames, "analysis")


def test_a_package_of_an_earlier_version_states_no_hashes(frames: Path) -> None:
    package = json.loads((frames / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["hash"]
    (frames / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert hold_frames(frames, "analysis") == Held()


@pytest.mark.parametrize("analysis", ["analysis", "li2024/analysis"])
def test_validate_fails_and_names_the_frame(analysis: str, frames: Path) -> None:
    curated = frames.parent
    shutil.copytree(CURATED / "li2024", curated / "li2024")
    if analysis != "analysis":
        frames.rename(curated / analysis)
    sound = CliRunner().invoke(main, ["validate", "li2024", "--curated", str(curated), "-q"])
    assert sound.exit_code == 0, sound.output
    change_a_digit(curated / analysis / "one_arm.csv")
    failed = CliRunner().invoke(main, ["validate", "li2024", "--curated", str(curated), "-q"])
    assert failed.exit_code == 1
    assert f"{analysis}/one_arm.csv: was changed after 'doubletake analysis' wrote it" in failed.stderr
    assert CliRunner().invoke(main, ["analysis", "li2024", "--curated", str(curated)]).exit_code == 0
