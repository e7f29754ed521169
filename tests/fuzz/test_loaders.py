"""Cards, rulings, data packages and typed CSVs, damaged in every way: loaded, or refused in one line that names the
file."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import strategies as st

from extract.cards.loading import load_card, parse_card
from extract.errors import CardError, UsageError
from schemas import SCHEMAS
from schemas.base.files import FileError
from tests.fuzz.cases import CASES, SHORT_CELLS, VALUES, one_line, try_cases
from validations.inputs.curated import read_curated_paper
from validations.inputs.package import read_package
from validations.registry import Docket, Finding, all_checks
from validations.report.view import about_paper
from validations.rulings.matching import read_rulings, with_current_rows, with_verdicts
from validations.rulings.withdrawal import text_without
from validations.rulings.writing import RulingError
from validations.run import check_file
from validations.runner import run_docket

ROOT = Path(__file__).parents[2]
CARDS = {paper: (ROOT / "extract" / "papers" / f"{paper}.toml").read_text("utf-8") for paper in ("li2024", "cao2025")}
RULINGS = (ROOT / "validations" / "verdicts" / "li2024.toml").read_text("utf-8")
PACKAGE = json.loads((ROOT / "curated" / "li2024" / "datapackage.json").read_text("utf-8"))
TABLE4 = (ROOT / "curated" / "li2024" / "table4.csv").read_bytes()
READINGS = (ROOT / "curated" / "li2024" / "readings.csv").read_bytes()
FINDING = Finding("PCT001", "", "impossible", "table1", "3", "percent", "young", "n=24; percent=45.1", "", "")

NASTY = st.sampled_from(
    [
        *(
            "[" * 3000,
            "{" * 3000,
            "a." * 3000,
            "9" * 5000,
            "0x" + "F" * 5000,
            "\0",
            "\ufeff",
            "\ud800",
            "\r",
            "\r\n",
            '"""',
        ),
        *(
            "= =",
            "[[",
            "]]",
            "'",
            '"',
            "\\u0000",
            "\\ud800",
            "1e999",
            "nan",
            "2026-13-45",
            "true",
            "# ",
            ",",
            "{}",
            "[]",
        ),
    ]
)
Edit = tuple[float, float, str]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), st.one_of(NASTY, SHORT_CELLS)), max_size=4)
"""Where a text is cut, which share of it is left out there, and what stands there instead."""


def edited(text: str, edits: list[Edit]) -> bytes:
    for at, share, piece in edits:
        place = int(at * len(text))
        text = text[:place] + piece + text[place + int(share * share * len(text)) :]
    return text.encode("utf-8", "surrogatepass")


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """The paths to all values inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in paths_in(each, (*path, key)))]


def with_value(whole: Any, path: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401
    """A copy of a value with another one at a path; None removes it."""
    if not path:
        return value
    copy = dict(whole) if isinstance(whole, dict) else list(whole)
    copy[path[0]] = with_value(whole[path[0]], path[1:], value)
    if value is None and len(path) == 1:
        del copy[path[0]]
    return copy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def try_file(
    path: Path, data: bytes, load: Callable[[], object], refused: type[Exception] | tuple[type[Exception], ...]
) -> None:
    path.write_bytes(data)
    try:
        load()
    except refused as error:
        one_line(error)
        assert path.name.rpartition(".")[0] in str(error)


@CASES
def test_card_files(cases: int, folder: Path) -> None:
    def check(paper: str, edits: list[Edit]) -> None:
        data = edited(CARDS[paper], edits)
        try_file(folder / "smith2026.toml", data, lambda: load_card("smith2026", folder), (CardError, UsageError))

    try_cases(cases, check, st.sampled_from(list(CARDS)), EDITS)


@CASES
def test_cards_with_other_values(cases: int) -> None:
    cards = {name: tomllib.loads(text, parse_float=str) for name, text in CARDS.items()}
    paths = {name: paths_in(card) for name, card in cards.items()}

    def check(paper: str, place: int, value: Any) -> None:  # noqa: ANN401
        path = paths[paper][place % len(paths[paper])]
        card = with_value(cards[paper], path, value)
        try:
            parse_card("smith2026", card if isinstance(card, dict) else {})
        except CardError as error:
            one_line(error)
            assert str(error).startswith("smith2026.toml")

    try_cases(cases, check, st.sampled_from(list(CARDS)), st.integers(0, 10**4), VALUES)


def judge(rulings: tuple[Any, ...]) -> None:
    """Everything that is done with rulings."""
    current = with_current_rows([FINDING], rulings, {"claims"})
    with_verdicts([FINDING], current)
    run_docket(all_checks(), Docket((FINDING,), current, "li2024"))


@CASES
def test_files_of_rulings(cases: int, folder: Path) -> None:
    path = folder / "smith2026.toml"

    def check(edits: list[Edit]) -> None:
        def load() -> None:
            rulings = read_rulings(path)
            judge(rulings)
            try:
                text_without(path, path.read_text(encoding="utf-8-sig"), [0] if rulings else [])
            except RulingError as error:
                one_line(error)

        try_file(path, edited(RULINGS, edits), load, FileError)

    try_cases(cases, check, EDITS)


@CASES
def test_rulings_with_other_values(cases: int, folder: Path) -> None:
    rulings = tomllib.loads(RULINGS)
    paths = paths_in(rulings)

    def check(place: int, value: Any) -> None:  # noqa: ANN401
        damaged = with_value(rulings, paths[place % len(paths)], value)
        try:
            text = tomlkit.dumps(damaged if isinstance(damaged, dict) else {})
        except (ValueError, TypeError, OverflowError, AttributeError):
            return  # no TOML says this
        path = folder / "smith2026.toml"
        try_file(path, text.encode("utf-8", "surrogatepass"), lambda: judge(read_rulings(path)), FileError)

    try_cases(cases, check, st.integers(0, 10**4), VALUES)


@CASES
def test_data_packages(cases: int, folder: Path) -> None:
    package = {
        **PACKAGE,
        "resources": [item for item in PACKAGE["resources"] if item["name"] in ("table4", "readings")],
    }
    paths = paths_in(package)
    path = folder / "datapackage.json"
    (folder / "table4.csv").write_bytes(TABLE4)

    def check(place: int, value: Any, edits: list[Edit], readings: list[Edit]) -> None:  # noqa: ANN401
        data = edited(
            json.dumps(with_value(package, paths[place % len(paths)], value), ensure_ascii=place % 2 == 0), edits
        )
        (folder / "readings.csv").write_bytes(edited(READINGS.decode(), readings))

        def load() -> None:
            paper = read_curated_paper(folder)
            about_paper("smith2026", read_package(folder))
            assert all(table.schema in SCHEMAS for table in paper.tables.values())

        path.write_bytes(data)
        try:
            load()
        except FileError as error:
            one_line(error)
            assert str(folder) in str(error)

    few = st.one_of(st.just([]), EDITS)
    try_cases(cases, check, st.integers(0, 10**4), VALUES, few, few)


HEADS = st.sampled_from(
    [*sorted({name for model in SCHEMAS.values() for name in model.columns()}), "Hazard ratio", "N", "%", "Colour", ""]
)


@CASES
def test_typed_csvs(cases: int, folder: Path) -> None:
    path = folder / "typed.csv"

    def check(
        schema: str, heads: list[str], rows: list[list[str]], separator: str, n_total: str, edits: list[Edit]
    ) -> None:
        model = SCHEMAS[schema]
        own = [name for name in model.columns() if name not in ("notes", "x0", "top", "x1", "bottom", "continued")]
        head = [*own[: len(own) if len(heads) % 2 else 4], *heads]
        lines = [head, *([*row, *[""] * len(head)][: len(head)] for row in rows)]
        text = "\n".join(separator.join(f'"{cell}"' if cell[:1].isalnum() else cell for cell in line) for line in lines)
        data = edited(text, edits)
        params = {"n_total": n_total} if n_total else {}
        path.write_bytes(data)
        try:
            check_file(path, schema, params)
        except FileError as error:
            one_line(error)
            assert "typed.csv" in str(error) or "n_total" in str(error)

    rows = st.lists(st.lists(SHORT_CELLS, max_size=12), max_size=6)
    few = st.one_of(st.just([]), EDITS)
    n_total = st.sampled_from(["", "", "51", "0", "-1", "9" * 5000, "٥", "x", "5e3"])
    separators = st.sampled_from([",", ",", ",", ";", "\t", "|"])
    try_cases(cases, check, st.sampled_from(list(SCHEMAS)), st.lists(HEADS, max_size=3), rows, separators, n_total, few)
