"""Figures stated in the running text of a paper."""
