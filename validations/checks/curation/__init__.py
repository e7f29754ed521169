"""RDR, SCH, VER: our reading of the page, the schemas of the tables, and the rulings."""
