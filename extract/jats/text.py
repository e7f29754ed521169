"""The text of an XML element as print shows it: note marks are kept out of it, exponents and indices stay in it."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extract.jats.source import Element, children, name_of
from extract.page.words import RAISED_LETTERS, exponent_of

NOT_PRINTED = frozenset({"tex-math", "graphic", "inline-graphic", "media", "object-id", "alt-text", "long-desc"})
_NOTE_REFERENCES = ("table-fn", "fn")
_BREAKS = frozenset(
    {"break", "hr", "p", "list-item", "disp-formula", "title", "label", "td", "th", "entry", "list", "fn"}
)
_RAISED = re.compile(f"[{RAISED_LETTERS}]+")
_VALUE = re.compile(r"\d\.\d|\s")  # in a superscript: an error of a number, or words, and no mark
_UNPRINTED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])  # soft hyphens, joiners, marks of order
_INDENT_PT = {"\u2003": 10.0, "\u2002": 5.0, "\u00a0": 2.5, "\u2009": 2.0, "\u2007": 5.0, "\u3000": 10.0}


class Piece(NamedTuple):
    """Text of one kind: `kind` is "text", "raised" for a superscript, or "mark" for a reference to a note."""

    kind: str
    text: str


class MarkedText(NamedTuple):
    """Text with one space between words, and the note marks that stood in it. `indent`: in points, of the wide spaces
    before the first letter."""

    text: str
    marks: tuple[str, ...] = ()
    indent: float = 0.0


def marked_text(node: Element, leave_out: frozenset[str] = NOT_PRINTED) -> MarkedText:
    """Return the text of an element without the elements named in `leave_out`. Where nothing but marks is printed,
    these are the text."""
    text, marks = "", list[str]()
    for kind, piece in _joined(_pieces(node, leave_out)):
        if kind == "text" or (kind == "raised" and _VALUE.search(piece.strip())):
            text += piece
            continue
        raised = piece.strip()
        before = text.rstrip() if text.rstrip()[-1:].isalpha() else text  # "kg/m <sup>2</sup>"
        exponent = exponent_of(raised, before) if kind == "raised" else ""
        text = before + exponent if exponent else text
        marks += filter(None, [raised[len(exponent) :].strip()])
    lead = text[: len(text) - len(text.lstrip())]
    plain = " ".join(text.translate(_UNPRINTED).split())
    if not plain and marks:
        return MarkedText("".join(marks))
    return MarkedText(plain, tuple(marks), sum(_INDENT_PT.get(letter, 0.0) for letter in lead))


def plain_text(node: Element | None, leave_out: frozenset[str] = NOT_PRINTED) -> str:
    """Return the text of an element with its note marks where they stand, that at its beginning apart; "" for None."""
    if node is None:
        return ""
    pieces = [piece for piece in _joined(_pieces(node, leave_out)) if piece.text.strip()]
    lead = [f"{piece.text} " if piece.kind != "text" else piece.text for piece in pieces[:1]]
    return " ".join("".join([*lead, *(piece.text for piece in pieces[1:])]).translate(_UNPRINTED).split())


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces, those of one kind behind one another as one: "10<sup>-</sup><sup>9</sup>"."""
    last = Piece("text", "")
    for piece in pieces:
        if piece.kind == last.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        yield last
        last = piece
    yield last


def _pieces(node: Element, leave_out: frozenset[str], kind: str = "text") -> Iterator[Piece]:
    yield from _in_kind(node.text, kind)
    for child in node:
        name = name_of(child)
        if isinstance(child, etree._Entity):
            yield from _in_kind(html.unescape(str(child.text)), kind)
        elif name in _BREAKS:
            yield Piece("text", " ")
        if name and name not in leave_out:
            yield from _pieces(child, leave_out, _kind_of(child, name, kind))
        if name in _BREAKS - {"break", "hr"}:
            yield Piece("text", " ")
        yield from _in_kind(child.tail, kind)


def _in_kind(text: str | None, kind: str) -> Iterator[Piece]:
    """Text of a kind; raised letters in plain text are raised text."""
    end = 0
    for match in _RAISED.finditer(text or "") if kind == "text" else ():
        yield Piece("text", match.string[end : match.start()])
        yield Piece("raised", match[0])
        end = match.end()
    if text and text[end:]:
        yield Piece(kind, text[end:])


def _kind_of(node: Element, name: str, kind: str) -> str:
    if kind == "mark" or (name == "xref" and node.get("ref-type") in _NOTE_REFERENCES):
        return "mark"
    return "raised" if name == "sup" or kind == "raised" else "text"


def title_of(article: Element) -> str:
    """Return the title of an article, "" if it has none."""
    return plain_text(_first(article, "front", "article-meta", "title-group", "article-title"))


def doi_of(article: Element) -> str:
    """Return the DOI of an article, "" if it has none."""
    meta = _first(article, "front", "article-meta")
    own = [] if meta is None else [each for each in children(meta, "article-id") if each.get("pub-id-type") == "doi"]
    return plain_text(own[0]) if own else ""


def _first(node: Element, *path: str) -> Element | None:
    """The first element at a path of names."""
    for name in path:
        found = children(node, name)
        if not found:
            return None
        node = found[0]
    return node
