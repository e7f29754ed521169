"""Where files are: paths of this machine, and URLs that fsspec opens (s3, gs, http ...)."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from extract.errors import UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "http": "aiohttp", "https": "aiohttp"}


def is_url(place: str) -> bool:
    """Whether a place is a URL; a path of this machine may have any other letters."""
    return "://" in place


def local_path(place: str) -> Path | None:
    """Return the path of a place on this machine, None for a place elsewhere."""
    if place.startswith("file://"):
        return Path(unquote(urlsplit(place).path))
    return None if is_url(place) else Path(place)


def open_filesystem(url: str) -> tuple["AbstractFileSystem", str]:
    """Return the file system of a URL, and its path there. UsageError where no package for it is installed, or no such
    kind of URL exists."""
    protocol = url.partition("://")[0]
    package = _PACKAGES.get(protocol, "fsspec")
    try:
        from fsspec.core import url_to_fs

        found: tuple[AbstractFileSystem, str] = url_to_fs(url)
    except ImportError as error:
        raise UsageError(f"{url}: {protocol}:// needs {package}; install it with: pip install {package}") from error
    except ValueError as error:
        raise UsageError(f"{url}: expected a path, or a URL such as s3://bucket/folder; {error}") from error
    return found
