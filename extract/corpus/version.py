"""Which program read a paper: results of another one are not taken for its own."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("schemas", "validations", "extract")
_CODE = (".py", ".html", ".css", ".js", ".json")


@cache
def program_version() -> str:
    """Return the version of the package and a digest of its code, 0.1.0+3f29a1c0: it runs out of a folder, where the
    code changes more often than its version."""
    digest = hashlib.sha256()
    for path in sorted(path for name in _PACKAGES for path in (_ROOT / name).rglob("*") if path.suffix in _CODE):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('doubletake')}+{digest.hexdigest()[:8]}"
