"""The running text of an article's XML, paragraph by paragraph, each with its section."""

from collections.abc import Iterator

from extract.claims.claim import Paragraph
from extract.claims.text.headings import section_of_heading
from extract.jats.source import Element, children, inside, name_of
from extract.jats.text import NOT_PRINTED, marked_text, plain_text

# Printed apart from the text, or no text of the paper
_APART = NOT_PRINTED | {
    "table-wrap",
    "table-wrap-group",
    "fig",
    "fig-group",
    "boxed-text",
    "fn",
    "fn-group",
    "ref-list",
}
_APART |= {"supplementary-material", "title", "label", "disp-formula-group"}
_TYPES = {  # the attribute sec-type, which the titles of some journals need
    "intro": "introduction",
    "introduction": "introduction",
    "background": "introduction",
    "methods": "methods",
    "materials": "methods",
    "materials|methods": "methods",
    "subjects": "methods",
    "results": "results",
    "discussion": "discussion",
    "conclusions": "conclusion",
    "conclusion": "conclusion",
}
_SUMMARIES = (
    "graphical",
    "teaser",
    "toc",
    "plain-language-summary",
    "key-points",
)  # kinds of <abstract> beside the own


def paragraphs_of_article(article: Element) -> list[Paragraph]:
    """Return the paragraphs of abstract and body that belong to a section."""
    abstracts = [each for each in inside(article, "abstract") if each.get("abstract-type") not in _SUMMARIES]
    found = [paragraph for each in abstracts for paragraph in _of_part(each, "abstract", fixed=True)]
    bodies = list(inside(article, "body")) or ([article] if children(article, "sec", "p") else [])
    for body in bodies:
        found += _of_part(body, "introduction")
    return found


def _of_part(part: Element, section: str, fixed: bool = False) -> Iterator[Paragraph]:
    """The paragraphs of a part in order. A section without a known title goes on with the one before it; `fixed`:
    titles begin no section."""
    for child in part:
        name = name_of(child)
        if name == "sec":
            section = section if fixed else _section(child, section)
            yield from _of_part(child, section, fixed)
        elif name == "p" and section:
            text = marked_text(child, _APART).text
            yield from [Paragraph(section, text)] if text else []
        elif name and name not in _APART and name != "abstract":
            yield from _of_part(child, section, fixed)


def _section(sec: Element, current: str) -> str:
    """The section of the schema `claims` that a <sec> is or belongs to; "" for one without claims."""
    titles = children(sec, "title")
    named = section_of_heading(plain_text(titles[0])) if titles else None
    if named == "aside":
        return ""
    if named is None:
        named = _TYPES.get((sec.get("sec-type") or "").strip())
    return current if named is None else named
