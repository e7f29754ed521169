"""The title and the DOI of a paper, from its first pages."""

import re
from collections import Counter

from extract.page.document import Document
from extract.page.objects import savable

_FEWEST_LETTERS = 8  # of a title
_DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9]+")


def title(document: Document) -> str:
    """The text in the largest type of the first page that has the letters of a title: not a letter that opens a
    paragraph."""
    with document.parsed(1) as page:
        sizes = Counter(round(char["size"], 1) for char in page.chars if char["text"].isalpha())
        largest = next((size for size in sorted(sizes, reverse=True) if sizes[size] >= _FEWEST_LETTERS), 0)
        if not largest:
            return ""
        kept = page.filter(lambda item: item["object_type"] != "char" or largest - 0.5 < item["size"] < largest + 0.5)
        return " ".join(savable(kept.extract_text()).split())


def doi(document: Document) -> str:
    """The first DOI on the first two pages, "" if there is no DOI."""
    text = "\n".join(document.text(number) for number in document.numbers(range(1, 3)))
    return match[0].rstrip(".,;:)") if (match := _DOI.search(text)) else ""
