"""What a printed number says of another: standard errors, standard deviations, means, logarithms, weeks; each with its
formula and with what the rounding of the printed numbers lets it be."""
