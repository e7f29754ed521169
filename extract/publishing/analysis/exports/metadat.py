"""A paper as {metadat} keeps data sets: dat.<paper>.csv, .R, and .Rd with the codebook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from extract.publishing.analysis.exports.references import citation_of, doi_of
from extract.publishing.analysis.papers import CuratedPaper
from extract.publishing.publish import csv_text
from schemas.analysis.frames import FRAMES
from schemas.base.exhibit import Field

TAKEN = ("one_arm", "two_arm", "effects", "survival")  # the others repeat these in another form
_FRAME = Field("frame", "Frame", f"The analysis frame of the row: {', '.join(TAKEN)}.", "string")
_EXAMPLES = {
    "one_arm": (
        'one <- escalc(measure="PFT", xi=xi, ni=ni, data=dat, subset=frame == "one_arm")',
        'rma(yi, vi, data=one, method="DL", subset=exhibit == exhibit[1] & outcome == outcome[1])',
    ),
    "two_arm": ('escalc(measure="RR", ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat, subset=frame == "two_arm")',),
    "effects": ('subset(dat, frame == "effects", c(id, measure, yi, sei))',),
    "survival": ('subset(dat, frame == "survival", c(id, outcome, arm, median, ci.lb, ci.ub))',),
}


def metadat_files(paper: CuratedPaper, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The three files of a paper; none where no frame has a row of it."""
    own = {name: frame[frame["paper"] == paper.name] for name, frame in frames.items() if name in TAKEN}
    own = {name: frame for name, frame in own.items() if len(frame)}
    if not own:
        return {}
    data, name = _joined(own), dataset_name(paper.name)
    fields = dataset_fields(list(data.columns))
    return {
        f"{name}.csv": csv_text(data),
        f"{name}.R": _script(name),
        f"{name}.Rd": _manual(name, paper, data, fields, [line for key in own for line in _EXAMPLES[key]]),
    }


def dataset_name(paper: str) -> str:
    """The name of the data set: dat.li2024."""
    return f"dat.{re.sub(r'[^a-z0-9]+', '', paper.lower())}"


def _joined(own: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of all frames below each other, with the columns that have a value."""
    parts = [frame.assign(frame=name) for name, frame in own.items()]
    data = pd.concat(parts, ignore_index=True).fillna("").astype("str")
    kept = [column for column in data.columns if column != "frame" and (data[column] != "").any()]
    return data[["frame", *kept]]


def dataset_fields(columns: Sequence[str]) -> list[Field]:
    """What the columns of a data set mean. An identifier is unique in its frame only."""
    known = {item.name: item for name in reversed(TAKEN) for item in FRAMES[name].fields} | {"frame": _FRAME}
    return [replace(known[name], constraints=_constraints(known[name])) for name in columns]


def _constraints(item: Field) -> Mapping[str, Any]:
    return {name: value for name, value in item.constraints.items() if name != "unique"}


def _script(name: str) -> str:
    return f"""\
# Makes {name}.rda from {name}.csv.
{name} <- read.csv("{name}.csv", na.strings = "")
save({name}, file = "{name}.rda", version = 2, compress = "xz")
"""


def _manual(
    name: str, paper: CuratedPaper, data: pd.DataFrame, fields: Sequence[Field], examples: Sequence[str]
) -> str:
    """The manual page in R's documentation format."""
    kinds = {"string": "character", "integer": "numeric", "number": "numeric"}
    rows = [
        rf"\bold{{{_rd(item.name)}}} \tab \code{{{kinds[item.type]}}} \tab {_rd(_meaning(item))} \cr" for item in fields
    ]
    doi = doi_of(paper)
    address = rf" \doi{{{_rd(doi)}}}" if doi else ""
    lines = [
        *(rf"\name{{{name}}}", r"\docType{data}", rf"\alias{{{name}}}"),
        rf"\title{{Results printed in {_rd(citation_of(paper))}}}",
        r"\description{The results of the paper as printed, each with its place on the page.}",
        rf"\usage{{{name}}}",
        r"\format{",
        f"The data frame has {len(data)} rows, each a printed result, and the following columns:",
        *(r"\tabular{lll}{", *rows, "}", "}"),
        r"\details{",
        "A column whose name ends in _from says what a converted number comes from; _formula, _low and _high belong to "
        "it. Rows with \\code{disputed} have a finding that is open or was ruled the paper's error.",
        "}",
        rf"\source{{{_rd(citation_of(paper))}{address}}}",
        *(r"\examples{", f"dat <- {name}", r"\dontrun{", "library(metafor)", *map(_code, examples), "}", "}"),
        r"\keyword{datasets}",
    ]
    return "\n".join(lines) + "\n"


def _meaning(item: Field) -> str:
    unit = f" ({item.unit})" if item.unit else ""
    codes = item.constraints.get("enum", ())
    return f"{item.description}{unit}" + (f" One of {', '.join(codes)}." if codes else "")


def _rd(text: str) -> str:
    """The text with the characters escaped that R's documentation format takes for commands."""
    return re.sub(r"([\\%{}])", r"\\\1", text)


def _code(line: str) -> str:
    return line.replace("%", r"\%")
