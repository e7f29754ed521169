"""Which section a heading begins."""

import re

SECTIONS = (
    ("abstract", r"abstract|summary|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t"),
    ("introduction", r"introduction|background(?:/\w+)?"),
    ("methods", r"(?:(?:materials?|patients?|subjects?|participants?|research design|design|experimental|study design)"
     r"(?:\s*(?:,|/|and|&)\s*)?)*\s*(?:methods?|methodology)(?: and (?:materials?|patients|procedures))?"
     r"|experimental procedures"),
    ("results", r"(?:main )?results?(?: and discussion)?|findings"),
    ("discussion", r"discussion|comments?|discussion and conclusions?"),
    ("conclusion", r"conclusions?(?: and relevance)?|concluding remarks|interpretation|summary and conclusions?"),
    ("", r"references|bibliography|literature(?: cited)?|acknowledge?ments?.*|funding.*"
     r"|competing (?:financial )?interests?.*"
     r"|conflicts? of interests?.*|declarations?.*|authors?['’]? ?contributions?.*|contributors.*"
     r"|supp(?:orting|lementary) .*"
     r"|data (?:availability|sharing).*|abbreviations?|key ?words?.*|ethics.*|disclosures?.*|appendi(?:x|ces).*"
     r"|additional .*"
     r"|trial registration.*|consent for publication|open access|author (?:details|information).*|endnotes?"
     r"|about the .*"),
)  # fmt: skip
IN_ABSTRACTS = (
    ("introduction", r"rationale|objectives?|aims?(?: of the study)?|purpose|context|importance|hypothesis"
     r"|background (?:and|&) \w+"),
    ("methods", r"statistical (?:analys[ie]s|methods)|(?:study |trial )?(?:design|setting)s?(?:,? (?:and )?\w+)?"
     r"|subjects"
     r"|participants|patients|interventions?|(?:main )?outcomes?(?:(?: and| or)? measures?)?|measurements|methods/\w+"),
    ("conclusion", r"significance|limitations?"),
)  # fmt: skip
_NUMBERING = r"(?:(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+)?"
_CAPITALS = re.compile(r"(?P<name>[A-Z][A-Z&/,]+(?: [A-Z&/,]+)*)\s*[:.—-]?\s+(?=[A-Z“\"(\d])(?![A-Z]{2})")
MOST_WORDS = 9


def _patterns(form: str, names: tuple[tuple[str, str], ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(form.replace("NAME", words))) for name, words in names]


_ALONE = _patterns(rf"(?i:{_NUMBERING}(?:NAME)\s*[.:]?)", SECTIONS)
_ALONE_IN_ABSTRACT = _ALONE + _patterns(rf"(?i:{_NUMBERING}(?:NAME)\s*[.:]?)", IN_ABSTRACTS)
_RUN_IN = _patterns(r"(?=[A-Z])(?i:NAME)\s*(?:[:.—]|\s–)\s*(?=[A-Z“\"(\d])", (*SECTIONS[:-1], *IN_ABSTRACTS))


def section_of(heading: str, *, in_abstract: bool = False) -> str | None:
    """The section that a line begins which is nothing but a heading, "" for one that holds no claims; None for others.
    An abstract has headings ("Patients", "Purpose") that begin no section of a paper."""
    text = " ".join(heading.split())
    if len(text.split()) > MOST_WORDS:
        return None
    patterns = _ALONE_IN_ABSTRACT if in_abstract else _ALONE
    return next((name for name, pattern in patterns if pattern.fullmatch(text)), None)


def run_in(text: str) -> tuple[str, int] | None:
    """The section of a heading that begins a paragraph ("Results: ...", "RESULTS We ..."), and where text begins."""
    for name, pattern in _RUN_IN:
        if match := pattern.match(text):
            return name, match.end()
    capitals = _CAPITALS.match(text)
    if capitals and (found := section_of(capitals["name"], in_abstract=True)) is not None:
        return found, capitals.end()
    return None
