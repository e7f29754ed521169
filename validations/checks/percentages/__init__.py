"""PCT, GRM, CIN: percentages, values that no count can give, intervals of proportions."""
