"""Comparisons of the arms of a trial: which cells are compared, and which test or formula gives the printed result."""
