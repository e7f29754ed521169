"""Property tests give the same examples in every run, so that a clean checkout passes or fails as ours does, on slow
machines as on fast ones. No guard hides a fault of ours, except in the tests of the guards. And a browser, to look at
pages with."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from schemas.base.faults import RAISE_FAULTS

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")
os.environ[RAISE_FAULTS] = "1"


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards keep faults of ours, as they do for users."""
    monkeypatch.delenv(RAISE_FAULTS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; the tests that need it are skipped where there is none."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no chromium here: apt-get install --no-install-recommends chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()
