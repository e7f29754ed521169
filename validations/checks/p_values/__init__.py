"""TST: P values that compare arms, recomputed from the counts and means beside them."""
