"""CLM: how many studies, patients and subtypes the text counts, against tables and figures."""

from collections.abc import Sequence

from validations.inference.claims.citations import cites
from validations.inference.claims.places import ClaimTarget
from validations.inference.claims.targets import claim_order, meant_cells, paper_claims, with_those_before
from validations.inference.claims.wholes import Whole, meant_wholes, noun_of, wants_distinct
from validations.registry import Answer, Answers, Fault, NotCheckable, check
from validations.tables import Paper, Record

NEAR_CLAIMS = 3  # a pooled value and its number of studies stand in one sentence, few claims apart
_NO_WHOLE = NotCheckable("no table or figure holds all that the claim counts")
_NOT_CITED = NotCheckable("the sentence does not cite the figure that holds other numbers")
_NO_GROUP = NotCheckable("cannot tell which group of a figure was pooled")
_MAY_MEAN_OTHERS = NotCheckable("the claim may count screened, treated or evaluable patients")


@check("CLM007", "unlikely")
def claimed_whole_is_not_that_of_its_exhibit(paper: Paper) -> Answers:
    """The text counts more or fewer studies, patients or subtypes than its table or figure holds.

    Why it matters
        Readers weigh a review by its size. If the number in the text is neither that of the studies nor that of the
        rows of the table, a study was left out or entered twice, or the number was not updated. "Distinct studies" are
        never counted as rows. A forest plot holds the studies of one analysis, so only a sentence that cites the plot
        is compared with it.

    Fires on
        claims: claims
        row  text              measure  subject                value  unit
        1    holds 5 studies   count    studies, review holds  5      studies

        table1: study_arms
        study      sample_size
        Alva 2020  20
        Alva 2020  22
        Boro 2021  31

        claims: claims
        row  text                 measure  subject           value  unit
        1    3 distinct studies   count    distinct studies  3      studies

        claims: claims
        row  text              measure  subject        value  unit     cites
        1    5 studies had it   count    studies, objective response  5      studies  fig2

        fig2: forest, says Objective response
        kind   label      measure     estimate  ci_low  ci_high
        study  Alva 2020  proportion  0.20      0.10    0.30
        study  Boro 2021  proportion  0.30      0.20    0.40

    Silent on
        claims: claims
        row  text                           measure  subject                value  unit
        1    holds 2 studies and            count    studies, review holds  2      studies
        2    holds 2 studies and 73 of age  count    patients               73     patients

        table1: study_arms
        study      sample_size
        Alva 2020  20
        Alva 2020  22
        Boro 2021  31

    Not checkable on
        claims: claims
        row  text                 measure  subject             value  unit
        1    2 studies from Asia  count    studies, from Asia  2      studies

        table1: study_arms
        study      sample_size
        Alva 2020  20
        Boro 2021  31

        claims: claims
        row  text              measure  subject        value  unit
        1    5 studies had it   count    studies, objective response  5      studies

        fig2: forest, says Objective response
        kind   label      measure     estimate  ci_low  ci_high
        study  Alva 2020  proportion  0.20      0.10    0.30
        study  Boro 2021  proportion  0.30      0.20    0.40
    """
    for claim, before in with_those_before(paper):
        if (
            noun_of(claim)
            and not claim["total"]
            and claim["comparator"] in ("", "=")
            and not is_of_pooled(claim, paper)
        ):
            yield _against_wholes(claim, meant_wholes(claim, before, paper))


def is_of_pooled(claim: Record, paper: Paper) -> bool:
    """Whether a number of studies belongs to a pooled value beside it. Such a number is judged by CLM009."""
    if noun_of(claim) != "studies":
        return False
    found, place = paper_claims(paper), claim_order(paper)[claim]
    near = found[max(0, place - NEAR_CLAIMS) : place + NEAR_CLAIMS]
    return any(one["n_studies"] == claim["value"] for one in near)


def _against_wholes(claim: Record, found: Sequence[Whole]) -> Answer:
    count = claim.count("value")
    if not found or count is None:
        return _NO_WHOLE
    strict = wants_distinct(claim)
    if any(count in (whole.values[:1] if strict else whole.values) for whole in found):
        return None
    found = [whole for whole in found if not whole.cited or cites(claim, whole.record.exhibit)]
    if not found:
        return _NOT_CITED
    if not all(whole.sure for whole in found):
        return _MAY_MEAN_OTHERS
    held = "; ".join(f"{whole.record.exhibit} has {whole.how}" for whole in found)
    message = f"{claim['section'] or 'text'}: {count} {claim['subject']}, but {held}"
    also = tuple(whole.record for whole in found)
    return Fault(message, str(found[0].values[0]), claim, "value", ("value",), also)


@check("CLM008", "unlikely")
def text_counts_its_studies_twice(paper: Paper) -> Answers:
    """The text gives two numbers of included studies: one counts studies, the other counts arms.

    Why it matters
        Each number may be right by itself, but whoever cites the larger one cites arms as studies.

    Fires on
        claims: claims
        row  section   text                 measure  subject                 value  unit
        1    abstract  holds 3 studies      count    studies, review holds   3      studies
        2    results   2 in the review      count    studies in the review   2      studies

        table1: study_arms
        study      sample_size
        Alva 2020  20
        Alva 2020  22
        Boro 2021  31

    Silent on
        claims: claims
        row  section   text                 measure  subject                 value  unit
        1    abstract  holds 2 studies      count    studies, review holds   2      studies
        2    results   2 in the review      count    studies in the review   2      studies

        table1: study_arms
        study      sample_size
        Alva 2020  20
        Alva 2020  22
        Boro 2021  31

    Not checkable on
        claims: claims
        row  section   text                 measure  subject                 value  unit
        1    abstract  holds 3 studies      count    studies, review holds   3      studies
    """
    whole = [
        (claim, found)
        for claim, before in with_those_before(paper)
        if noun_of(claim) == "studies" and not is_of_pooled(claim, paper)
        for found in meant_wholes(claim, before, paper)
        if found.review and claim.count("value") in found.values
    ]
    if not whole:
        yield NotCheckable("the text does not count the studies, or no table lists them")
    strict = [claim for claim, found in whole if claim.count("value") == found.values[0]]
    larger = [claim for claim, found in whole if claim.count("value") != found.values[0]]
    if strict and larger:
        yield _twice(larger, strict, whole[0][1])
    elif whole:
        yield None


def _twice(larger: Sequence[Record], strict: Sequence[Record], found: Whole) -> Fault:
    one, other = larger[0], strict[0]
    message = (
        f"{one['section'] or 'text'}: {one['value']} studies, {other['section'] or 'text'}: {other['value']}; "
        f"{found.record.exhibit} has {found.how}"
    )
    return Fault(message, other["value"], one, "value", ("value",), (*larger[1:], *strict, found.record))


@check("CLM009", "unlikely")
def pooled_studies_are_not_those_of_the_group(paper: Paper) -> Answers:
    """The text says that a value was pooled from more or fewer studies than the figure shows in that group.

    Why it matters
        A study was added or dropped after the text was written, and the pooled value may have changed with it.

    Fires on
        claims: claims
        row  text             measure  subject  value  n_studies  ci_low  ci_high
        1    was 0.28 (0.18-  orr      Alpha    0.28   4          0.18    0.40

        fig2: forest, says Objective response
        kind      group  label      measure     estimate  ci_low  ci_high
        study     Alpha  Alva 2020  proportion  0.20      0.10    0.30
        study     Alpha  Boro 2021  proportion  0.30      0.20    0.40
        subtotal  Alpha  Subtotal   proportion  0.28      0.18    0.40

    Silent on
        claims: claims
        row  text             measure  subject  value  n_studies  ci_low  ci_high
        1    was 0.28 (0.18-  orr      Alpha    0.28   2          0.18    0.40

        fig2: forest, says Objective response
        kind      group  label      measure     estimate  ci_low  ci_high
        study     Alpha  Alva 2020  proportion  0.20      0.10    0.30
        study     Alpha  Boro 2021  proportion  0.30      0.20    0.40
        subtotal  Alpha  Subtotal   proportion  0.28      0.18    0.40

    Not checkable on
        claims: claims
        row  text             measure  subject  value  n_studies  ci_low  ci_high
        1    was 0.28 (0.18-  orr      Alpha    0.28   2          0.18    0.40
    """
    for claim, before in with_those_before(paper):
        if claim["n_studies"] and claim["value"]:
            found = [place for place in meant_cells(claim, before, paper) if place.limits]
            yield _against_group(claim, found[0], paper) if len(found) == 1 else _NO_GROUP


def _against_group(claim: Record, place: ClaimTarget, paper: Paper) -> Answer:
    record = place.record
    rows = [row for row in paper.tables[record.exhibit].records if row["kind"] == "study"]
    of_group = [row for row in rows if record["kind"] == "overall" or row["group"] == record["group"]]
    printed = record.count("n_studies")
    fits = {printed} if printed is not None else {len(of_group), len({row["label"] for row in of_group})}
    if not of_group and printed is None:
        return _NO_GROUP
    if claim.count("n_studies") in fits:
        return None
    message = f"the text pools {claim['n_studies']} studies, {record.place} pools {max(fits, key=str)}"
    return Fault(message, str(max(fits, key=str)), claim, "n_studies", ("n_studies",), (record,))
