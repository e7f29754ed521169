"""Lines of heterogeneity and tests: "Heterogeneity: Tau² = 0.68; Chi² = 44.00, df = 7 (P < 0.00001); I² = 84%"."""

import re

from extract.forests.text.intervals import ascii_signs, curated_number

_VALUE = r"(?P<{name}>[<>]?\s*(?:\d+(?:\.\d+)?|\.\d*)(?:[eE]-?\d+)?)"
_SQUARED = r"\s*(?:-?\s*[sS]quared?|\^?\s*2|²)"


def _pattern(head: str, name: str) -> re.Pattern[str]:
    value = _VALUE.format(name="value")
    return re.compile(rf"(?<![A-Za-z]){head}\s*(?P<sign>[=:<>≤]|is\b)\s*{value}", re.IGNORECASE if name == "q" else 0)


_PATTERNS = {
    "i2": _pattern(rf"[Il1|]{_SQUARED}(?:\s*\([^)=]*\))?", "i2"),
    "tau2": _pattern(rf"(?:[Tt]au|τ|[tT]){_SQUARED}?", "tau2"),
    "q": _pattern(rf"(?:(?:chi|χ|x|c){_SQUARED}|(?:cochran'?s?\s*)?q[bwm]?(?:\s*\((?:df=)?\d+\))?)", "q"),
    "df": _pattern(r"[dD]\.?\s*[fF]\.?", "df"),
    "z": _pattern(r"[zZ]", "z"),
    "p": _pattern(r"[pP](?:\s*-?\s*(?:[vV]alue|het))?", "p"),
}
_DEGREES = re.compile(r"\bq[bwm]?\s*\((?:df\s*=\s*)?(\d+)\)|(?:chi|χ)(?:2|²|\^2)\s*_?\(?(\d+)\)?\s*=", re.IGNORECASE)

_HETEROGENEITY = re.compile(r"^\W*(?:test (?:for|of) )?heterogeneity\b", re.IGNORECASE)
BETWEEN_SUBGROUPS = re.compile(
    r"between[\s-]*(?:sub)?groups?|(?:sub)?group differences|across groups|between[\s-]subgroup", re.IGNORECASE
)
EFFECT_TEST = re.compile(r"^\W*test (?:for|of) (?:overall )?(?:effect|θ|theta)|^\W*overall effect\s*:", re.IGNORECASE)
OTHER_CHARACTERS_COUNT = 6  # as many beside the values of a line of statistics may be a word: the label of a row


def statistics_in(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The values of i2, tau2, q, df, z and p that a text states; and, by the same names, the signs of those whose value
    is printed as a mere point (Stata's ".")."""
    text = ascii_signs(text).replace("—", "-")
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
    if degrees := _DEGREES.search(text):
        found.setdefault("df", degrees[1] or degrees[2])
    return found, missing


def is_statistics(text: str) -> bool:
    """Whether a line states heterogeneity or a test, and is no row of the plot."""
    named = (_HETEROGENEITY, BETWEEN_SUBGROUPS, EFFECT_TEST)
    return any(pattern.search(text) for pattern in named) or is_bare_statistics(text)


def is_bare_statistics(text: str) -> bool:
    """Whether a line is statistics without a name before them: "(I² = 84%, p = 0.02)", "I-squared = 84%"."""
    found, missing = statistics_in(text)
    rest = re.sub(r"\([^)]*\)|[\w²χτ^-]+\s*[=<>]\s*[\d.%]+|[\s,;.%]", "", ascii_signs(text))
    return bool({**found, **missing}.keys() & {"i2", "tau2", "q"}) and len(rest) < OTHER_CHARACTERS_COUNT


def without_statistics(label: str) -> str:
    """A label without its statistics of heterogeneity: "Overall" of "Overall (I-squared = 82.5%, p = 0.000)"."""
    bare = re.sub(
        r"\s*[(\[,:;]?\s*(?:[Il1|]\s*-?\s*(?:[sS]quared?|\^?\s*2|²)|[Tt]au|τ|χ|[Cc]hi|Q\s*=|[Pp]\s*=).*$", "", label
    )
    return bare.strip(" ,;:") or label
