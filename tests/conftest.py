"""Property tests give the same examples in every run, so that a clean checkout passes or fails as ours does. No guard
hides a fault of ours, except in the tests of the guards."""

import os

import pytest
from hypothesis import settings

from schemas.base.faults import RAISE_FAULTS

settings.register_profile("same-examples", derandomize=True)
settings.load_profile("same-examples")
os.environ[RAISE_FAULTS] = "1"


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards keep faults of ours, as they do for users."""
    monkeypatch.delenv(RAISE_FAULTS)
