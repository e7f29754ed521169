"""The README's lines for {meta}, {netmeta} and Stata, which were not run: held against their manuals and the frames.

Sources: the manual pages of {meta} 8 (metaprop, metagen, metabin, metacont, pairwise, metacr, read.cdir) and {netmeta};
Stata 18 Meta-Analysis Reference Manual (meta set, esize, summarize, forestplot) and [D] import delimited.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pytest

from schemas.analysis.frame import AnalysisFrame
from schemas.analysis.frames import FRAMES
from tests.extract.publishing.analysis.conftest import CURATED, ROOT

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Frames for meta-analysis")[2]
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", SECTION.partition("\n## ")[0], re.DOTALL)
R_LINES, STATA_LINES = BLOCKS[2][1], BLOCKS[3][1]

# The arguments in the order of the manual, as far as positions matter, then those that go by name.
USAGE: Mapping[str, Sequence[str]] = {
    "library": ("package",),
    "read.csv": ("file",),
    "subset": ("x", "subset", "select"),
    "forest": ("x",),
    "metaprop": ("event", "n", "studlab", "data", "sm", "method.tau", "subgroup"),
    "metagen": ("TE", "seTE", "studlab", "data", "sm", "method.tau", "subgroup"),
    "metabin": ("event.e", "n.e", "event.c", "n.c", "studlab", "data", "sm"),
    "metacont": ("n.e", "mean.e", "sd.e", "n.c", "mean.c", "sd.c", "studlab", "data", "sm"),
    "read.cdir": ("file", "title", "exdir"),
    "metacr": ("x", "comp.no", "outcome.no"),
    "pairwise": ("treat", "event", "n", "mean", "sd", "TE", "seTE", "time", "agent", "dose", "data", "studlab", "sm"),
    "netmeta": ("TE",),  # a result of pairwise
}
MEASURES = {
    "metaprop": ("PLOGIT", "PAS", "PFT", "PLN", "PRAW"),
    "metagen": ("HR", "OR", "RR", "RD", "MD", "SMD"),
    "metabin": ("RR", "OR", "RD", "ASD"),
    "metacont": ("MD", "SMD", "ROM"),
    "pairwise": ("RR", "OR", "RD", "ASD", "MD", "SMD"),
}
METHODS = ("DL", "PM", "REML", "ML", "HS", "SJ", "HE", "EB")
TITLES = {  # what the argument means, as the codebook names it
    **{"event.e": "Events, arm 1", "n.e": "Patients, arm 1", "event.c": "Events, arm 2", "n.c": "Patients, arm 2"},
    **{"mean.e": "Mean, arm 1", "sd.e": "SD, arm 1", "mean.c": "Mean, arm 2", "sd.c": "SD, arm 2"},
    **{"TE": "Effect", "seTE": "Standard error", "event": "Events", "n": "Patients", "treat": "Treatment"},
}


class Call(NamedTuple):
    """A call of an R function. `given`: its arguments by the names of the manual."""

    name: str
    given: Mapping[str, str]


def split_arguments(text: str) -> list[str]:
    """The arguments between commas that stand in no brackets or quotes."""
    found, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter in "([") - (letter in ")]")
        if letter == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found if part.strip()]


def calls(line: str) -> Iterator[Call]:
    """The calls in a line of R, the outer ones first. ValueError: an unknown argument, or too many."""
    for match in re.finditer(r"([A-Za-z][\w.]*)\(", line):
        name = match[1]
        if name not in USAGE:
            continue
        depth, end = 1, match.end()
        while depth:
            depth += (line[end] == "(") - (line[end] == ")")
            end += 1
        yield Call(name, matched(name, split_arguments(line[match.end() : end - 1])))


def matched(name: str, parts: Sequence[str]) -> Mapping[str, str]:
    """The arguments by the names of the manual, as R matches them: named ones first, the others in order."""
    named = {
        part.partition("=")[0].strip(): part.partition("=")[2].strip()
        for part in parts
        if re.match(r"[\w.]+\s*=(?!=)", part)
    }
    if unknown := set(named) - set(USAGE[name]):
        raise ValueError(f"{name} has no argument {unknown}")
    left = [argument for argument in USAGE[name] if argument not in named]
    plain = [part for part in parts if not re.match(r"[\w.]+\s*=(?!=)", part)]
    if len(plain) > len(left):
        raise ValueError(f"{name} has not so many arguments")
    return {**dict(zip(left, plain, strict=False)), **named}


def lines_of(block: str) -> list[str]:
    return [line.partition(" # ")[0] for line in block.splitlines() if line and not line.startswith("#")]


def assigned(lines: Sequence[str]) -> dict[str, AnalysisFrame]:
    """The frames by the R variables that hold them, also from the lines for {metafor} above."""
    found: dict[str, AnalysisFrame] = {}
    for line in lines:
        variable, arrow, value = line.partition(" <- ")
        if arrow:
            if csv := re.search(r"curated/analysis/(\w+)\.csv", value):
                found[variable] = FRAMES[csv[1]]
            elif source := next((name for name in found if re.search(rf"\b{name}\b", value)), None):
                found[variable] = found[source]
    return found


def faults_of(call: Call, known: Mapping[str, AnalysisFrame]) -> Iterator[str]:
    """What is wrong with a call: an unknown measure or method, or a frame or column that is not as it needs it."""
    measure = call.given.get("sm", "").strip('"')
    if measure and measure not in MEASURES[call.name]:
        yield f"{call.name} has no measure {measure}"
    if call.given.get("method.tau", '"DL"').strip('"') not in METHODS:
        yield f"{call.name} has no method {call.given['method.tau']}"
    data = call.given.get("data")
    if data is not None and data not in known:
        yield f"{data} is no frame"
    elif data is not None:
        values = {name: value for name, value in call.given.items() if name not in ("data", "sm", "method.tau")}
        for argument, value in values.items():
            for column in re.findall(r"[a-z]\w*\b(?!\()", value):
                yield from faults_of_column(argument, column, known[data])


def faults_of_column(argument: str, column: str, spec: AnalysisFrame) -> Iterator[str]:
    """Whether the frame has the column, and it means what the argument means, and is of numbers where these are."""
    item = {item.name: item for item in spec.fields}.get(column)
    if item is None:
        yield f"{spec.name} has no column {column}"
    elif argument in TITLES and item.title != TITLES[argument]:
        yield f"{argument} is {column}: {item.title}"
    elif argument in TITLES and argument != "treat" and item.type == "string":
        yield f"{column} is text"


def faults_in_r(block: str) -> list[str]:
    lines = lines_of(block)
    known = assigned([*lines_of(BLOCKS[0][1]), *lines])
    return [fault for line in lines for call in calls(line) for fault in faults_of(call, known)]


def test_the_lines_for_meta_and_netmeta_keep_their_manuals() -> None:
    assert faults_in_r(R_LINES) == []
    used = {call.name for line in lines_of(R_LINES) for call in calls(line)}
    assert used == USAGE.keys()
    [made] = [call for line in lines_of(R_LINES) for call in calls(line) if call.name == "pairwise"]
    assert {"treat", "event", "n", "studlab"} <= made.given.keys()  # needed in the long format
    [cdir] = [call for line in lines_of(R_LINES) for call in calls(line) if call.name == "read.cdir"]
    assert (ROOT / cdir.given["file"].strip('"')).is_file()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("metabin(ai, n1i, ci, n2i", "metabin(ai, ci, n1i, n2i", "n.e is ci: Events, arm 2"),
        ("metagen(yi, sei", "metagen(yi, vi", "seTE is vi: Variance"),
        ("m1i, sd1i", "m1i, sd9i", "two_arm has no column sd9i"),
        ('sm = "PFT"', 'sm = "PFX"', "metaprop has no measure PFX"),
        ("event = event", "event = treatment", "event is treatment: Treatment"),
        ("data = net", "data = nets", "nets is no frame"),
    ],
)
def test_wrong_lines_for_r_are_found(old: str, new: str, fault: str) -> None:
    assert fault in faults_in_r(R_LINES.replace(old, new))


def test_unknown_arguments_are_found() -> None:
    with pytest.raises(ValueError, match="has no argument"):
        faults_in_r(R_LINES.replace("studlab = id", "slab = id"))


# Options and what follows them, by command, from the manuals of Stata 18.
STATA: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "import delimited": (r'"curated/analysis/(?P<file>\w+)\.csv"', {"clear": "", "varnames": r"1"}),
    "keep if": (r".+", {}),
    "meta set": (r"(?P<yi>\w+) (?P<sei>\w+)", {"studylabel": r"\w+"}),
    "meta esize": (
        r"(?P<xi>\w+) (?P<ni>\w+)",
        {"esize": "ftukeyprop|logitprop", "studylabel": r"\w+"},
    ),
    "meta summarize": (
        "",
        {"eform": "", "proportion": "", "random": "reml|mle|ebayes|dlaird|sjonkman|hedges|hschmidt"},
    ),
    "meta forestplot": ("", {"eform": "", "proportion": ""}),
}


def stata_name(column: str) -> str:
    """The name that import delimited gives a variable: what is no letter, digit or _ goes, letters are small."""
    return re.sub(r"\W", "", column).lower()


def faults_in_stata(block: str) -> Iterator[str]:
    variables: dict[str, str] = {}
    for line in block.splitlines():
        name = next((command for command in STATA if line.startswith(command)), None)
        if name is None:
            yield f"no command: {line}"
            continue
        pattern, options = STATA[name]
        rest, _, tail = line.removeprefix(name).strip().partition(", ") if name != "keep if" else (line[8:], "", "")
        found = re.fullmatch(pattern, rest.rstrip(",").strip())
        if found is None:
            yield f"not as the manual has it: {line}"
            continue
        if name == "import delimited":
            variables = {stata_name(item.name): item.type for item in FRAMES[found["file"]].fields}
        for option, value in re.findall(r"(\w+)(?:\((.*?)\))?", tail or rest.partition(",")[2]):
            if option not in options or not re.fullmatch(options[option], value):
                yield f"{name} has no option {option}({value})"
            if option == "studylabel" and value not in variables:
                yield f"no variable {value}"
        used = (
            re.findall(r"(\w+) ==|missing\((\w+)\)", rest) if name == "keep if" else [(v, "") for v in found.groups()]
        )
        if name in ("keep if", "meta set", "meta esize"):
            yield from (f"no variable {a or b}" for a, b in used if (a or b) not in variables)
            if name != "keep if":
                yield from (f"{a} is text" for a, _ in used if variables.get(a) == "string")


def test_the_lines_for_stata_keep_its_manual() -> None:
    assert list(faults_in_stata(STATA_LINES)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("meta set yi sei", "meta set yi se"),
        ("meta set yi sei", "meta set yi measure"),
        ("random(dlaird)", "random(dl)"),
        ("missing(disputed)", "missing(dispute)"),
        ("esize(ftukeyprop)", "esize(ft)"),
        ("meta forestplot", "meta forest_plot"),
        ("studylabel(id)", "studylabel(name)"),
    ],
)
def test_wrong_lines_for_stata_are_found(old: str, new: str) -> None:
    assert list(faults_in_stata(STATA_LINES.replace(old, new)))


@pytest.mark.parametrize("name", FRAMES)
def test_stata_can_name_every_column(name: str) -> None:
    names = [stata_name(column) for column in FRAMES[name].columns]
    assert len(set(names)) == len(names)
    assert all(len(each) <= 32 and not each[0].isdigit() for each in names)


def test_the_readme_says_what_was_not_run() -> None:
    words = " ".join(SECTION.split())
    assert (
        "lines for {meta}, {netmeta} and Stata, and the files for RevMan, Metapsy and `read.cdir`, were not run"
        in words
    )
    assert (CURATED / "analysis" / "metapsy.csv").is_file()
