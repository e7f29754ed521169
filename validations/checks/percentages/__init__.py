"""PCT, GRM, CIN: percentages, what counts cannot give, intervals of proportions."""
