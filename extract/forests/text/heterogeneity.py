"""Lines of heterogeneity and tests: "Heterogeneity: Tau² = 0.68; Chi² = 44.00, df = 7 (P < 0.00001); I² = 84%"."""

import re

from extract.forests.text.intervals import ascii_signs, curated_number

_VALUE = r"(?P<{name}>[<>]?\s*(?:\d+(?:\.\d+)?|\.\d*)(?:[eE]-?\d+)?)"
_RAISED = r"(?:\s*-?\s*[sS]quared?|\^?\s*2|[²?'*])"  # as OCR may read a raised 2


def _pattern(head: str, name: str) -> re.Pattern[str]:
    value = _VALUE.format(name="value")
    if name == "z":
        value = value.replace("[<>]?", "-?")
    if name == "p":
        value += r"(?![\d.]*\s*%)"
    return re.compile(rf"(?<![A-Za-z]){head}\s*(?P<sign>[=:<>≤]|is\b)\s*{value}", re.IGNORECASE if name == "q" else 0)


_PATTERNS = {
    "i2": _pattern(rf"(?<![\d.])[Il1|/!]{_RAISED}(?:\s*\([^)=]*\))?", "i2"),
    "tau2": _pattern(rf"(?:[Tt]au|τ|[tT]){_RAISED}?", "tau2"),
    "q": _pattern(
        rf"(?:[cg]h[il1|]?{_RAISED}?|(?:χ|x|c){_RAISED}|(?:cochran'?s?\s*)?q[bwm]?(?:\s*\((?:df=)?\d+\))?)", "q"
    ),
    "df": _pattern(r"[dD]\.?\s*[fFt]\.?", "df"),
    "z": _pattern(r"[zZ]", "z"),
    "p": _pattern(r"[pP](?:\s*-?\s*(?:[vV]alue|het))?", "p"),
}
_DEGREES = re.compile(r"\bq[bwm]?\s*\((?:df\s*=\s*)?(\d+)\)|(?:chi|χ)(?:2|²|\^2)\s*_?\(?(\d+)\)?\s*=", re.IGNORECASE)
_SHARE = re.compile(r"=\s*(?P<value>\d+(?:\.\d+)?)\s*%")  # in a line of heterogeneity only I² is a share
_SPACED_VALUE = re.compile(
    r"(=\s*)(\d(?:\s\d)+(?:\.\d+)?)(?=\s*(?:[(,;)]|$))"
)  # OCR: "df = 1 1 (P", "Chi² = 1 1 6.83,"
_STATED = re.compile(r"(?P<name>[^\s,;:(]*)\s*[=<>≤]\s*[\d.]")
OTHER_STATISTICS = re.compile(r"H\s*\^?[2²]?|θ.?|0|CI", re.IGNORECASE)  # names of values that the schema does not have

_HETEROGENEITY = re.compile(r"^\W*(?:test (?:for|of) )?heterogeneity\b", re.IGNORECASE)
BETWEEN_SUBGROUPS = re.compile(
    r"between[\s-]*(?:sub)?groups?|(?:sub)?group differences|across groups|between[\s-]subgroup", re.IGNORECASE
)
_STATISTICS_END = re.compile(
    r"\s*[(\[,:;]?\s*(?:[Il1|]\s*-?\s*(?:[sS]quared?|\^?\s*2|²)|[Tt]au|τ|χ|[Cc]hi|Q\s*=|[Pp]\s*=).*$"
)
_THETA = r"(?:θ|theta|q|0|8)"  # q: its code in fonts of symbols; 0 and 8: as OCR reads it
EFFECT_TEST = re.compile(  # not Stata's "Test of θi = θj", which is of heterogeneity
    rf"^\W*test (?:for|of) (?:overall )?(?:effect|{_THETA}\W*=\s*[01]\s*:)|^\W*overall effect\s*:", re.IGNORECASE
)
STUDY_TEST = re.compile(rf"^\W*test (?:for|of) {_THETA}\s*\S{{0,2}}\s*=\s*{_THETA}\s*[^\s:]", re.IGNORECASE)
OTHER_CHARACTERS_COUNT = 6  # as many beside the values of a line of statistics may be a word: the label of a row


def statistics_in(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The values of i2, tau2, q, df, z and p that a text states; and, by the same names, the signs of those whose value
    is printed as a mere point (Stata's ".")."""
    text = ascii_signs(text).replace("—", "-")
    text = _SPACED_VALUE.sub(lambda match: match[1] + re.sub(r"\s", "", match[2]), text)
    found: dict[str, str] = {}
    missing: dict[str, str] = {}
    for name, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match is None:
            continue
        sign = match["sign"] if match["sign"] in "<>≤" else ""
        value = curated_number(sign + match["value"].replace(" ", ""))
        if value:
            found[name] = value
        elif match["value"].strip() == ".":
            missing[name] = "."
    if (degrees := _DEGREES.search(text)) and (df := curated_number(degrees[1] or degrees[2])):
        found.setdefault("df", df)
    if "i2" not in {**found, **missing} and names_heterogeneity(text) and (share := _SHARE.search(text)):
        found |= {"i2": i2} if (i2 := curated_number(share["value"])) else {}
    return found, missing


def states_unread_values(text: str) -> bool:
    """Whether a line of statistics states more values than are read: OCR may have misread their names."""
    stated = [m["name"] for m in _STATED.finditer(ascii_signs(text)) if not OTHER_STATISTICS.fullmatch(m["name"])]
    return len(stated) > len(statistics_in(text)[0])


def names_heterogeneity(text: str) -> bool:
    return bool(_HETEROGENEITY.search(text) or BETWEEN_SUBGROUPS.search(text))


def is_statistics(text: str) -> bool:
    """Whether a line states heterogeneity or a test, and is no row of the plot."""
    named = (_HETEROGENEITY, BETWEEN_SUBGROUPS, EFFECT_TEST, STUDY_TEST)
    return any(pattern.search(text) for pattern in named) or is_bare_statistics(text)


def is_bare_statistics(text: str) -> bool:
    """Whether a line is statistics without a name before them: "(I² = 84%, p = 0.02)", "I-squared = 84%"."""
    found, missing = statistics_in(text)
    rest = re.sub(r"\([^)]*\)|[\w²χτ^-]+\s*[=<>]\s*[\d.%]+|[\s,;.%]", "", ascii_signs(text))
    return bool({**found, **missing}.keys() & {"i2", "tau2", "q"}) and len(rest) < OTHER_CHARACTERS_COUNT


def without_statistics(label: str) -> str:
    """A label without its statistics of heterogeneity: "Overall" of "Overall (I-squared = 82.5%, p = 0.000)"."""
    found = _STATISTICS_END.search(ascii_signs(label))
    return (label[: found.start()] if found else label).strip(" ,;:") or label
