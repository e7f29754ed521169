"""Print against drawing: which reading of a row holds, and its repair."""
