"""Property tests give the same examples in every run, so that a clean checkout passes or fails as ours does, on slow
machines as on fast ones."""

from hypothesis import settings

settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")
