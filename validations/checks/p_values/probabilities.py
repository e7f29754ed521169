"""TST: P values that are no probabilities."""

from schemas.base.printed import Printed
from validations.registry import check


@check("TST005", "impossible")
def p_is_no_probability(p: Printed) -> str | None:
    """A P value is greater than 1, or negative.

    Why it matters
        P is a probability. A digit of it is wrong, its decimal point is lost, or it is another number.

    Fires on
        table1: results
        row  cell  outcome  arm   versus   statistic  p
        1    4     Age      Drug  Placebo  p          5.49

    Silent on
        table1: results
        row  cell  outcome  arm   versus   statistic  p
        1    4     Age      Drug  Placebo  p          0.549
        2    4     Weight   Drug  Placebo  p          1.00
        3    4     Height   Drug  Placebo  p          >0.99
    """
    if p.low > 1 or p.high < 0:
        return f"P = {p} is not between 0 and 1"
    return None
