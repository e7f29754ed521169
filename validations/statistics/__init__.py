"""Intervals, effects and pooling as functions of numbers, with their sources.

Only `rounding` knows about print: it says whether a computed number can have been printed as it was.
"""
