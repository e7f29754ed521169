"""From a paragraph to its claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures.figures import Figure
from extract.claims.figures.groups.lists import compared_figures, find_lists, items_of_list
from extract.claims.figures.groups.orderings import find_orderings
from extract.claims.figures.groups.study_counts import pooled_studies
from extract.claims.figures.lexicon import Mention, Terms, find_mentions, terms_of
from extract.claims.figures.measured import NO_SENTENCE, LastSentence, Statement, make_statement, with_common_measures
from extract.claims.figures.selection import find_stated_figures
from extract.claims.figures.subjects import subjects_of
from extract.claims.text.headings import run_in
from extract.claims.text.normalized import plain_signs
from extract.claims.text.sentences import find_sentences

WORDS_BEFORE, WORDS_BEHIND = 4, 3


def claims_in(paragraph: Paragraph, terms: Terms | None = None) -> Iterator[Claim]:
    """The claims of a paragraph in reading order. `terms`: what its paper calls measures, by itself what it says."""
    plain, terms = plain_signs(paragraph.text), terms or terms_of([paragraph])
    last = NO_SENTENCE
    for start, end in find_sentences(plain):
        heading = run_in(plain[start:end])
        start += heading[1] if heading else 0
        sentence = plain[start:end]
        mentions = find_mentions(sentence, terms)
        figures = find_stated_figures(sentence, mentions)
        statements = [make_statement(figure, mentions, sentence, last, plain) for figure in figures]
        statements = with_common_measures(statements, sentence)
        last = LastSentence.of(statements, sentence) if figures else last
        found = [
            (claim, figure.start, figure_end(figure)) for claim, figure in claims_of(statements, sentence, mentions)
        ]
        ordered = sorted([*found, *find_orderings(sentence, mentions)], key=lambda item: item[1])
        yield from (placed(claim, paragraph, start + begin, start + stop) for claim, begin, stop in ordered)


def figure_end(figure: Figure) -> int:
    """Where the value of a figure ends, which has at least one letter."""
    return max(figure.value_end, figure.start + 1)


def claims_of(
    statements: Sequence[Statement], sentence: str, mentions: Sequence[Mention]
) -> Iterator[tuple[Claim, Figure]]:
    """The claims of one sentence, without section and place."""
    figures = [statement.figure for statement in statements]
    pairs = compared_figures(figures, [statement.measure for statement in statements], sentence)
    items = {
        figure: item
        for run in find_lists(figures, sentence)
        for figure, item in zip(run, items_of_list(run, sentence), strict=False)
    }
    subjects = subjects_of(figures, [statement.mention for statement in statements], sentence, mentions) | items
    studies = pooled_studies(figures, sentence)
    for statement in statements:
        figure, other = statement.figure, pairs.get(statement.figure)
        claim = claim_of(statement, subjects[figure], studies.get(figure, ""))
        yield (
            replace(
                claim,
                versus=subjects[other] if other and subjects[other] != subjects[figure] else "",
                p=figure.p or (other.p if other else ""),
            ),
            figure,
        )


def claim_of(statement: Statement, subject: str, n_studies: str) -> Claim:
    figure = statement.figure
    comparator, value = figure.comparator, figure.value or (figure.p if statement.measure == "p" else "")
    if statement.measure == "p" and value[:1] in "<>≤≥":
        comparator, value = value[0], value[1:]
    return Claim(
        section="",
        text="",
        measure=statement.measure,
        subject=subject,
        comparator=comparator,
        value=value,
        unit=figure.unit,
        n=figure.n or (value if figure.kind == "count" else ""),
        total=figure.total,
        n_studies=n_studies,
        low=figure.low,
        high=figure.high,
        sd=figure.sd,
        ci_low=figure.ci_low,
        ci_high=figure.ci_high,
        p=figure.p,
        notes=figure.notes,
    )


def placed(claim: Claim, paragraph: Paragraph, begin: int, end: int) -> Claim:
    """The claim with its section, the words around it as printed, and its place on the page."""
    text = words_around(paragraph.text, begin, end)
    return replace(claim, section=paragraph.section, text=text, boxes=paragraph.boxes(begin, end))


def words_around(text: str, begin: int, end: int) -> str:
    """The words of a place with a few before and behind it, eight at most; those of the place come first."""
    inside = text[begin:end].split()
    if len(inside) > WORDS_BEFORE + WORDS_BEHIND + 1:
        inside = [*inside[:WORDS_BEFORE], "…", *inside[-WORDS_BEHIND:]]
    before, behind = text[:begin].split(), text[end:].split()
    glued = bool(before) and begin > 0 and not text[begin - 1].isspace()
    if glued:
        inside[0] = before.pop() + inside[0]
    if behind and end < len(text) and not text[end].isspace():
        inside[-1] += behind.pop(0)
    room = max(0, WORDS_BEFORE + WORDS_BEHIND + 1 - len(inside))
    lead = before[-min(WORDS_BEFORE, room) :] if room and before else []
    return " ".join([*lead, *inside, *behind[: room - len(lead)]])
