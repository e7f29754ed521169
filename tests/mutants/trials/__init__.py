"""Trials that no one here has typed, altered in one digit of a number that the rest of the table contradicts then.

A family of checks makes a number redundant where the table prints what it follows from. That is decided here without
the checks: an `Equation` recomputes the number by scipy and statsmodels, from the printed numbers within their
rounding, by every method that the family knows. It holds in the table as printed. A number of it is redundant if no
method gives it any more when one of its digits is replaced by another.

Where the paper may have used a method that is not tried (P values, effects and their intervals, columns of all
patients), equations of one printed column vouch for each other: two others or more must hold, and twice as many as do
not. Alterations that no other equation vouches for are measured apart, as "alone".

An alteration is caught if a check finds something impossible or unlikely in a row of the number, and the same check
found nothing in that row before. Doing nothing catches none. `python -m tests.mutants.trials` prints the table.
"""
