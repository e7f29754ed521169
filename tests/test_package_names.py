"""Our packages are imported by their folder names: no other installed distribution may own these names."""

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("name", ["extract", "schemas", "validations"])
def test_no_other_distribution_owns_the_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"doubletake"}
