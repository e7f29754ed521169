"""Paragraphs of running text, and the claims that these state."""

from dataclasses import dataclass, field

from extract.page.box import Box


@dataclass(frozen=True)
class Paragraph:
    """Running text of one section.

    `section`: a section of the schema `claims`, "" for plain text without headings. `places`: for each word its start
    in the text and its box on the page; empty for plain text.
    """

    section: str
    text: str
    places: tuple[tuple[int, Box], ...] = field(default=(), repr=False)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of the words between two places of the text, in order."""
        ends = [*(begin for begin, _ in self.places), len(self.text) + 1][1:]
        return tuple(
            box for (begin, box), after in zip(self.places, ends, strict=True) if begin < end and after - 1 > start
        )


@dataclass(frozen=True)
class Claim:
    """A figure stated in running text: the columns of the schema `claims`, "" for those not stated, and its boxes.
    `read_by`: the readers of the text, "" for that of the page.

    Numbers are as printed, with ASCII minus and "."; a number word is in digits, and `notes` keeps the word.
    """

    section: str
    text: str
    measure: str
    subject: str = ""
    comparator: str = "="
    value: str = ""
    unit: str = ""
    n: str = ""
    total: str = ""
    n_studies: str = ""
    low: str = ""
    high: str = ""
    sd: str = ""
    ci_low: str = ""
    ci_high: str = ""
    ci_level: str = ""
    p: str = ""
    versus: str = ""
    cites: str = ""
    notes: str = ""
    read_by: str = ""
    boxes: tuple[Box, ...] = ()
