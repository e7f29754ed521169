"""A cell: its numbers and their shape, and the statistic that shape, words and arithmetic show."""
