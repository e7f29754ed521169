"""The floor plan: which package, room and module may import which, and how many entries a folder may have.

A room is a folder of code. Its front file stands in the folder itself and uses the rooms inside it; these use the plain
values that stand beside the front file. So modules are compared inside a room, and folders between rooms.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "validations", "extract")  # from the ground up: each imports only itself and those before it
FLOORS = (  # of extract, from the ground up
    *("errors", "pdf", "cards", "page", "tables", "forests", "claims", "jats", "meaning", "records"),
    *("drafting", "publishing", "output", "corpus", "review", "commands"),
)
SEES_VALIDATIONS = ("commands", "output", "forests.proof", "drafting", "publishing", "corpus", "review")
FOR_ALL = "validations.files."  # how files are written, whatever they hold
MOST_ENTRIES = 14
README = ROOT / "README.md"
LISTED = re.compile(r"(<!-- folders: .*? -->\n).*?(<!-- end of folders -->)", re.DOTALL)


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """Every module of ours, with the modules of ours that it imports anywhere."""
    paths = {module_of(path): path for name in PACKAGES for path in (ROOT / name).rglob("*.py")}
    return {
        module: frozenset(imported(ast.parse(path.read_text(encoding="utf-8")), paths.keys()) - {module})
        for module, path in paths.items()
    }


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST, known: Sequence[str] | Mapping[str, object]) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name in inner if name in known} or {node.module}
    return {name for name in names if name.split(".")[0] in PACKAGES}


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def rooms_below(folder: str) -> dict[str, set[str]]:
    """The rooms and files right inside a folder, with those of them that they import."""
    depth = folder.count(".") + 1
    inside = [module for module in imports() if module.startswith(f"{folder}.")]
    rooms: dict[str, set[str]] = {module.split(".")[depth]: set() for module in inside}
    for module in inside:
        own = module.split(".")[depth]
        rooms[own] |= {to.split(".")[depth] for to in imports()[module] if to.startswith(f"{folder}.")} - {own}
    return rooms


def folders() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted({path.parent for path in (ROOT / package).rglob("*.py")})


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_itself_and_those_below_it(package: str) -> None:
    may = PACKAGES[: PACKAGES.index(package) + 1]
    for module, targets in imports().items():
        if module.split(".")[0] == package:
            assert {target for target in targets if target.split(".")[0] not in may} == set(), module


def test_modules_import_each_other_in_no_circle() -> None:
    assert circle_in({module: set(targets) for module, targets in imports().items()}) == []


def test_no_two_rooms_import_each_other() -> None:
    for folder in {module_of(path) for path in folders()}:
        rooms = rooms_below(folder)
        folders_only = {name for name in rooms if (ROOT / folder.replace(".", "/") / name).is_dir()}
        assert circle_in({name: rooms[name] & folders_only for name in folders_only}) == [], folder


def test_a_room_of_extract_imports_only_the_rooms_below_it() -> None:
    rooms = rooms_below("extract")
    assert set(rooms) - {"__main__"} <= set(FLOORS)
    for room, targets in rooms.items():
        if room in FLOORS:
            above = FLOORS[FLOORS.index(room) + 1 :]
            assert targets.isdisjoint(above), f"extract.{room} imports {sorted(targets & set(above))}"


def test_only_these_rooms_of_extract_import_validations() -> None:
    for module, targets in imports().items():
        seen = {target for target in targets if target.startswith("validations.") and not target.startswith(FOR_ALL)}
        if module.startswith("extract.") and seen:
            room = module.removeprefix("extract.")
            assert room.startswith(tuple(f"{name}." for name in SEES_VALIDATIONS)), module


def test_no_folder_of_code_is_crowded() -> None:
    for folder in folders():
        entries = [
            path.name
            for path in folder.iterdir()
            if path.name not in ("__init__.py", "__pycache__")
            and not path.name.startswith(("README", "."))
            and path.suffix != ".toml"
        ]
        if folder.name not in PACKAGES[1:] or folder.parent != ROOT:
            assert len(entries) <= MOST_ENTRIES, f"{folder.relative_to(ROOT)}: {sorted(entries)}"


def test_every_folder_of_code_says_what_it_is_for() -> None:
    for folder in folders():
        text = (folder / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{folder.relative_to(ROOT)}/__init__.py has no docstring"


def folder_list() -> str:
    """The packages with their folders, each with the first paragraph of its docstring, as the README lists them."""
    lines = []
    for folder in folders():
        tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
        about = " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())
        name = folder.relative_to(ROOT)
        lines.append(f"\n**`{name}/`** {about}\n" if folder.parent == ROOT else f"- `{name}/` {about}")
    return "\n".join([*lines, "", ""]).replace("\n\n\n", "\n\n")


def with_folder_list(readme: str) -> str:
    """The README with the list of folders as it must be."""
    text, count = LISTED.subn(lambda match: f"{match[1]}{folder_list()}{match[2]}", readme)
    assert count == 1, "README.md: expected one list of folders between its two comments"
    return text


def test_the_readme_lists_the_folders_in_their_own_words() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == with_folder_list(readme), "run python -m tests.test_house"


if __name__ == "__main__":
    README.write_text(with_folder_list(README.read_text(encoding="utf-8")), encoding="utf-8")
