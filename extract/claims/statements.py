"""The claims of a paragraph: its sentences, their statements, and the place of each on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.claims.claim import Claim, Paragraph
from extract.claims.figures.counts import with_wholes
from extract.claims.figures.figures import Figure
from extract.claims.figures.groups.lists import compared_figures, find_lists, items_of_list
from extract.claims.figures.groups.orderings import find_orderings
from extract.claims.figures.groups.study_counts import pooled_studies
from extract.claims.figures.groups.tested import compared_directly, with_comparison, with_statistics, with_way
from extract.claims.figures.lexicon import Mention, Terms, find_mentions, terms_of
from extract.claims.figures.measured import (
    NO_SENTENCE,
    LastSentence,
    Statement,
    make_statement,
    with_common_measures,
    with_intervals_of_both,
)
from extract.claims.figures.selection import find_stated_figures
from extract.claims.figures.subjects import subjects_of
from extract.claims.text.citations import cited_at, find_citations
from extract.claims.text.headings import run_in_heading
from extract.claims.text.normalized import normalize_signs
from extract.claims.text.sentences import find_sentences

_WORDS_BEFORE, _WORDS_BEHIND = 4, 3  # the text of a claim has these and one word of its own, eight in all


def claims_in(paragraph: Paragraph, terms: Terms | None = None) -> Iterator[Claim]:
    """Yield the claims of a paragraph in reading order. `terms`: the terms that the paper defines; by default those
    that the paragraph defines."""
    terms = terms or terms_of([paragraph])
    text = normalize_signs(paragraph.text, decimal_commas=terms.decimal_commas)
    last = NO_SENTENCE
    for start, end in find_sentences(text):
        heading = run_in_heading(text[start:end])
        start += heading[1] if heading else 0
        sentence = text[start:end]
        mentions = find_mentions(sentence, terms)
        figures = with_statistics(with_wholes(find_stated_figures(sentence, mentions), sentence), sentence)
        statements = [make_statement(figure, mentions, sentence, last, text) for figure in figures]
        statements = with_intervals_of_both(with_common_measures(statements, sentence), sentence)
        last = LastSentence.of(statements, sentence) if figures else last
        claims = _claims_of_sentence(statements, sentence, mentions)
        found = [(claim, figure.start, _figure_end(figure)) for claim, figure in claims]
        ordered = sorted([*found, *find_orderings(sentence, mentions)], key=lambda item: item[1])
        citations = find_citations(sentence)
        for claim, begin, stop in ordered:
            cites = ";".join(cited_at(begin, stop, citations))
            yield _with_place(replace(claim, cites=cites), paragraph, start + begin, start + stop)


def _figure_end(figure: Figure) -> int:
    """Return where the value of a figure ends, at least one letter behind its start."""
    return max(figure.value_end, figure.start + 1)


def _claims_of_sentence(
    statements: Sequence[Statement], sentence: str, mentions: Sequence[Mention]
) -> Iterator[tuple[Claim, Figure]]:
    """Yield the claims of one sentence, without section and place, each with its figure."""
    figures = [statement.figure for statement in statements]
    pairs = compared_figures(figures, [statement.measure for statement in statements], sentence)
    items = {
        figure: item
        for listed in find_lists(figures, sentence)
        for figure, item in zip(listed, items_of_list(listed, sentence), strict=False)
    }
    subjects = subjects_of(figures, [statement.mention for statement in statements], sentence, mentions) | items
    studies = pooled_studies(figures, sentence)
    tested = {figure for pair in compared_directly(figures, sentence) for figure in pair}
    for statement in statements:
        figure, other = statement.figure, pairs.get(statement.figure)
        claim = _claim_of(statement, subjects[figure], studies.get(figure, ""))
        notes = (
            with_comparison(figure.notes, sentence) if figure in tested else with_way(figure.notes, figure, sentence)
        )
        versus = subjects[other] if other and subjects[other] != subjects[figure] else ""
        p = figure.p or (other.p if other else "")
        yield replace(claim, versus=versus, p=p, notes=notes), figure


def _claim_of(statement: Statement, subject: str, n_studies: str) -> Claim:
    """Return the claim of a statement, without section, place and comparison."""
    figure = statement.figure
    comparator, value = figure.comparator, figure.value or (figure.p if statement.measure == "p" else "")
    if statement.measure == "p" and value[:1] in "<>≤≥":  # the sign of a P value is its comparator
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
        ci_level=figure.ci_level,
        p=figure.p,
        notes=figure.notes,
    )


def _with_place(claim: Claim, paragraph: Paragraph, begin: int, end: int) -> Claim:
    """Return the claim with its section, the words around it as printed, and its boxes on the page."""
    text = _words_around(paragraph.text, begin, end)
    return replace(claim, section=paragraph.section, text=text, boxes=paragraph.boxes(begin, end))


def _words_around(text: str, begin: int, end: int) -> str:
    """Return the words of a place with a few before and behind it, at most eight; the words of the place go first."""
    inside = text[begin:end].split()
    if len(inside) > _WORDS_BEFORE + _WORDS_BEHIND + 1:
        inside = [*inside[:_WORDS_BEFORE], "…", *inside[-_WORDS_BEHIND:]]
    most = _WORDS_BEFORE + _WORDS_BEHIND + 2  # no more words are shown, and one may be glued to the place
    before, behind = text[:begin].rsplit(maxsplit=most)[-most:], text[end:].split(maxsplit=most)[:most]
    glued = bool(before) and begin > 0 and not text[begin - 1].isspace()
    if glued:
        inside[0] = before.pop() + inside[0]
    if behind and end < len(text) and not text[end].isspace():
        inside[-1] += behind.pop(0)
    room = max(0, _WORDS_BEFORE + _WORDS_BEHIND + 1 - len(inside))
    lead = before[-min(_WORDS_BEFORE, room) :] if room and before else []
    return " ".join([*lead, *inside, *behind[: room - len(lead)]])
