"""Rulings on findings: one on the command line, all of a paper in the review screen."""
