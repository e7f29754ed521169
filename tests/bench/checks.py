"""Times `doubletake check` on a long CSV of each schema: curated rows repeated under new names."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from time import process_time

import pandas as pd

ROOT = Path(__file__).parents[2]
ROWS = 100_000
NAMES = ("label", "group", "event", "study", "patient", "comparison")
CHECK = [sys.executable, "-m", "extract", "check", "--quiet", "--schema"]


def measure_checks(rows: int = ROWS) -> dict[str, tuple[float, float]]:
    """Return for each schema the CPU seconds of the whole command, and of pandas for reading the same CSV."""
    with TemporaryDirectory() as folder:
        return {
            schema: (seconds(path, schema), reading(path))
            for schema, source in sources().items()
            for path in [lengthened(source, Path(folder) / f"{schema}.csv", rows)]
        }


def sources() -> dict[str, Path]:
    """Return for each schema its longest curated CSV."""
    found = [(schema, path) for folder in sorted((ROOT / "curated").glob("*/")) for schema, path in exhibits(folder)]
    longest = sorted(found, key=lambda item: item[1].stat().st_size)
    return dict(sorted(dict(longest).items()))


def exhibits(folder: Path) -> Iterator[tuple[str, Path]]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if "exhibit" in resource:
            yield resource["exhibit"]["schema"], folder / resource["path"]


def lengthened(source: Path, path: Path, rows: int) -> Path:
    """Write `rows` records: the source repeated, each time with new row numbers and names."""
    with source.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    last = max(int(record["row"]) for record in records)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        for number in range(rows):
            again, place = divmod(number, len(records))
            record = {**records[place], "row": str(again * last + int(records[place]["row"]))}
            name_column = next((name for name in NAMES if name in record), None)
            writer.writerow(
                record if name_column is None else {**record, name_column: f"{record[name_column]} {again}"}
            )
    return path


def seconds(path: Path, schema: str) -> float:
    start = getrusage(RUSAGE_CHILDREN)
    subprocess.run([*CHECK, schema, path], check=False, stdout=DEVNULL, stderr=DEVNULL)
    end = getrusage(RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def reading(path: Path) -> float:
    start = process_time()
    pd.read_csv(path, dtype=str, keep_default_na=False)
    return process_time() - start


if __name__ == "__main__":
    for schema, (ours, pandas) in measure_checks().items():
        print(f"{schema}: {ours:.1f} s, {ours / pandas:.0f} times pandas")
