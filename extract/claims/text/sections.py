"""Lines of running text divided into headings and paragraphs, each paragraph with its section."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims.claim import Paragraph
from extract.claims.text.headings import run_in_heading, section_of_heading
from extract.page.box import Box
from extract.page.lines import is_broken

# Beginnings of paragraphs on the first page that are no abstract
_FRONT_MATTER = re.compile(
    r"(?:received|accepted|published|revised|copyright|©|\(c\)|correspond|\*?\s*corresponding|e-?mail|tel|doi|https?:"
    r"|citation|editor|academic editor"
    r"|funding|data availability|competing interests|open access|this is an open|full list of|keywords?|key ?words"
    r"|trial registration"
    r"|address|department|from the|license|to cite)\b",
    re.IGNORECASE,
)
_FULL_LINE_WORDS = 5  # a line of fewer words may be a subheading
_ABSTRACT_WORDS = 45  # a paragraph of fewer words before any heading belongs to the title or an address


@dataclass(frozen=True)
class TextLine:
    """A line of running text.

    `words`: each word with its box, None in plain text. `begins`: whether a paragraph may begin with the line. `first`:
    whether the line is the first of its column or block.
    """

    words: tuple[tuple[str, Box | None], ...]
    begins: bool = False
    first: bool = False

    @property
    def text(self) -> str:
        return " ".join(text for text, _ in self.words)


def paragraphs_of(lines: Iterable[TextLine]) -> list[Paragraph]:
    """Return the paragraphs of a paper that belong to a section."""
    return list(_in_sections(_pieces(lines), _Position()))


def paragraphs_of_plain(lines: Iterable[TextLine]) -> list[Paragraph]:
    """Return the paragraphs of plain text that belong to a section; without any heading all paragraphs, in section "".

    A heading alone on a line begins a section of the paper, never a part of its abstract.
    """
    pieces = list(_pieces(lines))
    if any(isinstance(piece, str) or run_in_heading(_joined_lines(piece)[0]) is not None for piece in pieces):
        return list(_in_sections(pieces, _Position(plain=True)))
    return [Paragraph("", *_joined_lines(piece)) for piece in pieces if not isinstance(piece, str)]


_Piece = str | Sequence[TextLine]  # a heading, or the lines of a paragraph


def _pieces(lines: Iterable[TextLine]) -> Iterator[_Piece]:
    """Yield headings as text and paragraphs as their lines."""
    open_lines: list[TextLine] = []
    for line in lines:
        heading = section_of_heading(line.text, in_abstract=True) is not None and (line.begins or not open_lines)
        ends = heading or line.begins or (open_lines and _begins_with_heading(open_lines[-1], line))
        if open_lines and ends and not _continues_sentence(open_lines, line):
            yield open_lines
            open_lines = []
        if heading:
            yield line.text
        else:
            open_lines.append(line)
    if open_lines:
        yield open_lines


def _begins_with_heading(last: TextLine, line: TextLine) -> bool:
    """Whether a line behind the end of a sentence begins with a run-in heading."""
    return run_in_heading(line.text) is not None and bool(re.search(r"[.?!\])”\"]\s*$", last.text))


def _continues_sentence(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line continues the sentence before it. A capital letter speaks against that, except at the top of a
    column."""
    last = lines[-1]
    ended = re.search(r'[.:?!][)\]”"]*\s*$', last.text) is not None
    over_the_end = line.first and len(last.words) >= _FULL_LINE_WORDS
    return line.begins and not ended and (over_the_end or not line.text[:1].isupper())


def _in_sections(pieces: Iterable[_Piece], position: "_Position") -> Iterator[Paragraph]:
    """Yield the paragraphs among the pieces that belong to a section, without their run-in headings."""
    for piece in pieces:
        if isinstance(piece, str):
            name = section_of_heading(piece, in_abstract=position.in_abstract or not position.started)
            position = position.after(name, alone=True)
            continue
        text, places = _joined_lines(piece)
        while (heading := run_in_heading(text)) is not None:
            name, text_start = heading
            position = position.after(name, alone=False)
            places = tuple((max(0, start - text_start), box) for start, box in places if start >= text_start)
            text = text[text_start:]
        position = position.at(text)
        if position.section and text.strip():
            yield Paragraph(position.section, text, places)


@dataclass(frozen=True)
class _Position:
    """A position in a paper.

    `section`: the current section, "" for none. `heads`: the sections of the headings of the abstract so far, with
    "text" for each paragraph. `started`: whether the first heading or the abstract is behind.
    `labelled`: whether the abstract has headings. `over`: whether the abstract is over.
    `plain`: whether a heading alone on a line never belongs to the abstract.
    """

    section: str = ""
    heads: tuple[str, ...] = ()
    started: bool = False
    labelled: bool = False
    over: bool = False
    plain: bool = False

    @property
    def in_abstract(self) -> bool:
        """Whether a heading may belong to the abstract. Text beside an abstract may interrupt it."""
        return self.labelled and not self.over

    def after(self, name: str | None, *, alone: bool) -> "_Position":
        """Return the position behind a heading, which is `alone` on its line or runs in to a paragraph.

        A heading of the abstract begins no section. The abstract is over when one of its headings comes again, when the
        introduction begins, or, without headings of its own, at the first heading.
        """
        if name == "aside":
            name = None if self.section in ("introduction", "methods", "results") else ""
        if name is None:
            return self
        if name == "abstract":
            return replace(self, section="abstract", started=True, labelled=True, over=False, heads=())
        if self.plain and alone:
            return replace(self, section=name, started=True, over=True)
        if not self.started:
            return replace(self, section="abstract", started=True, labelled=True, heads=(name,)) if name else self
        if self.in_abstract:
            return self._from_abstract(name, alone)
        return replace(self, section=name, over=True) if alone else self

    def _from_abstract(self, name: str, alone: bool) -> "_Position":
        """Return the position behind a heading where the abstract has headings."""
        if not name:
            return replace(self, section="")
        if alone and (name in self.heads or (name == "introduction" and self.heads)):
            return replace(self, section=name, over=True)
        return replace(self, section="abstract", heads=(*self.heads, name))

    def at(self, text: str) -> "_Position":
        """Return the position at a paragraph. The first long paragraph before any heading is the abstract; a long
        paragraph after it, or after the conclusion of an abstract with headings, begins the introduction."""
        ended = self.heads[-2:] == ("conclusion", "text") if self.labelled else "text" in self.heads
        if self.section == "abstract" and ended and len(text.split()) >= _ABSTRACT_WORDS:
            return replace(self, section="introduction", over=True)
        if self.section == "abstract":
            return replace(self, section="abstract", heads=(*self.heads, "text"))
        if self.started or _FRONT_MATTER.match(text) or len(text.split()) < _ABSTRACT_WORDS:
            return self
        return replace(self, section="abstract", started=True, heads=("text",))


def _joined_lines(lines: Sequence[TextLine]) -> tuple[str, tuple[tuple[int, Box], ...]]:
    """Return the text of a paragraph and the place of each word; words that break at the end of a line are joined."""
    text, places = "", []
    for line in lines:
        for number, (word, box) in enumerate(line.words):
            if number == 0 and text and is_broken(text, word):
                text = text[:-1] if _is_soft(text, word) else text
            elif text:
                text += " "
            if box is not None:
                places.append((len(text), box))
            text += word
    return text, tuple(places)


def _is_soft(text: str, word: str) -> bool:
    """Whether a hyphen at the end of a line only breaks a word: it stands between two small letters."""
    return bool(re.search(r"[a-z][-‐\u00ad]$", text)) and word[:1].islower()
