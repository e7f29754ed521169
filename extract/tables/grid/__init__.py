"""From the region of a table to rows and columns of cells."""
