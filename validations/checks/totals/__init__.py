"""SUM: sums, totals, subtypes of a whole."""
