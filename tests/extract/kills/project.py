"""A project folder in which commands run, and what must hold there after one of them was killed."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

State = Mapping[str, bytes | None]
"""Paths in the project with their contents; None for a folder."""


def state_of(project: Path) -> dict[str, bytes | None]:
    paths = sorted(project.rglob("*"))
    return {path.relative_to(project).as_posix(): None if path.is_dir() else path.read_bytes() for path in paths}


def restore(project: Path, state: State) -> None:
    """Make the contents of an empty folder."""
    project.mkdir()
    for name, content in state.items():
        if content is None:
            (project / name).mkdir()
        else:
            (project / name).write_bytes(content)


def _timeless(state: State) -> dict[str, bytes | None]:
    """The state with whole histories of rulings as good as any other: each of their lines has its time."""
    return {
        name: b"whole" if name.endswith(".log.jsonl") and content and _is_whole(content) else content
        for name, content in state.items()
    }


def _is_whole(history: bytes) -> bool:
    try:
        return all("when" in json.loads(line) for line in history.decode().removesuffix("\n").split("\n"))
    except ValueError:
        return False


def torn(project: Path, before: State, after: State) -> Iterator[str]:
    """What a killed run has left in the project that is neither from before nor from after it. Hidden files, and those
    in the folder of temporary files, are for the next run."""
    before, after = _timeless(before), _timeless(after)
    now = {name: content for name, content in _timeless(state_of(project)).items() if not is_hidden(name)}
    for name in sorted({*now, *before, *after}):
        if not is_hidden(name) and now.get(name, "none") not in (before.get(name, "none"), after.get(name, "none")):
            yield f"{name} is neither the old nor the new one"
    for package in project.rglob("datapackage.json"):
        for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]:
            if not package.with_name(resource["path"]).is_file():
                yield f"{package.parent.name}: {resource['path']} is listed and not there"


def litter(project: Path, before: State, after: State) -> Iterator[str]:
    """The hidden and temporary files and folders in the project that were there neither before nor after."""
    yield from (f"{name} is left over" for name in state_of(project) if name not in {*before, *after})


def is_hidden(name: str) -> bool:
    return name.startswith("tmp/") or any(part.startswith(".") for part in name.split("/"))


def differences(now: State, expected: State) -> Iterator[str]:
    """What distinguishes a state from the expected one."""
    now, expected = _timeless(now), _timeless(expected)
    for name in sorted({*now, *expected}):
        if now.get(name, "none") != expected.get(name, "none"):
            yield f"{name}: {'left over' if name not in expected else 'lost' if name not in now else 'other content'}"


def wait_until_alone(project: Path, patience: float = 20.0) -> None:
    """Wait until no process works in the project any more: workers end a moment after a killed run."""
    until = time.monotonic() + patience
    while others := [pid for pid in Path("/proc").glob("[0-9]*") if _works_in(pid, project)]:
        if time.monotonic() > until:
            raise TimeoutError(f"still at work in {project}: {[pid.name for pid in others]}")
        time.sleep(0.02)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder and process.name != str(os.getpid())
    except OSError:
        return False
