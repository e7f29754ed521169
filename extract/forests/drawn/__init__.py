"""Plots whose numbers are drawn and not printed: their panels, and the labels of their rows."""
