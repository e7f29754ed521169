"""Figures stated in the running text. The front file is `reading`."""
