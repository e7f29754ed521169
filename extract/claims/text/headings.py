"""Headings of sections: the section that a heading begins."""

import re

# (section, pattern). "" holds no claims; "aside" interrupts an abstract or ends a discussion (see section_of_heading).
_SECTIONS = (
    ("abstract", r"abstract|summary|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t"),
    ("introduction", r"introduction|background(?:/\w+)?"),
    ("methods", r"(?:(?:materials?|patients?|subjects?|participants?|research design|design|experimental|study design)"
     r"(?:\s*(?:,|/|and|&)\s*)?)*\s*(?:methods?|methodology)(?: and (?:materials?|patients|procedures))?"
     r"|experimental procedures"),
    ("results", r"(?:main )?results?(?: and discussion)?|findings"),
    ("discussion", r"discussion|comments?|discussion and conclusions?"),
    ("conclusion", r"conclusions?(?: and relevance)?|concluding remarks|interpretation|summary and conclusions?"),
    ("", r"references|bibliography|literature(?: cited)?|acknowledge?ments?.*|funding.*|about the .*"
     r"|competing (?:financial )?interests?.*|conflicts? of interests?.*|declarations?.*|contributors.*|disclosures?.*"
     r"|authors?['’]? ?contributions?.*|author (?:details|information).*|abbreviations?|key ?words?.*|endnotes?"),
    ("aside", r"supp(?:orting|lementary) .*|data (?:availability|sharing).*|ethic(?:s|al) .*|appendi(?:x|ces).*"
     r"|additional .*|trial registration.*|consent for publication|open access"),
)  # fmt: skip
# Headings of a structured abstract, which begin no section of a paper
_IN_ABSTRACTS = (
    ("introduction", r"rationale|objectives?|aims?(?: of the study)?|purpose|context|importance|hypothesis"
     r"|background (?:and|&) \w+"),
    ("methods", r"statistical (?:analys[ie]s|methods)|(?:study |trial )?(?:design|setting)s?(?:,? (?:and )?\w+)?"
     r"|subjects"
     r"|participants|patients|interventions?|(?:main )?outcomes?(?:(?: and| or)? measures?)?|measurements|methods/\w+"),
    ("conclusion", r"significance|limitations?"),
)  # fmt: skip
_NUMBERING = r"\W{0,3}(?:(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+)?"
_CAPITALS = re.compile(r"(?P<name>[A-Z][A-Z&/,]+(?: [A-Z&/,]+)*)\s*[:.—-]?\s+(?=[A-Z“\"(\d])(?![A-Z]{2})")
_MAX_HEADING_WORDS = 9  # a longer line is text


def _patterns(form: str, names: tuple[tuple[str, str], ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(form.replace("NAME", words))) for name, words in names]


_ALONE = _patterns(rf"(?i:{_NUMBERING}(?:NAME)\s*[.:]?)", _SECTIONS)
_ALONE_IN_ABSTRACT = _ALONE + _patterns(rf"(?i:{_NUMBERING}(?:NAME)\s*[.:]?)", _IN_ABSTRACTS)
_RUN_IN = _patterns(r"(?=[A-Z])(?i:NAME)\s*(?:[:.—]|\s–)\s*(?=[A-Z“\"(\d])", (*_SECTIONS[:-2], *_IN_ABSTRACTS))


def section_of_heading(heading: str, *, in_abstract: bool = False) -> str | None:
    """Return the section that a heading begins; None for a line that is more than a heading.

    "" is a section without claims, such as the references. "aside" interrupts an abstract or ends a discussion, and
    belongs to any other section that it stands in. `in_abstract`: also accept headings of abstracts ("Patients").
    """
    text = " ".join(heading.split())
    if len(text.split()) > _MAX_HEADING_WORDS:
        return None
    patterns = _ALONE_IN_ABSTRACT if in_abstract else _ALONE
    return next((name for name, pattern in patterns if pattern.fullmatch(text)), None)


def run_in_heading(text: str) -> tuple[str, int] | None:
    """Return the section of a heading that begins a paragraph ("Results: ...", "RESULTS We ..."), and where the text
    behind the heading begins; None without such a heading."""
    for name, pattern in _RUN_IN:
        if match := pattern.match(text):
            return name, match.end()
    capitals = _CAPITALS.match(text)
    if capitals and (found := section_of_heading(capitals["name"], in_abstract=True)) is not None:
        return found, capitals.end()
    return None
