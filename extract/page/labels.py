"""The labels of tables as journals print them ("Table 2", "eTable 1", "Supplementary Table S3", "TABLE IV")
and the signs that a table goes on ("(Continued)", "continued from previous page")."""

import re

_DASH = "\\-‐‑‒–"
# What stands before "Table", in any case: "Supplementary Material", "Web", "Additional file 1:"
_KINDS = (
    r"(?i:supplement(?:ary|al)?|suppl?\.|supporting|additional|appendix|extended|online|web|electronic|material|data|"
    r"information|only)"
)
_FILE = r"(?i:(?:additional|supplementary)\s+file\s+\d+\s*[:.,]\s+)"
_NAME = (
    r"(?:Table|TABLE|Tab\.|TAB\.|T\sA\sB\sL\sE|[Ee]-?(?i:table)|Tabelle|Tabla|Tableau|Tabela|Tabella|Exhibit|EXHIBIT"
    r"|Comparison(?=\s\d))"  # over the lists of analyses in Cochrane reviews
)
_NUMBER = (
    rf"(?:[A-Z]{{1,3}}[.{_DASH}]?|S\s)?\d+(?:[.{_DASH}]\d+)*[A-Za-z]?"  # 2, S4, S-4, A.1, 3-1, 15a
    r"|(?<![A-Za-z])(?:[IVXL]+|[A-Z](?=\s?[.:|]))"  # IV; "Table B."; not the S of "TABLES"
)
_CONTINUED = r"(?:continued|continuation|cont(?:['’]?d\b\.?|\.))"
_FROM = r"(?:from\s+(?:the\s+)?(?:previous|preceding|last|prior|page)\b[\w\s]*)?"
_BEFORE = rf"(?:(?:\((?i:{_CONTINUED})\)|Continued|CONTINUED|Cont['’]d|Cont\.|Continuation\s+of)[\s:,.]*)?"

TABLE_CAPTION = re.compile(
    rf"(?P<before>{_BEFORE})(?P<label>(?P<kind>{_FILE}?(?:{_KINDS}\s+){{0,4}}(?:(?<=\s)table\b)?)(?P<name>(?<=table)|{_NAME})"
    rf"(?:[\s.{_DASH}]|[Nn]o\.|#)*(?P<number>\(\d+\)|{_NUMBER}))(?![\w%])\s*"
)
# A line that only says that its table goes on, with or without its label
CONTINUED_NOTE = re.compile(
    rf"^[(\[]?\s*(?:table\s+\S+\s*[:.,{_DASH}—]?\s*)?(?:(?:is\s+)?continue[sd]\s+(?:on|over|in)\b.{{0,40}}"
    rf"|continued\s+from\s+.{{0,30}}|{_CONTINUED})[)\].…]*$",
    re.IGNORECASE,
)
CONTINUED_SIGN = re.compile(rf"^[(\[]?\s*{_CONTINUED}\s*{_FROM}[)\].…]*$", re.IGNORECASE)
# The sign at the begin of the text behind a label, at its end, and in brackets anywhere in it
CONTINUED_LABEL = re.compile(
    rf"^[\s.:,(\[|{_DASH}—]*(?:{_CONTINUED}|cont)(?!\w)[\s).\]:]*{_FROM}[\s).\]]*", re.IGNORECASE
)
_CONTINUED_END = re.compile(
    rf"(?:\s*[.,;:({_DASH}—\[]\s*(?i:{_CONTINUED})|\s+(?:Continued|CONTINUED))\s*{_FROM}[\s)\].]*$"
)
_CONTINUED_INSIDE = re.compile(rf"\s*[(\[](?i:{_CONTINUED})\s*{_FROM}[)\]]")


def table_label(match: re.Match[str]) -> str:
    """Return the label that TABLE_CAPTION matched, whole and as printed: capitals and spaced letters are taken for
    type, not for spelling ("SUPPLEMENTARY TABLE 3" is "Supplementary Table 3")."""
    name = re.sub(r"\s", "", match["name"])
    name = "Table" if name.lower() in ("table", "tab.") and not name.islower() else name
    words = [*match["kind"].split(), *([name] if name else []), match["number"]]
    return " ".join(word.capitalize() if word.isupper() and len(word) > 3 else word for word in words)


def label_key(label: str) -> str:
    """Return what tells a label from all others: without capitals, spaces and points, and without a dash between a
    letter and a digit ("Table S-4" and "Table S4" are one label, "Table 3-1" and "Table 31" are two)."""
    plain = re.sub(rf"[{_DASH}]", "-", re.sub(r"[\s()]", "", label.lower()))
    return re.sub(r"(?<=[a-z])[-.]|(?<=[a-z])\.(?=[a-z])", "", plain)


def split_continued(text: str) -> tuple[str, bool]:
    """Return the title behind a label without a sign that the table goes on, and whether there is one: behind the
    label, in brackets anywhere, or at the end. "Continued" as the first word of a title is no such sign."""
    begins = CONTINUED_LABEL.match(text)
    if begins and not re.match(r"Continued\s+[a-z]", text):
        return text[begins.end() :].strip(), True
    for sign in (_CONTINUED_INSIDE, _CONTINUED_END):
        if sign.search(text):
            return sign.sub("", text).strip(), True
    return text, False
