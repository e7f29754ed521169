"""The simulation of a larger corpus: what it must come to where that can be reckoned by hand."""

from pathlib import Path

import numpy as np
import pytest
from numpy.random import default_rng

from extract.corpus.capacity import HOUR, Cluster, read_times, shard_seconds, simulate, table
from tests.extract.corpus import fakes

CALM = Cluster(nodes=2, cores=5, shard_seconds=0, task_seconds=0)


def test_an_even_load_takes_its_share_of_the_cores() -> None:
    found = simulate(np.full(100, HOUR), 1.0, CALM, default_rng(1))
    assert (found.hours, found.even_hours, found.lost_core_hours) == (10.0, 10.0, 0.0)


def test_one_long_shard_holds_up_the_end() -> None:
    assert simulate(np.array([*[HOUR] * 9, 5 * HOUR]), 1.0, CALM, default_rng(1)).hours == 5.0


def test_a_scheduler_serves_one_task_at_a_time() -> None:
    found = simulate(np.full(1000, 1.0), 1.0, Cluster(100, 10, shard_seconds=0, task_seconds=2.0), default_rng(1))
    assert found.hours == pytest.approx((999 * 2 + 1) / HOUR)


def test_slow_nodes_take_longer() -> None:
    slow = Cluster(2, 5, slow_share=1.0, slow_factor=3.0, shard_seconds=0, task_seconds=0)
    assert simulate(np.full(100, HOUR), 1.0, slow, default_rng(1)).hours == 30.0


def test_a_failing_node_costs_the_papers_in_flight_and_its_repair() -> None:
    failing = Cluster(20, 5, hours_to_failure=20.0, repair_hours=1.0, shard_seconds=0, task_seconds=0)
    shards, rng = np.full(2000, HOUR), default_rng(1)
    calm, found = simulate(shards, 60.0, Cluster(20, 5, shard_seconds=0, task_seconds=0), rng), None
    found = simulate(shards, 60.0, failing, rng)
    assert calm.hours < found.hours < 1.3 * calm.hours
    assert 0 < found.lost_core_hours < 0.01 * 2000


def test_neighbours_in_the_ledger_make_hot_shards() -> None:
    times = np.array([1.0] * 900 + [101.0] * 100)
    even, hot = (shard_seconds(times, 1_000_000, 100, run, default_rng(1)) for run in (1, 50))
    assert len(even) == len(hot) == 10_000
    assert even.mean() == pytest.approx(1100, rel=0.02)
    assert hot.mean() == pytest.approx(1100, rel=0.1)
    assert hot.std() > 4 * even.std()


def test_times_come_from_a_ledger(tmp_path: Path) -> None:
    fakes.run(fakes.fill(tmp_path / "library", 3), tmp_path / "out")
    times = read_times(tmp_path / "out" / "ledger" / "ledger.parquet")
    assert len(times) == 3
    lines = table(times, [1000, 20_000], 100, 10, Cluster(10, 4, 0.1, 3.0, 50.0)).splitlines()
    assert [line.split(" | ")[:2] for line in lines[2:]] == [["| 1,000", "10"], ["| 20,000", "200"]]
