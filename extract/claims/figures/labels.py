"""Patterns of labels: names with a number that counts nothing, such as "group 2", "HPV 16 and 18", "Study 3"."""

_PEOPLE = r"(?:patients|participants|subjects|cases|women|men|children|adults|studies|trials|responders|individuals)"
_NO_SHARE = r"(?![\d.%])(?!\s*%)"
_COUNTED = (
    rf"(?!\s+(?:of\b|{_PEOPLE}\b))(?!\s*\(\s*\d+(?:\.\d+)?\s*%)"  # "in the control group 12 patients", "SAG 12 (30%)"
)
_AND = r"(?:\s*(?:-|/|\b(?:or|and|to)\b)\s*\d+)"
_ANY_LIST = rf"(?:{_AND}|\s*,\s*\d+)*"
_COMMA = r"\s*,\s*(?:(?:and|or)\s+)?\d+(?=\s*(?:,\s*(?:and|or|\d)|\b(?:and|or)\b|[);.]|$))"
_LIST = rf"(?:{_AND}(?!\s+{_PEOPLE}\b)|{_COMMA})*"  # "HPV 16, 18, and 33", but not "HPV 16, 10 articles"
_DETERMINED = "".join(rf"(?<!\b{word} )" for word in ("the", "this", "our", "a", "each", "present", "current", "one"))
_BIOLOGY = r"(?:HPV|HHV|HSV|HTLV|EBV|IL|CD|BRCA|HER|COX|CYP|TLR|MMP|GLUT|ORF|CDK|FGFR|VEGFR|[Ii]nterleukin|[Cc]aspase)"
_MEASURES = (
    r"(?:m?PFS|m?OS|ORR|DCR|CBR|DFS|EFS|RFS|TTP|m?DO?R|CR|PR|SD|PD|[as]?HR|a?OR|IRR|a?RR|RD|SMD|W?MD|AUC|AUROC|CI|IQR"
    r"|SEM?|BMI|NNT|S?AE|TRAE|ES|VAS|PSA|LDH|CRP)"
)
_BEHIND_PREPOSITION = "|".join(rf"(?<=\b{word} )" for word in ("on", "for", "with", "of", "against", "by"))

LABEL_PATTERNS = (
    r"(?<![A-Za-z])(?:Tables?|Fig(?:ures?|s?\.|s)?|Appendix|Ref(?:erence|s?\.)?|Eq\.|Box|File)\s*S?\d+[A-Za-z]?"
    rf"(?:{_LIST}(?:\s*,)?\s+(?:and|or)\s+\d+(?![\d.%])(?!\s+{_PEOPLE}\b)|{_LIST})",
    r"(?<![A-Za-z])(?i:version|software|SPSS|SAS|Stata|RECIST|CTCAE|MedDRA|no\.|number|protocol|NCT)\s*[v(]?\d[\d.]*\b",
    rf"(?<![A-Za-z])(?i:grades?|stages?|phases?|types?|class)\s?(?:[<>≤≥]\s*)?\d+{_ANY_LIST}{_NO_SHARE}",
    r"(?<![A-Za-z])(?i:levels?|period|day|week|visit|cycle|arm|group|cohort|year|month|exons?|codons?|introns?"
    r"|chromosomes?|genotypes?|lines?|quartile|tertile|G)\s?(?:[<>≤≥]\s*)?"
    rf"(?!\d\d+(?:\s+{_PEOPLE}\b|\s*\(\s*\d+(?:\.\d+)?\s*%))\d+{_LIST}{_NO_SHARE}",
    rf"(?<![A-Za-z]){_DETERMINED}(?i:study|studies|trials?|experiments?|sessions?|parts?|steps?|models?|waves?|questions?"
    r"|items?|sites?|scenarios?|subtypes?|serotypes?|strategy|domains?|factors?)"
    rf"\s\d(?!\d){_LIST}{_NO_SHARE}{_COUNTED}",
    rf"(?<![A-Za-z]){_BIOLOGY}[\s-]?\d+{_LIST}{_NO_SHARE}(?!\s+(?:of\b|{_PEOPLE}\b))",
    rf"(?:{_BEHIND_PREPOSITION})(?!{_MEASURES}\b)[A-Z]{{2,6}}\s\d{{1,3}}{_LIST}"
    r"(?=\s*(?:[,;:)]|\.(?!\d)|(?:and|or|vs|versus|was|were|is|are|had|has)\b|$))",
)
