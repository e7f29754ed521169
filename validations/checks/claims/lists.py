"""CLM: numbers that a sentence lists one after the other, against the whole that they divide."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.responses import RESPONSE_WORDS
from validations.inference.claims.targets import paper_claims
from validations.labels import fold
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

NOT_ALL = NotCheckable("the list may be incomplete, or name a patient twice")
# a colon or "of whom" opens a list; "including" and the like announce an incomplete one
_LISTS = re.compile(r":|\bof (?:which|whom|these|those|them)\b")
_OPENS = re.compile(rf"(?:{_LISTS.pattern})\W*$")
_SOME = re.compile(r"\b(?:includ\w+|such as|mainly|mostly|e\.g|the (?:commonest|most))\b", re.IGNORECASE)
_ENDS = re.compile(r"[;.](?:\s|$)")
_RESPONSES = {fold(name): column for column, long in RESPONSE_WORDS.items() for name in (column, long, f"{long}s")}


@check("CLM012", "unlikely")
def best_responses_in_text_exceed_their_total(paper: Paper) -> Answers:
    """The best responses that the text counts add up to more than the number of patients.

    Why it matters
        Each patient has one best response. One of the counts, or the number of patients, is wrong.

    Fires on
        claims: claims
        row  section  text             measure  subject  value  unit  n   total
        1    results  PR in 19 of 30   percent  PR       63.3   %     19  30
        2    results  SD in 8 of 30    percent  SD       26.7   %     8   30
        3    results  PD in 4 of 30    percent  PD       13.3   %     4   30

    Silent on
        claims: claims
        row  section  text             measure  subject  value  unit  n   total
        1    results  PR in 19 of 30   percent  PR       63.3   %     19  30
        2    results  SD in 8 of 30    percent  SD       26.7   %     8   30
        3    results  PD in 3 of 30    percent  PD       10.0   %     3   30
        4    results  PD in 19 of 30   percent  PD       63.3   %     19  30

    Not checkable on
        claims: claims
        row  section  text             measure  subject  value  unit  n   total
        1    results  PR in 19 of 30   percent  PR       63.3   %     19  30
    """
    for run in _best_responses(paper_claims(paper)):
        total, counts = run[0].count("total") or 0, [record.count("n") or 0 for record in run]
        if len(run) < 2:
            yield NotCheckable("only one best response is counted out of this number")
        elif sum(counts) > total:
            added = " + ".join(map(str, counts))
            message = f"{added} = {sum(counts)} best responses, but there are {total} patients"
            yield Fault(message, f"at most {total}", run[-1], "n", ("n", "total"), tuple(run[:-1]))
        else:
            yield None


def _best_responses(found: Sequence[Record]) -> Iterator[list[Record]]:
    """Runs of consecutive claims about different best responses, out of one number of patients, in one section."""
    run: dict[str, Record] = {}
    key: tuple[str, str] = ("", "")
    for claim in found:
        name = _RESPONSES.get(fold(claim["subject"].partition(",")[0]), "")
        if name and claim.count("n") is not None and claim.count("total"):
            here = (claim["section"], claim["total"])
            if run and (here != key or name in run):
                yield list(run.values())
                run = {}
            key, run[name] = here, claim
    if run:
        yield list(run.values())


@check("CLM013", "unlikely")
def list_in_text_misses_its_whole_by_one(paper: Paper) -> Answers:
    """The text divides a number of patients into parts that add up to one more or one fewer.

    Why it matters
        One patient is left out without explanation or counted twice, or a number of the list is wrong. A list that
        misses by more may be incomplete on purpose.

    Fires on
        claims: claims
        row  section  text                                      measure  subject  value  unit      n
        1    results  chosen most often (n = 43, 59.7 %): 27    percent  ICI      59.7   %         43
        2    results  = 43, 59.7 %): 27 had drug A,             count    drug A   27     patients  27
        3    results  27 had drug A, 15 had drug B.             count    drug B   15     patients  15

    Silent on
        claims: claims
        row  section  text                                      measure  subject  value  unit      n
        1    results  chosen most often (n = 43, 59.7 %): 27    percent  ICI      59.7   %         43
        2    results  = 43, 59.7 %): 27 had drug A,             count    drug A   27     patients  27
        3    results  27 had drug A, 16 had drug B.             count    drug B   16     patients  16

    Not checkable on
        claims: claims
        row  section  text                                      measure  subject  value  unit      n
        1    results  chosen most often (n = 43, 59.7 %): 27    percent  ICI      59.7   %         43
        2    results  = 43, 59.7 %): 27 had drug A,             count    drug A   27     patients  27
        3    results  27 had drug A, 9 had drug B.              count    drug B   9      patients  9
    """
    for whole, parts, ended in _divided(paper_claims(paper)):
        number, counts = whole.count("n") or 0, [part.count("n") or 0 for part in parts]
        if sum(counts) == number:
            yield None
        elif not ended or abs(sum(counts) - number) > 1:
            yield NOT_ALL
        else:
            added = " + ".join(map(str, counts))
            message = f"{whole['section'] or 'text'}: {added} = {sum(counts)}, but the text says {number}"
            yield Fault(message, str(number), whole, "n", ("n",), tuple(parts))


def _divided(found: Sequence[Record]) -> Iterator[tuple[Record, list[Record], bool]]:
    """Each count that its sentence divides into two parts or more ("43 had it: 27 of them ..., 15 ..."), the parts, and
    whether the quoted text shows the end of the sentence."""
    for place, (whole, first) in enumerate(pairwise(found)):
        if not (whole.count("n") and first.count("n") and _LISTS.search(first["text"])):
            continue
        opening = _between(whole, first) or ""
        if _OPENS.search(opening) and not _SOME.search(opening):
            parts, ended = _parts(first, found[place + 2 :])
            if len(parts) > 1:
                yield whole, parts, ended


def _parts(first: Record, following: Sequence[Record]) -> tuple[list[Record], bool]:
    """The counts of a list, and whether the quoted text shows the end of its sentence."""
    parts = [first]
    for claim in following:
        between = _between(parts[-1], claim)
        if _ENDS.search(_around(parts[-1])[1] if between is None else between):
            return parts, True
        if between is None or not claim.count("n"):
            return parts, False
        parts.append(claim)
    return parts, _ENDS.search(_around(parts[-1])[1]) is not None


def _between(first: Record, second: Record) -> str | None:
    """The words between the numbers of two claims; None if their quotations do not overlap."""
    behind, before = _around(first)[1].split(), _around(second)[0].split()
    one, other = first["text"].split(), second["text"].split()
    meeting = next((k for k in range(min(len(one), len(other)), 0, -1) if one[-k:] == other[:k]), 0)
    if not meeting or first["section"] != second["section"]:
        return None
    return " ".join(before if len(before) >= len(behind) else [*behind, *other[meeting : len(before)]])


def _around(claim: Record) -> tuple[str, str]:
    """The quoted text before the first and after the last number of a claim."""
    numbers = {claim["n"], claim["value"]} - {""}
    places = [match for match in re.finditer(r"[\d.,]*\d", claim["text"]) if match[0] in numbers]
    if not places:
        return claim["text"], ""
    return claim["text"][: places[0].start()], claim["text"][places[-1].end() :]
