"""Figures that belong together: lists, orderings, numbers of studies."""
