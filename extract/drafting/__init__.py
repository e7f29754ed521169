"""A first card for a new paper, with what could be found out filled in."""
