"""The shards of a corpus: runs of its sorted files. They depend on nothing but the list and the size asked for, so
every engine and every part of a job array cuts the same ones."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from extract.corpus.files.sources import Source

MOST_FILES = 100  # of a shard: single files choke a scheduler
FEWEST_SHARDS = 200  # of a corpus that has so many files: enough for all workers of a large machine


@dataclass(frozen=True)
class Shard:
    """A run of files. `key`: changes when a file, the program or its options change. `lasting`: every file has a stamp,
    so that the key alone says whether the results of an earlier run still hold."""

    key: str
    sources: tuple[Source, ...]

    @property
    def lasting(self) -> bool:
        return all(source.stamp for source in self.sources)


def cut_shards(sources: Sequence[Source], version: str, options: str, size: int | None = None) -> list[Shard]:
    """Return the shards of the sorted files of a corpus. `size`: files in each, None for as many as its length asks."""
    size = size or min(MOST_FILES, ceil(len(sources) / FEWEST_SHARDS)) or 1
    runs = (tuple(sources[start : start + size]) for start in range(0, len(sources), size))
    return [Shard(_key(run, version, options), run) for run in runs]


def share_of(shards: Sequence[Shard], number: int, total: int) -> Sequence[Shard]:
    """Return the shards that job `number` (from 1) of an array of `total` jobs works on."""
    return shards[number - 1 :: total]


def _key(run: Sequence[Source], version: str, options: str) -> str:
    text = "\0".join([version, options, *(f"{source.path}\0{source.stamp}" for source in run)])
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
