"""schemas <- validations <- extract: imports never go the other way."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY = {
    "schemas": {"schemas"},
    "validations": {"schemas", "validations"},
    "extract": {"schemas", "validations", "extract"},
}


@pytest.mark.parametrize("package", MAY)
def test_a_package_imports_only_what_stands_before_it(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
        assert {name.split(".")[0] for name in names} & MAY.keys() <= MAY[package], path
