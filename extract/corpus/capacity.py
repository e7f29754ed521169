"""How long a larger corpus takes on a given cluster, simulated with the times of a ledger.

python -m extract.corpus.capacity LEDGER.parquet --papers 10000 1000000 --nodes 100 --cores 32

The simulation draws each shard's papers out of the ledger: one by one ("even"), or in runs of neighbours, so that slow
papers that lie together in the ledger lie together in a shard ("hot"). Nodes may be slow, and they may fail: then the
paper that each core reads is lost, the rest of its shard goes to another core, and the node comes back later.
"""

from argparse import ArgumentDefaultsHelpFormatter, ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

HOUR = 3600.0
_DRAWN_AT_ONCE = 1_000_000  # papers, so that ten million do not fill the memory


@dataclass(frozen=True)
class Cluster:
    """Nodes with cores, one shard a core at a time. `slow_share` of the nodes take `slow_factor` times as long. A node
    fails once in `hours_to_failure` on average (0: never) and is back after `repair_hours`. Seconds that a shard costs
    on top of its papers: `shard_seconds` on its core, `task_seconds` of the scheduler, which serves one at a time."""

    nodes: int = 100
    cores: int = 32
    slow_share: float = 0.0
    slow_factor: float = 3.0
    hours_to_failure: float = 0.0
    repair_hours: float = 0.5
    shard_seconds: float = 0.2
    task_seconds: float = 0.002


@dataclass(frozen=True)
class Simulated:
    """The hours by the clock until the last shard is done; those that an even load on all cores would take; the core
    hours lost to failures."""

    hours: float
    even_hours: float
    lost_core_hours: float


def shard_seconds(times: np.ndarray, papers: int, size: int, run: int, rng: Generator) -> np.ndarray:
    """Return the seconds of work in each shard of a corpus of `papers`, in shards of `size`. `times`: seconds of each
    paper of the ledger in its order. `run`: how many neighbours in the ledger stay neighbours."""
    shards, length = -(-papers // size), min(run, size, len(times))
    runs, found = -(-size // length), list[np.ndarray]()
    for start in range(0, shards, max(1, _DRAWN_AT_ONCE // size)):
        count = min(max(1, _DRAWN_AT_ONCE // size), shards - start)
        first = rng.integers(0, len(times), (count, runs, 1))
        drawn = times[(first + np.arange(length)) % len(times)].reshape(count, -1)[:, :size]
        found.append(drawn.sum(axis=1))
    return np.concatenate(found)


def simulate(shards: np.ndarray, paper_seconds: float, cluster: Cluster, rng: Generator) -> Simulated:
    """Give each shard to the first free core, as the pool and Dask do, and return how long it takes. `paper_seconds`:
    what a core loses when its node fails."""
    factors = np.ones(cluster.nodes)
    factors[: round(cluster.slow_share * cluster.nodes + 0.49)] = cluster.slow_factor
    failures = _first_failures(cluster, rng)
    free = [(0.0, node) for node in range(cluster.nodes) for _ in range(cluster.cores)]
    heapify(free)
    waiting, last, served, lost = list(shards[::-1]), 0.0, 0.0, 0.0
    while waiting:
        work, (ready, node) = waiting.pop(), heappop(free)
        start = max(ready, served)
        served = start + cluster.task_seconds
        while failures[node] + cluster.repair_hours * HOUR < start:
            failures[node] += rng.exponential(cluster.hours_to_failure * HOUR)
        start = _up(start, failures[node], cluster)
        end = start + work * factors[node] + cluster.shard_seconds
        if start <= failures[node] < end:
            done = max(0.0, (failures[node] - start) / factors[node] - paper_seconds)
            lost += (failures[node] - start) - done * factors[node]
            waiting.append(max(0.0, work - done))
            end = failures[node] + cluster.repair_hours * HOUR
        else:
            last = max(last, end)
        heappush(free, (end, node))
    return Simulated(last / HOUR, float(shards.sum()) / cluster.nodes / cluster.cores / HOUR, lost / HOUR)


def _first_failures(cluster: Cluster, rng: Generator) -> np.ndarray:
    if not cluster.hours_to_failure:
        return np.full(cluster.nodes, np.inf)
    return rng.exponential(cluster.hours_to_failure * HOUR, cluster.nodes)


def _up(start: float, failure: float, cluster: Cluster) -> float:
    """The time at which a node that may be down is up."""
    back = failure + cluster.repair_hours * HOUR
    return back if failure < start < back else start


def read_times(ledger: Path) -> np.ndarray:
    """Return the CPU seconds of each content of a ledger, in its order, whatever became of it."""
    from extract.corpus.tables.parquet import read_table

    times = read_table(ledger.read_bytes())["cpu_seconds"].drop_null().to_numpy()
    return np.asarray(times, dtype=float)


def table(times: np.ndarray, papers: Sequence[int], size: int, run: int, cluster: Cluster, seed: int = 1) -> str:
    """Return a Markdown table: a line for each number of papers, a column for each kind of trouble."""
    lines = [
        "| papers | shards | core hours | even | hot shards | slow nodes | failing nodes | all of them | / even load |",
        "|---" * 9 + "|",
    ]
    calm = replace(cluster, slow_share=0.0, hours_to_failure=0.0)
    for count in papers:
        rng, mean = default_rng(seed), float(times.mean())
        even, hot = (shard_seconds(times, count, size, length, rng) for length in (1, run))
        ways = [
            (even, calm),
            (hot, calm),
            (even, replace(calm, slow_share=cluster.slow_share)),
            (even, replace(calm, hours_to_failure=cluster.hours_to_failure)),
            (hot, cluster),
        ]
        found = [simulate(shards, mean, kind, rng) for shards, kind in ways]
        hours = " | ".join(f"{each.hours:,.2f} h" for each in found)
        ratio = found[-1].hours / found[-1].even_hours
        lines.append(f"| {count:,} | {len(even):,} | {even.sum() / HOUR:,.0f} | {hours} | {ratio:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = ArgumentParser(description=__doc__, formatter_class=ArgumentDefaultsHelpFormatter)
    parser.add_argument("ledger", type=Path, help="ledger.parquet of a corpus that was run")
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--cores", type=int, default=32, help="of a node")
    parser.add_argument("--size", type=int, default=100, help="papers of a shard")
    parser.add_argument("--run", type=int, default=10, help="neighbours in the ledger that stay together in hot shards")
    parser.add_argument("--slow-share", type=float, default=0.05, help="of the nodes")
    parser.add_argument("--slow-factor", type=float, default=3.0, help="how much longer a slow node takes")
    parser.add_argument("--hours-to-failure", type=float, default=200.0, help="mean, of one node")
    parser.add_argument("--task-seconds", type=float, default=0.002, help="of the scheduler, for a shard")
    parser.add_argument("--seconds", type=float, help="mean of a paper, if other than in the ledger")
    given = parser.parse_args()
    cluster = Cluster(
        given.nodes,
        given.cores,
        given.slow_share,
        given.slow_factor,
        given.hours_to_failure,
        task_seconds=given.task_seconds,
    )
    times = read_times(given.ledger)
    scale = given.seconds / times.mean() if given.seconds else 1.0
    print(table(times * scale, given.papers, given.size, given.run, cluster))


if __name__ == "__main__":
    main()
