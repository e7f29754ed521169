"""Hazard ratios from what a log-rank test gives: observed minus expected events and their variance.

Sources: Peto and Peto, J R Stat Soc A 1972;135:185. Parmar, Torri and Stewart, Stat Med 1998;17:2815, equations 1 to 4.
Tierney et al., Trials 2007;8:16.
"""

from math import sqrt

from validations.statistics.conversions.receipts import Bounds, Converted, convert


def log_hazard_ratio(observed_less_expected: Bounds, variance: Bounds) -> Converted | None:
    """The log hazard ratio (O - E) / V; None where V can be 0."""
    return convert("o_e", "(O - E) / V", lambda excess, v: excess / v, observed_less_expected, variance)


def error_of_log_hazard_ratio(variance: Bounds) -> Converted | None:
    """The standard error 1 / sqrt(V) of the log hazard ratio; None where V can be 0."""
    return convert("o_e", "1 / sqrt(V)", lambda v: 1 / sqrt(v), variance)
