"""Lines of text told apart into headings and paragraphs, each paragraph with its section."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims.claim import Paragraph
from extract.claims.text.headings import run_in, section_of
from extract.page.box import Box
from extract.page.lines import is_broken

FRONT = re.compile(
    r"(?:received|accepted|published|revised|copyright|©|\(c\)|correspond|\*?\s*corresponding|e-?mail|tel|doi|https?:"
    r"|citation|editor|academic editor"
    r"|funding|data availability|competing interests|open access|this is an open|full list of|keywords?|key ?words"
    r"|trial registration"
    r"|address|department|from the|license|to cite)\b",
    re.IGNORECASE,
)
FEW = 5  # words: a line of fewer may be a subheading
LONG = 45  # words: a paragraph before any heading with fewer is part of title or address


@dataclass(frozen=True)
class TextLine:
    """A line of running text with its words and their boxes; `begins`: whether a paragraph may begin with it, `first`:
    whether it is the first of its column or block."""

    words: tuple[tuple[str, Box | None], ...]
    begins: bool = False
    first: bool = False

    @property
    def text(self) -> str:
        return " ".join(text for text, _ in self.words)


def paragraphs_of(lines: Iterable[TextLine]) -> list[Paragraph]:
    """The paragraphs of a paper that belong to a section."""
    return list(_in_sections(_pieces(lines), State()))


def paragraphs_of_plain(lines: Iterable[TextLine]) -> list[Paragraph]:
    """The same of plain text, in which a heading alone on a line is one of the paper; without any heading, all of its
    paragraphs, in no section."""
    pieces = list(_pieces(lines))
    if any(isinstance(piece, str) or run_in(joined(piece)[0]) is not None for piece in pieces):
        return list(_in_sections(pieces, State(plain=True)))
    return [Paragraph("", *joined(piece)) for piece in pieces if not isinstance(piece, str)]


Piece = str | Sequence[TextLine]


def _pieces(lines: Iterable[TextLine]) -> Iterator[Piece]:
    """Headings as text, paragraphs as their lines."""
    open_lines: list[TextLine] = []
    for line in lines:
        heading = section_of(line.text, in_abstract=True) is not None and (line.begins or not open_lines)
        if open_lines and (heading or line.begins or _leads(open_lines[-1], line)) and not _goes_on(open_lines, line):
            yield open_lines
            open_lines = []
        if heading:
            yield line.text
        else:
            open_lines.append(line)
    if open_lines:
        yield open_lines


def _leads(last: TextLine, line: TextLine) -> bool:
    """Whether a line begins with a heading that is run in, behind the end of a sentence."""
    return run_in(line.text) is not None and bool(re.search(r"[.?!\])”\"]\s*$", last.text))


def _goes_on(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line goes on with the sentence before it; over the end of a column a capital says nothing."""
    last = lines[-1]
    ended = re.search(r'[.:?!][)\]”"]*\s*$', last.text) is not None
    over_the_end = line.first and len(last.words) >= FEW
    return line.begins and not ended and (over_the_end or not line.text[:1].isupper())


def _in_sections(pieces: Iterable[Piece], state: "State") -> Iterator[Paragraph]:
    for piece in pieces:
        if isinstance(piece, str):
            name = section_of(piece, in_abstract=state.in_abstract or not state.started)
            state = state.after(name, alone=True)
            continue
        text, places = joined(piece)
        while (lead := run_in(text)) is not None:
            state = state.after(lead[0], alone=False)
            cut = lead[1]
            places = tuple((max(0, start - cut), box) for start, box in places if start >= cut)
            text = text[cut:]
        state = state.past(text)
        if state.section and text.strip():
            yield Paragraph(state.section, text, places)


@dataclass(frozen=True)
class State:
    """Where in a paper we are: its section; what its abstract has had so far, headings and "text"; whether we are past
    the first heading (`started`), whether the abstract has headings (`labelled`), whether it is over. `plain`: whether
    a heading alone on a line is never one of the abstract."""

    section: str = ""
    heads: tuple[str, ...] = ()
    started: bool = False
    labelled: bool = False
    over: bool = False
    plain: bool = False

    @property
    def in_abstract(self) -> bool:
        """Whether a heading may be one of the abstract; what stands beside an abstract may interrupt it."""
        return self.labelled and not self.over

    def after(self, name: str | None, *, alone: bool) -> "State":
        """Behind a heading. One of the abstract begins no section; it is over where a heading comes again, where the
        introduction begins, or, if it has none itself, with the first heading."""
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

    def _from_abstract(self, name: str, alone: bool) -> "State":
        if not name:
            return replace(self, section="")
        if alone and (name in self.heads or (name == "introduction" and self.heads)):
            return replace(self, section=name, over=True)
        return replace(self, section="abstract", heads=(*self.heads, name))

    def past(self, text: str) -> "State":
        """Behind or in a paragraph: the first long one without any heading before it is the abstract, what follows it,
        or the conclusion of an abstract with headings, the introduction."""
        ended = self.heads[-2:] == ("conclusion", "text") if self.labelled else "text" in self.heads
        if self.section == "abstract" and ended and len(text.split()) >= LONG:
            return replace(self, section="introduction", over=True)
        if self.section == "abstract":
            return replace(self, section="abstract", heads=(*self.heads, "text"))
        if self.started or FRONT.match(text) or len(text.split()) < LONG:
            return self
        return replace(self, section="abstract", started=True, heads=("text",))


def joined(lines: Sequence[TextLine]) -> tuple[str, tuple[tuple[int, Box], ...]]:
    """The text of a paragraph, words broken at a line's end put together, with the place of each word."""
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
    """Whether a hyphen at a line's end only breaks a word: behind a small letter, before one."""
    return bool(re.search(r"[a-z][-‐\u00ad]$", text)) and word[:1].islower()
