"""Opening a JATS file: entities and the network are off; whatever makes a file unreadable is reported in one line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from extract.errors import UnreadableError
from extract.pdf.opening import refuse_irregular
from schemas.base.files import MB, too_large

Element: TypeAlias = etree._Element
MOST_XML_MB = 50  # the XML of an article has 0.1 to 5 MB
_OTHER_ARTICLES = ("sub-article", "response")
_PART = re.compile(rb"\s*<(?:abstract|back|body|floats-group|front|p|sec|table-wrap|table-wrap-group)[\s>]")
_WHOLE = (
    b'<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
    b' xmlns:oasis="http://www.niso.org/standards/z39-96/ns/oasis-exchange/table">',
    b"</article>",
)


def read_article(path: Path) -> Element:
    """Return the <article> of a JATS file. A part of an article (<sec>, <table-wrap>), or several, is read like a whole
    one. UnreadableError if the file is too large, is not well-formed, declares entities or holds no article."""
    refuse_irregular(path, "a JATS XML file")
    size = path.stat().st_size
    if size > MOST_XML_MB * MB:
        raise UnreadableError(f"{path}: {too_large(size, MOST_XML_MB * MB)}; an article's XML has less")
    if not size:
        raise UnreadableError(f"{path}: the file is empty (0 bytes); download it again")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error
    return _only_article(path, _parsed(path, data))


def _parsed(path: Path, data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if _PART.match(data.removeprefix(b"\xef\xbb\xbf")):
        data = data.removeprefix(b"\xef\xbb\xbf").join(_WHOLE)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        why = " ".join(str(error).split()).removesuffix(" (<string>, line 1)")
        raise UnreadableError(f"{path}: not well-formed XML ({why}); download it again") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (names := [entity.name for entity in declared.iterentities()]):
        raise UnreadableError(
            f"{path}: declares the entity '{names[0]}'; a JATS article declares none, and none is read"
        )
    return root


def _only_article(path: Path, root: Element) -> Element:
    """The article, also inside of what a service wraps around it. UnreadableError unless there is exactly one."""
    articles = [node for node in root.iter(etree.Element) if name_of(node) == "article"]
    if not articles:
        raise UnreadableError(f"{path}: expected a JATS article, found <{name_of(root)}>")
    outer = [node for node in articles if not any(name_of(above) == "article" for above in node.iterancestors())]
    if len(outer) > 1:
        raise UnreadableError(f"{path}: holds {len(outer)} articles; give a file with one")
    return outer[0]


def name_of(node: Element) -> str:
    """Return the name of an element without its namespace; "" for an entity."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node: Element, *names: str) -> list[Element]:
    """Return the children of these names, in order."""
    return [child for child in node if name_of(child) in names]


def inside(node: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names at any depth inside an element, without those of answers and translations that
    a file holds beside its article."""
    for found in node.iter(*(f"{{*}}{name}" for name in names)):
        if found is not node and not any(name_of(above) in _OTHER_ARTICLES for above in found.iterancestors()):
            yield found


def has(node: Element, *names: str) -> bool:
    """Whether elements of these names stand inside an element."""
    return next(inside(node, *names), None) is not None


def place_of(node: Element) -> str:
    """Return the place of an element in its file: its id, or else its path."""
    if own := node.get("id"):
        return str(own)
    steps = [_step(each) for each in (node, *node.iterancestors())]
    return "/".join(reversed(steps))


def _step(node: Element) -> str:
    same = [name_of(other) for other in node.itersiblings(preceding=True)].count(name_of(node))
    return f"{name_of(node)}[{same + 1}]" if node.getparent() is not None else name_of(node)
