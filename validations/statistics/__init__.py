"""Intervals, effects and pooling as scalar functions with their sources; what is printed is not known here, but for
`rounding`, which says whether a computed number can be a printed one."""
