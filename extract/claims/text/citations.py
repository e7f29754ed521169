"""The tables and figures that a sentence cites, and which of them a place of the sentence refers to."""

import re
from dataclasses import dataclass

_KIND = (
    r"(?P<more>(?:[Ss]upplement(?:ary|al)|[Ss]uppl?\.|[Oo]nline|[Aa]ppendix|[Ee]xtended [Dd]ata|[Ww]eb)\s+"
    r"(?:[A-Z]\s+)?)?"
    r"(?P<kind>e?(?:Tables?|TABLES?|Tab\.|Figures?|FIGURES?|Figs?\.?|FIGS?\.?))"
)
_NUMBER = r"S?\s?\d{1,2}(?:\s?[A-Ha-h](?![A-Za-z]))?"
_AND = r"(?:\s*[,;&/-]\s*(?:and\s+)?|\s+(?:and|or|to)\s+)"
_CITED = re.compile(
    rf"(?<![A-Za-z]){_KIND}\s*(?P<numbers>{_NUMBER}(?:{_AND}(?:{_NUMBER}|[A-H](?![A-Za-z])))*)(?![\d%.]*\d)"
    r"(?P<after>\s+(?:in|of)\s+(?:the\s+)?(?:(?:[Oo]nline|[Ee]lectronic)\s+)?(?:[Ss]uppl|[Aa]ppendix|[Aa]dditional))?"
)
_ONE = re.compile(
    rf"(?P<sign>{_AND})?(?P<s>S)?\s?(?:(?P<number>\d{{1,2}})(?P<part>\s?[A-Ha-h](?![A-Za-z]))?|(?P<lone>[A-H]))"
)
_JOINED = re.compile(r"[\s,;&]*(?:(?:and|or|see|also)\s+)*")
# What the sentence states is not what the exhibit shows: "in Figure 3, after removing one study, ..."
_OTHER_ANALYSIS = re.compile(
    r"\b(?:remov(?:ing|al|ed)|exclu(?:ding|sion|ded)|omit(?:ting|ted)|omission|leave-one-out|sensitivity analys[ei]s)\b"
)
_MOST_IN_RANGE = 12  # "Tables 2-5" names four; a longer range is none


@dataclass(frozen=True)
class Citation:
    """Exhibits cited at `start` to `end` of a sentence. `names`: as the files of exhibits are called, table2, fig3_b.
    `bracketed`: the citation stands in brackets, so it belongs to the words before it."""

    start: int
    end: int
    names: tuple[str, ...]
    bracketed: bool


def find_citations(sentence: str) -> list[Citation]:
    """Return the citations of tables and figures in a sentence, from left to right; neighbours as one. None in a
    sentence that speaks of another analysis than the exhibit shows, such as one without a study."""
    found: list[Citation] = []
    if _OTHER_ANALYSIS.search(sentence):
        return found
    for match in _CITED.finditer(sentence):
        names = _names(match)
        if found and _JOINED.fullmatch(sentence[found[-1].end : match.start()]):
            last = found.pop()
            merged = tuple(dict.fromkeys((*last.names, *names)))
            found.append(Citation(last.start, match.end(), merged, last.bracketed))
        elif names:
            found.append(Citation(match.start(), match.end(), names, _in_brackets(sentence, match.start())))
    return found


def _in_brackets(sentence: str, place: int) -> bool:
    before = sentence[:place]
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))


def _names(match: re.Match[str]) -> tuple[str, ...]:
    """Return the names of the exhibits of one citation: table2 and table3 of "Tables 2 and 3", fig2_a of "Fig. 2A"."""
    kind = "table" if "tab" in match["kind"].casefold() else "fig"
    extra = bool(match["more"] or match["after"]) or match["kind"].startswith("e")
    names: list[str] = []
    last = 0
    for one in _ONE.finditer(match["numbers"]):
        if one["lone"]:
            names += [f"{kind}{last}_{one['lone'].lower()}"] if last else []
            continue
        number, part = int(one["number"]), (one["part"] or "").strip().lower()
        if one["s"] or extra:
            names.append(f"{kind}_s{number}")
            continue
        through = (one["sign"] or "").strip() in ("-", "to") and not part and 0 < number - last < _MOST_IN_RANGE
        names += [f"{kind}{between}" for between in range(last + 1, number)] if through and last else []
        names.append(f"{kind}{number}_{part}" if part else f"{kind}{number}")
        last = number
    return tuple(dict.fromkeys(names))


def cited_at(start: int, end: int, citations: list[Citation]) -> tuple[str, ...]:
    """Return the exhibits that a place of a sentence refers to: the next citation behind the place, else the last one
    before that is not in brackets."""
    behind = next((one for one in citations if one.start >= end), None)
    before = next((one for one in reversed(citations) if one.end <= start and not one.bracketed), None)
    citation = behind if behind is not None and (behind.bracketed or before is None) else before
    return citation.names if citation is not None else ()
