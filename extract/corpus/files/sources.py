"""The PDFs of a corpus: those of a folder, of a bucket, or of a list; always in the same order."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename

from extract.corpus.files.places import is_url, local_path, open_filesystem
from extract.errors import DoubletakeError, UnreadableError, UsageError
from extract.jats.packages import packed_names, xml_by_pdf

MOST_LIST_MB = 4096  # ten million paths of 400 letters
_MARKS = ("ETag", "etag", "md5Hash", "crc32c", "mtime", "LastModified", "last_modified", "updated", "created")
_CAN_LIST = "; expected a folder, a bucket, or a list with a path or URL on each line"


@dataclass(frozen=True, order=True)
class Source:
    """A file of the corpus. `path`: as given, or found in the given folder. `stamp`: changes when the file does; ""
    where only its content can tell. `xml`: the XML that belongs to a PDF, "" if there is none."""

    path: str
    stamp: str = ""
    xml: str = ""

    @property
    def name(self) -> str:
        return basename(self.path.rstrip("/"))


def list_sources(given: str) -> list[Source]:
    """Return the PDFs of a folder (with its subfolders), of a folder behind a URL, or of a list, sorted by path; each
    path once. UnreadableError where there is nothing, UsageError where `given` is a PDF itself."""
    local = local_path(given)
    found = _in_local(local) if local is not None else _behind_url(given)
    sources = sorted({source.path: source for source in found}.values())
    if not sources:
        raise UnreadableError(f"{given}: has no PDF{_CAN_LIST}")
    return sources


def _in_local(path: Path) -> Iterator[Source]:
    if path.is_dir():
        return _in_folder(path)
    if not path.is_file():
        raise UnreadableError(f"{path}: there is no such file{_CAN_LIST}")
    _refuse_pdf(str(path))
    if path.stat().st_size > MOST_LIST_MB << 20:
        raise UnreadableError(f"{path}: a list of more than {MOST_LIST_MB} MB{_CAN_LIST}")
    return _listed(path.read_bytes(), str(path))


def _in_folder(folder: Path) -> Iterator[Source]:
    for parent, _, names in os.walk(folder):
        for name, xml in _papers_of(Path(parent).resolve().name, names):
            pdf = _local_source(str(Path(parent, name)))
            yield _with_xml(pdf, _local_source(str(Path(parent, xml)))) if xml else pdf


def _papers_of(folder: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The PDFs of a folder, each with the XML that belongs to it ("" if none does); the XML of an article of PubMed
    Central whose folder has no PDF."""
    pdfs = [name for name in names if name.lower().endswith(".pdf")]
    packed = None if pdfs else packed_names(folder, names)
    if packed:
        yield packed.xml, ""
    xmls = xml_by_pdf(folder, names)
    yield from ((name, xmls.get(name, "")) for name in pdfs)


def _with_xml(pdf: Source, xml: Source) -> Source:
    stamp = f"{pdf.stamp}+{xml.stamp}" if pdf.stamp and xml.stamp else ""
    return Source(pdf.path, stamp, xml.path)


def _behind_url(url: str) -> Iterator[Source]:
    filesystem, path = open_filesystem(url)
    try:
        if filesystem.isfile(path) and not filesystem.isdir(path):
            _refuse_pdf(url)
            return _listed(filesystem.cat_file(path), url)
        found: Mapping[str, Mapping[str, object]] = filesystem.find(path, detail=True)
    except DoubletakeError:
        raise
    except Exception as error:  # the packages for URLs have errors of their own
        raise UnreadableError(f"{url}: cannot be listed: {' '.join(str(error).split())}{_CAN_LIST}") from error
    sources = {path: Source(filesystem.unstrip_protocol(path), _stamp(info)) for path, info in found.items()}
    return _in_listing(sources)


def _in_listing(sources: Mapping[str, Source]) -> Iterator[Source]:
    """The papers among all files behind a URL. `sources`: by path, with "/" between folders."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sources:
        parent, _, name = path.rpartition("/")
        folders[parent].append(name)
    for parent, names in folders.items():
        for name, xml in _papers_of(basename(parent), names):
            pdf = sources[f"{parent}/{name}"]
            yield _with_xml(pdf, sources[f"{parent}/{xml}"]) if xml else pdf


def _refuse_pdf(given: str) -> None:
    if given.lower().endswith(".pdf"):
        raise UsageError(f"{given}: one PDF is checked by 'doubletake check {given}'{_CAN_LIST}")


def _listed(data: bytes, name: str) -> Iterator[Source]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name}: not UTF-8 text{_CAN_LIST}") from error
    return _sources_of(line.strip() for line in lines if line.strip())


def _sources_of(places: Iterable[str]) -> Iterator[Source]:
    return (Source(place) if is_url(place) else _local_source(place) for place in places)


def _local_source(path: str) -> Source:
    try:
        stat = Path(path).stat()
    except (OSError, ValueError):
        return Source(path)
    return Source(path, f"{stat.st_size}-{stat.st_mtime_ns}")


def _stamp(info: Mapping[str, object]) -> str:
    """A mark of a file's state out of its listing, which has other keys on each store; "" where the size alone is
    known."""
    marks = [f"{name}={info[name]}" for name in _MARKS if info.get(name)]
    return f"{info.get('size')};{';'.join(marks)}" if marks else ""
