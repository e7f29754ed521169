"""DIF: intervals of differences and ratios that no method gives from the two arms."""

from collections import Counter

from validations.checks.differences.estimates import in_words
from validations.inference.comparisons.differences import (
    FEWEST_INTERVALS,
    ROWS_PER_MISFIT,
    Effect,
    EffectColumn,
    effect_columns,
    has_interval,
    interval_computable,
    methods_of,
    usual_interval,
)
from validations.registry import Answer, Answers, Fault, NotCheckable, Noted, check
from validations.tables import Table

_NOT_COMPUTABLE = NotCheckable("counts, standard deviations or numbers of patients of the arms are not known")
MOST_SLOW = 40  # intervals of a column for which methods are tried that take long to compute


@check("DIF003", "unlikely", by_panel=False)
def interval_not_of_arms(table: Table) -> Answers:
    """No method gives the confidence interval of a difference or ratio from the two arms.

    Why it matters
        The estimate follows from the arms, but its interval does not, by none of the usual methods: a limit is wrong,
        or the interval is another row's. Where the methods do not explain most intervals of the column, another one
        was used and nothing is reported.

    Fires on
        table2: results
        row  cell  outcome  arm      versus   statistic   n   total  measure  estimate  ci_low  ci_high
        1    2     EVR      Drug     -        count       86  94     -        -         -       -
        1    3     EVR      Placebo  -        count       82  93     -        -         -       -
        1    4     EVR      Drug     Placebo  difference  -   -      RD       3.3       -5.3    12.0
        2    2     ETVR     Drug     -        count       83  94     -        -         -       -
        2    3     ETVR     Placebo  -        count       75  93     -        -         -       -
        2    4     ETVR     Drug     Placebo  difference  -   -      RD       7.7       -2.7    18.0
        3    2     SVR      Drug     -        count       66  94     -        -         -       -
        3    3     SVR      Placebo  -        count       43  93     -        -         -       -
        3    4     SVR      Drug     Placebo  difference  -   -      RD       24.0      10.3    37.7
        4    2     Relapse  Drug     -        count       12  94     -        -         -       -
        4    3     Relapse  Placebo  -        count       28  93     -        -         -       -
        4    4     Relapse  Drug     Placebo  difference  -   -      RD       -17.3     -29.8   -4.9

    Silent on
        table2: results
        row  cell  outcome  arm      versus   statistic   n   total  measure  estimate  ci_low  ci_high
        1    2     EVR      Drug     -        count       86  94     -        -         -       -
        1    3     EVR      Placebo  -        count       82  93     -        -         -       -
        1    4     EVR      Drug     Placebo  difference  -   -      RD       3.3       -5.3    12.0
        2    2     ETVR     Drug     -        count       83  94     -        -         -       -
        2    3     ETVR     Placebo  -        count       75  93     -        -         -       -
        2    4     ETVR     Drug     Placebo  difference  -   -      RD       7.7       -2.7    18.0
        3    2     SVR      Drug     -        count       66  94     -        -         -       -
        3    3     SVR      Placebo  -        count       43  93     -        -         -       -
        3    4     SVR      Drug     Placebo  difference  -   -      RD       24.0      10.3    37.7

    Not checkable on
        table2: results
        row  cell  outcome  arm      versus   statistic   n   total  measure  estimate  ci_low  ci_high
        1    2     Relapse  Drug     -        count       12  94     -        -         -       -
        1    3     Relapse  Placebo  -        count       28  93     -        -         -       -
        1    4     Relapse  Drug     Placebo  difference  -   -      RD       -17.3     -29.8   -4.9
    """
    for column in effect_columns(table):
        printed = [each for each in column.effects if column.right(each) and has_interval(each.record)]
        effects = [each for each in printed if interval_computable(each)]
        yield from [_NOT_COMPUTABLE] * (len(printed) - len(effects))
        methods = [methods_of(each, slow=False) for each in effects]
        if methods.count(frozenset()) <= MOST_SLOW:
            methods = [found or methods_of(each, slow=True) for each, found in zip(effects, methods, strict=True)]
        counted = Counter(name for found in methods for name in sorted(found))
        usual = max(counted, key=counted.__getitem__, default="")
        if usual:
            yield Noted(usual)
        explained = sum(map(bool, methods))
        few = methods.count(frozenset()) <= MOST_SLOW
        trusted = few and explained >= FEWEST_INTERVALS and explained >= ROWS_PER_MISFIT * (len(methods) - explained)
        for each, found in zip(effects, methods, strict=True):
            yield None if found else _answer(each, column, usual, trusted=trusted)


def _answer(each: Effect, column: EffectColumn, usual: str, *, trusted: bool) -> Answer:
    if each.why_not and not column.crude:
        return NotCheckable(each.why_not)
    if not trusted:
        return NotCheckable("no method explains most intervals of the column")
    record = each.record
    interval = f"{record['ci_low']} to {record['ci_high']}"
    gives = usual_interval(each, *(column.usual or ("RD", "forward")), usual)
    usually = f"; {usual}, which explains most of the column, gives {gives}" if gives else ""
    message = f"no method gives {interval} from {' and '.join(map(in_words, each.arms))}{usually}"
    shows = tuple(name for name in ("estimate", "ci_low", "ci_high") if record[name])
    return Fault(message, gives, record, "ci_low", shows, each.arms)
