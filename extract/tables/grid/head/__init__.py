"""The head of a table: where it ends, and its cells with the columns that each spans."""
