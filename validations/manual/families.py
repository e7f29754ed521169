"""What the families of checks are about, in a few words: the first three letters of their codes."""

FAMILIES = {
    "ARM": "arms and all patients",
    "CIN": "intervals of proportions",
    "CLM": "figures in the text",
    "DIF": "differences and ratios of arms",
    "DSP": "ranges, SDs, standard errors",
    "DUP": "rows and names twice",
    "EFF": "ratios, intervals, P values",
    "GEO": "drawing of forest plots",
    "GRM": "what counts cannot give",
    "LBL": "abbreviations and names",
    "MET": "pooling in forest plots",
    "PCT": "counts and percentages",
    "RDR": "our own reading",
    "RSP": "tumour responses",
    "SCH": "columns and cells",
    "SUM": "sums and totals",
    "TST": "P values recomputed",
    "VER": "rulings",
    "XTB": "one exhibit and another",
}


def family_words(family: str) -> str:
    """The subject of a family of checks; "" if it is not described."""
    return FAMILIES.get(family, "")
