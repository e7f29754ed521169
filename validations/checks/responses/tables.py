"""RSP: grades of adverse events, and the common denominator of best responses."""

from validations.inference.denominators import find_shares
from validations.registry import Answers, Fault, NotCheckable, check
from validations.tables import Table


@check("RSP009", "impossible")
def graded_events_exceed_any_grade(table: Table) -> Answers:
    """More patients have an event in some grades than in any grade.

    Why it matters
        Patients with severe events are among the patients with any event. The two columns were exchanged, or a digit is
        wrong.

    Fires on
        table4: adverse_events
        row  grade  event      n
        1    any    Diarrhoea  1
        1    3-4    Diarrhoea  9

    Silent on
        table4: adverse_events
        row  grade  event      n
        1    any    Diarrhoea  9
        1    3-4    Diarrhoea  1
    """
    whole = {record.row: record for record in table.records if record["grade"] == "any"}
    for record in table.records if table.schema == "adverse_events" else ():
        any_grade = whole.get(record.row)
        graded, most = record.count("n"), any_grade.count("n") if any_grade else None
        if record["grade"] == "any":
            continue
        if any_grade is None or graded is None or most is None:
            yield NotCheckable("the count of the grade or of any grade is not known")
            continue
        message = f"{record['event']}: {graded} patients in grade {record['grade']}, {most} in any grade"
        fault = Fault(message, f"at most {most}", record, "n", ("n",), (any_grade,))
        yield fault if graded > most else None


@check("RSP010", "unlikely")
def rates_have_different_denominators(table: Table) -> Answers:
    """The rates of best responses in one table divide by different patients: some by all, some by the evaluable.

    Why it matters
        Readers take the rates of a row as shares of the same patients and add them.

    Fires on
        table4: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           2     4.9         10    23.3
        B      21       15           1     6.7         6     28.6

    Silent on
        table4: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           2     4.9         10    24.4
        B      21       15           1     6.7         6     40.0

        table5: responses
        group  n_total  n_evaluable  cr_n  cr_percent  pr_n  pr_percent
        A      43       41           0     0.0         10    23.3
        B      21       15           0     0.0         6     28.6
    """
    best = [
        shares
        for shares in find_shares(table)
        if shares and "evaluable" in shares[0].columns and not shares[0].columns["n"].startswith("na_")
    ]
    named = [shares.usual for shares in best]
    common = max(dict.fromkeys(named), key=lambda name: sum(shares.fitting(name) for shares in best), default="")
    for shares, name in zip(best, named, strict=True):
        column = shares[0].columns["percent"]
        message = f"{column} divides by {name}, the other best responses divide by {common}"
        differs = shares.fitting(name) > shares.fitting(common)
        yield Fault(message, common, shares[0].record, column) if differs else None
