"""RDR, SCH, VER: our own reading, columns and cells, rulings."""
