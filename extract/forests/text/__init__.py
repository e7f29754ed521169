"""The printed rows of a forest plot: heads, labels, intervals, heterogeneity."""
