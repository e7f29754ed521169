"""Property tests give the same examples in every run, so that a clean checkout passes or fails as ours does."""

from hypothesis import settings

settings.register_profile("same-examples", derandomize=True)
settings.load_profile("same-examples")
