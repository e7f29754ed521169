"""TST: P values that do not follow from the test statistic beside them."""

from validations.inference.comparisons.statistics_and_p import PairOfStatistic, tested_pairs
from validations.registry import Answers, Fault, NotCheckable, check
from validations.statistics.rounding import span_to_print
from validations.tables import Paper

FEWEST_MISFITS = 3  # that show another method, if they are more than half of a paper's pairs
FEWEST_HALVES = 2  # P values that are all one-sided, before the tests of the paper are taken to be so
LEAST_P_DECIMALS = 3  # of recomputed P values in messages
ANOTHER_METHOD = NotCheckable("most P values of the paper come from another method than their test statistics")
ONE_SIDED = NotCheckable("all P values are half of those that the test statistics give: they are one-sided")
DOUBTFUL = NotCheckable("the reading of the row is in doubt")


@check("TST006", "unlikely")
def p_not_of_statistic(paper: Paper) -> Answers:
    """The test statistic and its degrees of freedom do not give the P value printed with them.

    Why it matters
        t, F, χ², z or r with its degrees of freedom gives P exactly. If the printed P is another one, a digit of one of
        the three is wrong, or the P value is that of another test. Cut instead of rounded digits are no finding, nor
        are P values that a correction, an exact test or one tail explains if the sentence or the table names it.

    Fires on
        claims: claims
        row  section  text                    measure    value  p     notes
        1    results  t(28) = 2.20, p = .003  statistic  2.20   .003  p:t(28)
        2    results  t(28) = 2.20, p = .04   statistic  2.20   .04   p:t(28)

        table1: results
        row  cell  outcome  statistic  value  test       p
        1    5     Spans    test       0.55   F(2, 22)   -
        1    7     Spans    p          -      -          0.758

    Silent on
        claims: claims
        row  section  text                      measure      value  p       notes
        1    results  t(28) = 2.20, p = .036    statistic    2.20   .036    p:t(28)
        2    results  F(2, 53) = 16.92, P <     statistic    16.92  <0.001  p:F(2, 53)
        3    results  r(26) = .45, P = .02      correlation  .45    .02     p:r(26)
        4    results  z = -2.35, p = 0.02       statistic    -2.35  0.02    p:z
        5    results  t(18) = 2.06, one-tailed  statistic    2.06   .03     p:t(18), one-tailed

        table1: results
        row  cell  outcome  statistic  value  test     p
        1    5     Spans    test       9.24   χ2(2)    -
        1    7     Spans    p          -      -        0.01

    Not checkable on
        claims: claims
        row  section  text                     measure    value  p     notes
        1    results  t(28) = 2.20, corrected  statistic  2.20   .11   p:t(28), corrected
        2    results  F(4, 80) = 3.20, p =     statistic  3.20   .04   p:F(4, 80)
    """
    pairs = tested_pairs(paper)
    misfits = [pair for pair in pairs if not pair.fits and not pair.why_not]
    another = len(misfits) >= FEWEST_MISFITS and 2 * len(misfits) > len(pairs)
    one_sided = len(pairs) >= FEWEST_HALVES and bool(misfits) and all(pair.is_half for pair in pairs)
    doubtful = {name: table.doubtful for name, table in paper.tables.items()}
    for pair in pairs:
        if pair.fits:
            yield None
        elif pair.record.row in doubtful.get(pair.record.exhibit, ()):
            yield DOUBTFUL
        elif pair.why_not:
            yield NotCheckable(pair.why_not)
        elif one_sided or another:
            yield ONE_SIDED if one_sided else ANOTHER_METHOD
        else:
            yield _fault(pair)


def _fault(pair: PairOfStatistic) -> Fault:
    span = span_to_print(*pair.span, max(pair.p.decimals, LEAST_P_DECIMALS))
    message = f"{pair.statistic} = {pair.value} gives P = {span}, printed is {pair.p}"
    also = () if pair.with_p is pair.record else (pair.record,)
    return Fault(message, span, pair.with_p, "p", ("value", "p"), also)
